"use strict";
// The page looks up what pkg/access found and shows it: nothing here decides
// who gets through. Texts of the journey only ever become text.
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const data = JSON.parse(byID("data").textContent);
  const { words, answers } = data;
  const rtl = document.documentElement.dir === "rtl";
  const svg = document.querySelector("#map svg");
  const scroller = byID("map");
  const control = Object.fromEntries(["customer", "need", "day", "hour", "out", "search"].map((id) => [id, byID(id)]));

  /** The signs of states: what is drawn in a circle, and the class that colours it. */
  const SIGNS = {
    way: "M-4 .5L-1 3.5L4-3",
    closed: "M-3.5-3.5L3.5 3.5M3.5-3.5L-3.5 3.5",
    trap: "M0-5V1.5M0 4V4.5",
    turn: "M-4 3V-1A3 3 0 0 1 2-1V3M-.5 1L2 3.8L4.5 1",
    single: "M0-4.5L4.5 0L0 4.5L-4.5 0Z",
    shut: "M0-4.5V0L3 2",
  };
  const STATES = { w: "way", o: "open", d: "door", c: "closed", u: "unreached" };

  /** @param {string} id */
  function byID(id) { return document.getElementById(id); }

  /**
   * Makes an element that holds texts and elements.
   * @param {string} name @param {Object<string, string>} attributes @param {...(string|Node)} inside
   */
  function make(name, attributes, ...inside) {
    const e = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
    e.append(...inside);
    return e;
  }

  /** Makes a shape. @param {string} name @param {Object<string, string|number>} attributes */
  function draw(name, attributes) {
    const e = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
    return e;
  }

  // --- words, put together as html_words.go does

  const zero = data.zero.codePointAt(0);
  const plurals = new Intl.PluralRules(data.language);

  /** Writes digits as the language does. @param {string|number} text */
  const digits = (text) => String(text).replace(/[0-9]/g, (d) => String.fromCodePoint(zero + Number(d)));

  /** Keeps the direction of a name from the words around it. @param {string} name */
  const isolated = (name) => "\u2068" + name + "\u2069";

  /** Fills the places of a sentence. @param {string} sentence @param {...string} values */
  const say = (sentence, ...values) => sentence.replace(/%([s1-3])/g, (_, n) => values[n === "s" ? 0 : n - 1]);

  /** Writes a length of time. @param {number} seconds */
  function duration(seconds) {
    const parts = [];
    for (const [unit, length] of [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]]) {
      const n = Math.floor(seconds / length);
      seconds %= length;
      const forms = words.units[unit];
      if (n > 0) parts.push(say(forms[plurals.select(n)] ?? forms.other, digits(n)));
    }
    const last = parts.pop() ?? words.noTime;
    return parts.length ? parts.join(words.timeList) + words.and + last : last;
  }

  /** Writes a moment of the week. @param {number} seconds since Monday at 00:00 */
  function moment(seconds) {
    const minute = Math.floor(seconds / 60) % 10080;
    return say(words.moment, words.days[Math.floor(minute / 1440)], clock(minute % 1440));
  }

  /** Writes a time of day. @param {number} minute */
  const clock = (minute) => digits(String(100 + Math.floor(minute / 60)).slice(1) + ":" + String(100 + (minute % 60)).slice(1));

  // --- answers

  /**
   * What is chosen: positions, and the hour of the week; -1 for all and for any time.
   * @typedef {{customer: number, need: number, hour: number, out: number}} Choice
   */

  /** @returns {Choice} */
  function chosen() {
    const day = Number(control.day.value);
    return {
      customer: Number(control.customer.value),
      need: Number(control.need.value),
      hour: day < 0 ? -1 : day * 24 + Number(control.hour.value),
      out: Number(control.out.value),
    };
  }

  /** The answers, as pageCell in html_states.go has them. */
  const cells = answers.cells.map(([is, steps, closed, way, traps, turns, singles, fastest, week, late, share, repair]) =>
    ({ open: is % 2 === 1, bound: is > 1, steps, closed, way, traps, turns, singles, fastest, week, late, share, repair }));

  /** Looks up the answer for a pair; nothing where it is no need of theirs. */
  const cellOf = (out, customer, need) => cells[answers.at[out][customer * data.needs.length + need]];

  /** Looks up how long it takes from an hour of the week. */
  function wait(week, hour) {
    const runs = answers.weeks[week];
    let i = 0;
    while (i + 3 < runs.length && runs[i + 3] <= hour) i += 3;
    return runs[i + 2] ? runs[i + 1] - hour * 3600 : runs[i + 1];
  }

  /** Tells whether the deadline is missed from an hour of the week. */
  function isLate(cell, hour) {
    const spans = cell.late < 0 ? [] : answers.late[cell.late];
    return spans.some((from, i) => i % 2 === 0 && from <= hour * 60 && hour * 60 < spans[i + 1]);
  }

  const isShut = (touchpoint, hour) =>
    touchpoint >= 0 && hour >= 0 && data.touchpoints[touchpoint].open >= 0 && data.open[data.touchpoints[touchpoint].open][hour] === "0";

  /** All pairs of customer and need that a choice speaks of. @param {Choice} c */
  function pairs(c) {
    const all = [];
    data.customers.forEach((_, customer) => data.needs.forEach((_, need) => {
      const told = (c.customer < 0 || c.customer === customer) && (c.need < 0 || c.need === need);
      if (told && cellOf(0, customer, need)) all.push({ customer, need });
    }));
    return all;
  }

  // --- the map

  const title = svg.querySelector("title").textContent;
  svg.querySelector("title").remove(); // else it would pop up over the whole map
  for (const name of ["aria-labelledby", "aria-describedby"]) svg.removeAttribute(name);
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", title);
  const size = { width: Number(svg.getAttribute("width")), height: Number(svg.getAttribute("height")) };

  const hatch = draw("pattern", { id: "hatch", width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  hatch.append(draw("rect", { width: 2.5, height: 8 }));
  const defs = draw("defs", {});
  defs.append(hatch);
  svg.prepend(defs);
  const wayLine = draw("path", { id: "way" });
  svg.insertBefore(wayLine, svg.querySelector("[id^=path-]"));

  /** The steps that the map shows, in reading order. */
  const steps = data.steps.map((step, index) => {
    const group = byID("step-" + index);
    if (!group) return null;
    const frame = group.querySelector("rect");
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(frame.getAttribute(name)));
    const around = (by) => ({ x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by, rx: 9 + by });
    frame.classList.add("frame");
    frame.after(draw("rect", { ...around(0), class: "hatch" }));
    group.append(draw("rect", { ...around(5), class: "ring" }));
    group.classList.add("step");
    group.setAttribute("role", "button");
    group.setAttribute("tabindex", "-1");
    group.addEventListener("focus", () => { current = index; rove(); showDetails(index); });
    group.addEventListener("click", () => group.focus({ preventScroll: true }));
    return { group, index, label: group.getAttribute("aria-label"), x: rtl ? x + width : x, y: y + height + (height < 30 ? 8 : 0) };
  });
  const onMap = steps.filter(Boolean);
  let current = onMap.length ? onMap[0].index : -1;

  /** Makes the current step the one that Tab comes to. */
  function rove() {
    for (const s of onMap) s.group.setAttribute("tabindex", s.index === current ? "0" : "-1");
  }

  /** Brings a step into view, and the keyboard to it. */
  function goTo(index) {
    const s = steps[index];
    if (!s) return;
    s.group.focus({ preventScroll: true });
    reveal(s);
  }

  /** Scrolls a step to the middle of the map. */
  function reveal(s) {
    const box = s.group.getBoundingClientRect(), view = scroller.getBoundingClientRect();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scroller.scrollBy({
      left: box.left + box.width / 2 - view.left - view.width / 2,
      top: box.top + box.height / 2 - view.top - view.height / 2,
      behavior: calm ? "auto" : "smooth",
    });
  }

  scroller.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = onMap.findIndex((s) => s.group === document.activeElement);
    const to = {
      ArrowRight: at + (rtl ? -1 : 1), ArrowLeft: at + (rtl ? 1 : -1), ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: onMap.length - 1,
    }[event.key];
    const resize = { "+": 1.25, "=": 1.25, "-": 0.8, "0": 0 }[event.key];
    if (resize !== undefined) {
      resize ? zoomBy(resize) : fit();
    } else if (at >= 0 && to !== undefined) {
      if (onMap[to]) goTo(onMap[to].index);
    } else if (at >= 0 && (event.key === "Enter" || event.key === " ")) {
      byID("details-name").focus();
    } else {
      return;
    }
    event.preventDefault();
  });

  // --- zoom

  let zoom = 1;

  /** Sets how large the map is; what is at a point of the view stays there. */
  function setZoom(to, x = scroller.clientWidth / 2, y = scroller.clientHeight / 2) {
    to = Math.min(4, Math.max(0.1, to));
    const by = to / zoom, left = scroller.scrollLeft, top = scroller.scrollTop;
    zoom = to;
    svg.setAttribute("width", size.width * zoom);
    svg.setAttribute("height", size.height * zoom);
    // In a page from right to left, scrollLeft counts down from 0 at the right.
    const origin = rtl ? scroller.clientWidth : 0;
    scroller.scrollLeft = (left + x - origin) * by - x + origin;
    scroller.scrollTop = (top + y) * by - y;
  }
  const zoomBy = (by, x, y) => setZoom(zoom * by, x, y);
  /** Makes the map as wide as there is room, for the room may grow with its height. */
  const fit = () => setZoom((scroller.clientWidth - 2) / size.width);
  byID("larger").addEventListener("click", () => zoomBy(1.25));
  byID("smaller").addEventListener("click", () => zoomBy(0.8));
  byID("fit").addEventListener("click", fit);
  scroller.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const view = scroller.getBoundingClientRect();
    zoomBy(Math.exp(-event.deltaY / 300), event.clientX - view.left, event.clientY - view.top);
  }, { passive: false });

  // --- what is shown of a choice

  /** What each step is to who was chosen. */
  let shown = steps.map(() => ({ state: "", missing: "", signs: [], says: [] }));

  /** @param {Choice} c */
  function look(c) {
    const cell = c.customer >= 0 && c.need >= 0 ? cellOf(c.out, c.customer, c.need) : undefined;
    const letters = cell ? answers.states[cell.steps] : "";
    const missing = new Map();
    const closed = cell ? answers.closed[cell.closed] ?? [] : [];
    for (let i = 0; i < closed.length; i += 2) missing.set(closed[i], answers.texts[closed[i + 1]]);
    const lists = { trap: cell ? cell.traps : -1, turn: cell ? cell.turns : -1, single: cell ? cell.singles : -1 };
    shown = data.steps.map((step, i) => {
      const state = STATES[letters[i]] ?? "";
      const signs = state === "way" ? ["way"] : state === "door" || state === "closed" ? ["closed"] : [];
      const says = state ? [words.states[state] + (missing.has(i) ? ": " + missing.get(i) : "")] : [];
      for (const [name, list] of Object.entries(lists)) {
        if (list >= 0 && answers.lists[list].includes(i)) {
          signs.push(name);
          says.push(words.states[name]);
        }
      }
      if (isShut(step.touchpoint, c.hour)) {
        signs.push("shut");
        says.push(words.states.shut);
      }
      return { state, signs, says, missing: missing.get(i) ?? "" };
    });
    return cell;
  }

  /** Draws a sign around a point. @param {string} name */
  function sign(name, x, y) {
    const g = draw("g", { class: "sign " + name, transform: `translate(${x} ${y})`, "aria-hidden": "true" });
    g.append(draw("circle", { r: 9.5 }), draw("path", { d: SIGNS[name] }));
    return g;
  }

  function paintMap(cell) {
    svg.classList.toggle("asked", Boolean(cell));
    const way = cell ? answers.ways[cell.way] : { lines: [] };
    wayLine.setAttribute("d", way.lines.map((l) => data.lines[l]).join(""));
    for (const s of onMap) {
      const { state, signs, says } = shown[s.index];
      for (const name of Object.values(STATES)) s.group.classList.toggle("is-" + name, name === state);
      s.group.classList.toggle("is-shut", signs.includes("shut"));
      s.group.setAttribute("aria-label", [s.label, ...says].join(". "));
      for (const old of s.group.querySelectorAll(".sign")) old.remove();
      signs.forEach((name, i) => s.group.append(sign(name, s.x + (rtl ? -1 : 1) * (14 + 22 * i), s.y)));
    }
  }

  function showScore(c) {
    byID("score").textContent = answers.scores[c.out];
    byID("score-usual").textContent = c.out > 0 ? "(" + say(words.scoreUsual, answers.scores[0]) + ")" : "";
  }

  /** Says what came of a choice, in a line that screen readers read out. */
  function showResult(c, cell) {
    const says = result(c, cell);
    byID("result").className = says.kind;
    byID("result").replaceChildren(make("strong", {}, says.head), ...says.lines.map((line) => make("p", {}, line)));
  }

  function result(c, cell) {
    if (c.customer < 0 || c.need < 0) {
      const all = pairs(c), open = all.filter((p) => cellOf(c.out, p.customer, p.need).open);
      return { kind: "summary", head: say(words.summary, digits(open.length), digits(all.length)), lines: [] };
    }
    const who = [isolated(data.customers[c.customer].name), isolated(data.needs[c.need].name)];
    if (!cell) return { kind: "none", head: words.notTheirsShort, lines: [say(words.notTheirs, ...who)] };
    const lines = [say(cell.open ? words.open : words.blocked, ...who)];
    const within = data.needs[c.need].within;
    let kind = cell.open ? "open" : "blocked";
    if (cell.week >= 0 && c.hour >= 0) {
      const took = wait(cell.week, c.hour), late = isLate(cell, c.hour);
      lines.push(say(words.at, moment(c.hour * 3600), duration(took), moment(c.hour * 3600 + took)));
      if (within >= 0) lines.push(say(late ? words.late : words.inTime, duration(within)));
      if (late) kind = "late";
    } else if (cell.open) {
      lines.push(say(words.fastest, duration(cell.fastest)));
      if (within >= 0 && cell.week >= 0) {
        lines.push(cell.late < 0 ? say(words.everInTime, duration(within)) : say(words.partLate, duration(within), answers.texts[cell.share]));
      }
    }
    if (cell.bound) lines.push(words.bound);
    return { kind, head: { open: words.openShort, blocked: words.blockedShort, late: words.lateShort }[kind], lines };
  }

  /** A button that goes to a step. */
  function stepButton(index) {
    const b = make("button", { type: "button", class: "link", dir: "auto" }, data.steps[index].name);
    b.addEventListener("click", () => goTo(index));
    return b;
  }

  function pairButton(p) {
    const b = make("button", { type: "button", class: "link" }, say(words.pair, isolated(data.customers[p.customer].name), isolated(data.needs[p.need].name)));
    b.addEventListener("click", () => {
      control.customer.value = p.customer;
      control.need.value = p.need;
      update();
      control.customer.focus();
    });
    return b;
  }

  function section(id, name, ...inside) {
    return make("section", { id, "aria-labelledby": id + "-name" }, make("h2", { id: id + "-name" }, name), ...inside);
  }

  function showLists(c, cell) {
    const lists = [];
    if (c.customer < 0 || c.need < 0) {
      listPairs(c, lists);
    } else if (cell) {
      listWay(cell, lists);
      listDoors(cell, lists);
      if (!cell.open) listRepair(c, cell, lists);
    }
    byID("lists").replaceChildren(...lists);
  }

  function listPairs(c, lists) {
    const blocked = pairs(c).filter((p) => !cellOf(c.out, p.customer, p.need).open);
    const newly = blocked.filter((p) => cellOf(0, p.customer, p.need).open);
    const items = (list) => make("ul", {}, ...list.map((p) => make("li", {}, pairButton(p))));
    if (c.out > 0) lists.push(section("locked-out", words.lockedOut, newly.length ? items(newly) : make("p", {}, words.nobodyLockedOut)));
    const before = blocked.filter((p) => !newly.includes(p));
    if (before.length) lists.push(section("pairs", words.blockedPairs, items(before)));
  }

  function listWay(cell, lists) {
    const list = make("ol", {}, ...answers.ways[cell.way].steps.map((s) => {
      const item = make("li", {}, stepButton(s));
      if (shown[s].signs.includes("shut")) item.append(make("span", { class: "note" }, " " + words.states.shut));
      return item;
    }));
    const none = !cell.open && !list.children.length;
    lists.push(section("the-way", cell.open ? words.way : words.wayToDoor, none ? make("p", {}, words.wayNone) : list));
  }

  function listDoors(cell, lists) {
    const all = data.steps.map((_, i) => i);
    const closed = (state) => make("ul", {}, ...all.filter((i) => shown[i].state === state).map((i) =>
      make("li", {}, stepButton(i), make("span", { class: "missing" }, " " + shown[i].missing))));
    if (!cell.open) {
      const doors = closed("door");
      lists.push(section("doors", words.doors, doors.children.length ? doors : make("p", {}, words.noDoors)));
      return;
    }
    const doors = closed("closed");
    if (doors.children.length) {
      const name = words.doorsOpen + " (" + digits(doors.children.length) + ")";
      lists.push(make("details", { id: "doors" }, make("summary", {}, name), doors));
    }
  }

  function listRepair(c, cell, lists) {
    const text = c.out > 0 ? words.repairUsual : cell.repair < 0 ? words.noRepair : answers.texts[cell.repair];
    lists.push(section("repair", words.repair, make("p", {}, text)));
  }

  function showDetails(index) {
    const step = data.steps[index];
    const says = shown[index].says.join(" · ");
    const inside = says ? [make("p", { class: "state" }, says)] : [];
    if (step.touchpoint >= 0) {
      const list = make("dl", {});
      for (const [name, text] of data.touchpoints[step.touchpoint].facts) list.append(make("dt", {}, name), make("dd", { dir: "auto" }, text));
      inside.push(list);
    }
    byID("details-name").textContent = step.name;
    byID("details-text").replaceChildren(...inside);
    detailed = index;
  }
  let detailed = -1;

  /** Lists the signs that are on the map now. */
  function showSigns() {
    const used = new Set(shown.flatMap((s) => s.signs));
    byID("signs").replaceChildren(...Object.keys(SIGNS).filter((name) => used.has(name)).map((name) => {
      const icon = draw("svg", { width: 22, height: 22, viewBox: "-11 -11 22 22", "aria-hidden": "true" });
      icon.append(sign(name, 0, 0));
      return make("li", {}, icon, " " + words.states[name]);
    }));
    byID("signs").hidden = used.size === 0;
  }

  // --- search

  /** Makes letters alike that people do not tell apart while searching. */
  const plain = (text) => text.normalize("NFKD").replace(/[\p{M}\u200c\u0640]/gu, "").replace(/ي|ى/g, "ی").replace(/ك/g, "ک").toLocaleLowerCase();
  const findable = data.steps.map((s) => plain((s.touchpoint < 0 ? s.name : data.touchpoints[s.touchpoint].find) + "\n" + s.id));
  let hits = [], hit = -1;

  function find() {
    const wanted = plain(control.search.value).trim();
    hits = wanted ? onMap.filter((s) => findable[s.index].includes(wanted)) : [];
    for (const s of onMap) s.group.classList.toggle("found", hits.includes(s));
    hit = -1;
    if (hits.length) next(1);
    else showHit(wanted ? words.notFound : "");
  }

  /** Goes to the next hit or the one before. */
  function next(by) {
    if (!hits.length) return;
    hit = (hit + by + hits.length) % hits.length;
    current = hits[hit].index;
    rove();
    reveal(hits[hit]);
    showDetails(current);
    showHit(say(words.found, digits(hit + 1), digits(hits.length)));
  }

  function showHit(text) {
    for (const s of onMap) s.group.classList.toggle("hit", s === hits[hit]);
    byID("found").textContent = text;
  }

  control.search.addEventListener("input", find);
  byID("finding").addEventListener("submit", (event) => event.preventDefault());
  control.search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    next(event.shiftKey ? -1 : 1);
  });

  // --- the choice in the address, so that a bookmark shows the same

  const hashOf = (c) => {
    const parts = new URLSearchParams();
    if (c.customer >= 0) parts.set("customer", data.customers[c.customer].id);
    if (c.need >= 0) parts.set("need", data.needs[c.need].id);
    if (c.hour >= 0) parts.set("hour", c.hour);
    if (c.out > 0) parts.set("out", data.outages[c.out].id);
    return "#" + parts;
  };

  function readHash() {
    const parts = new URLSearchParams(location.hash.slice(1));
    const at = (list, name) => list.findIndex((e) => e.id === parts.get(name));
    const hour = /^\d{1,3}$/.test(parts.get("hour") ?? "") && Number(parts.get("hour")) < 168 ? Number(parts.get("hour")) : -1;
    choose({ customer: at(data.customers, "customer"), need: at(data.needs, "need"), hour, out: Math.max(0, at(data.outages, "out")) });
  }

  /** Sets the controls. @param {Choice} c */
  function choose(c) {
    control.customer.value = c.customer;
    control.need.value = c.need;
    control.out.value = Math.max(0, c.out);
    control.day.value = c.hour < 0 ? -1 : Math.floor(c.hour / 24);
    if (c.hour >= 0) control.hour.value = c.hour % 24;
    update();
  }

  function update() {
    const c = chosen();
    control.hour.disabled = c.hour < 0;
    const time = clock(Number(control.hour.value) * 60);
    byID("clock").textContent = c.hour < 0 ? "" : time;
    control.hour.setAttribute("aria-valuetext", time);
    const cell = look(c);
    paintMap(cell);
    showScore(c);
    showResult(c, cell);
    showLists(c, cell);
    showSigns();
    if (detailed >= 0) showDetails(detailed);
    clearTimeout(writing); // browsers count how often an address changes
    writing = setTimeout(() => {
      if (hashOf(c) !== "#" + location.hash.slice(1)) history.replaceState(null, "", hashOf(c));
    }, 150);
  }
  let writing = 0;

  // --- begin

  const option = (value, text) => make("option", { value: String(value) }, text);
  control.customer.append(option(-1, words.choose), ...data.customers.map((c, i) => option(i, c.name)));
  control.need.append(option(-1, words.chooseNeed), ...data.needs.map((n, i) => option(i, n.name)));
  control.day.append(option(-1, words.anyTime), ...words.days.map((d, i) => option(i, d)));
  const groups = new Map();
  data.outages.forEach((o, i) => {
    const name = words.kinds[o.kind];
    if (!name) return control.out.append(option(i, o.name));
    if (!groups.has(name)) groups.set(name, make("optgroup", { label: name }));
    control.out.append(groups.get(name));
    groups.get(name).append(option(i, o.name));
  });
  for (const name of ["customer", "need", "day", "out"]) control[name].addEventListener("change", update);
  control.hour.addEventListener("input", update);
  byID("controls").addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", readHash);
  byID("left-out").hidden = byID("left-out").textContent === "";
  for (const e of document.querySelectorAll(".live")) e.hidden = false;
  rove();
  fit();
  if (zoom < 0.4) setZoom(0.6);
  scroller.scrollLeft = 0;
  scroller.scrollTop = 0;
  if (location.hash.length > 1) readHash();
  else choose(data.ask);
})();
