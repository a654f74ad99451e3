// What a browser measures in the maps of this page; see viewer_test.go. A
// map is an svg in the page, named by its data-map. Coordinates are those of
// the map. What is wrong comes out as lines of text.
(() => {
  const wrong = [], seen = { texts: 0, steps: 0, lines: 0, arrows: 0 };
  const meets = (a, b, by) => a.left < b.right - by && b.left < a.right - by && a.top < b.bottom - by && b.top < a.bottom - by;
  const inside = (x, y, b, by) => b.left + by < x && x < b.right - by && b.top + by < y && y < b.bottom - by;

  function edges(map) {
    const from = map.getBoundingClientRect();
    return (e) => {
      const b = e.getBoundingClientRect();
      return { left: b.left - from.left, right: b.right - from.left, top: b.top - from.top, bottom: b.bottom - from.top };
    };
  }

  // The letters of a text, without the room that a font keeps above and below.
  function letters(text, at) {
    const size = parseFloat(text.getAttribute("font-size")), base = parseFloat(text.getAttribute("y"));
    const box = at(text), long = text.getComputedTextLength();
    const middle = (box.left + box.right) / 2;
    return { left: middle - long / 2, right: middle + long / 2, top: base - size * 0.72, bottom: base + size * 0.22 };
  }

  // The smallest shape around the place where a text is anchored is its box.
  function boxOf(text, boxes) {
    const x = parseFloat(text.getAttribute("x")), y = parseFloat(text.getAttribute("y")) - parseFloat(text.getAttribute("font-size")) / 3;
    const around = boxes.filter((b) => inside(x, y, b, -0.01));
    return around.sort((a, b) => (a.right - a.left) * (a.bottom - a.top) - (b.right - b.left) * (b.bottom - b.top))[0];
  }

  function texts(map, at, say) {
    const all = [...map.querySelectorAll("text")].filter((t) => t.textContent.trim());
    const boxes = [...map.querySelectorAll("rect:not(#stages *), polygon")].map(at);
    const picture = at(map);
    const placed = all.map((t) => ({ text: t, box: letters(t, at) }));
    for (const { text, box } of placed) {
      seen.texts++;
      const name = JSON.stringify(text.textContent), own = boxOf(text, boxes);
      if (!inside(box.left, box.top, picture, -0.5) || !inside(box.right, box.bottom, picture, -0.5)) say("the text " + name + " leaves the picture");
      else if (!own) say("the text " + name + " has no box");
      else if (box.left < own.left - 0.5 || box.right > own.right + 0.5 || box.top < own.top - 0.5 || box.bottom > own.bottom + 0.5) {
        say("the text " + name + " leaves its box by " + Math.max(own.left - box.left, box.right - own.right, own.top - box.top, box.bottom - own.bottom).toFixed(1) + " pixels");
      }
    }
    placed.sort((a, b) => a.box.left - b.box.left);
    placed.forEach((a, i) => {
      for (let j = i + 1; j < placed.length && placed[j].box.left < a.box.right; j++) {
        if (meets(a.box, placed[j].box, 0.5)) say("the texts " + JSON.stringify(a.text.textContent) + " and " + JSON.stringify(placed[j].text.textContent) + " lie on each other");
      }
    });
  }

  function stepsAndLines(map, at, say) {
    const steps = [...map.querySelectorAll("g[id^='step-'] > rect:first-child")].map((r) => ({ name: r.parentNode.id, ...at(r) }));
    seen.steps += steps.length;
    steps.forEach((a, i) => {
      for (const b of steps.slice(i + 1)) if (meets(a, b, 0.01)) say("the boxes " + a.name + " and " + b.name + " overlap");
    });
    for (const path of map.querySelectorAll("g:not([id^='step-']) > path")) {
      seen.lines++;
      const box = path.getBBox(), long = path.getTotalLength();
      const near = steps.filter((s) => meets(s, { left: box.x - 1, right: box.x + box.width + 1, top: box.y - 1, bottom: box.y + box.height + 1 }, 0));
      for (const s of near) {
        for (let d = 0; d <= long; d += 4) {
          const p = path.getPointAtLength(d);
          if (inside(p.x, p.y, s, 1)) { say("a line of " + path.parentNode.id + " runs through " + s.name); break; }
        }
      }
    }
  }

  function arrows(map, say) {
    for (const head of map.querySelectorAll("path + polygon")) {
      const line = head.previousElementSibling;
      const mark = line.closest("g[id^='step-']") || line.closest("#legend") && line.getAttribute("d").includes("Q");
      if (head.points.length !== 3 || mark) continue;
      seen.arrows++;
      const [tip, one, other] = head.points, end = line.getPointAtLength(line.getTotalLength()), before = line.getPointAtLength(Math.max(0, line.getTotalLength() - 2));
      const base = { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
      // A line may reach into its head, on its axis, and must not end before it.
      const run = Math.hypot(end.x - before.x, end.y - before.y), along = { x: (end.x - before.x) / run, y: (end.y - before.y) / run };
      const beside = (p) => Math.abs((p.x - end.x) * along.y - (p.y - end.y) * along.x), ahead = (p) => (p.x - end.x) * along.x + (p.y - end.y) * along.y;
      const off = Math.max(beside(base), beside(tip), ahead(base), -ahead(tip));
      if (off > 0.05) say("an arrow of " + line.parentNode.id + " is " + off.toFixed(1) + " pixels off its line");
    }
  }

  function measure() {
    for (const map of document.querySelectorAll("svg[data-map]")) {
      const at = edges(map), say = (what) => wrong.push(map.dataset.map + ": " + what);
      texts(map, at, say);
      stepsAndLines(map, at, say);
      arrows(map, say);
    }
    for (const f of document.fonts) if (f.status !== "loaded") wrong.push("a font of the maps cannot be read: " + f.status);
  }

  const end = (lines) => { document.documentElement.innerHTML = "<pre>RESULT " + encodeURIComponent(lines.join("\n")) + " END</pre>"; };
  Promise.allSettled([...document.fonts].map((f) => f.load())).then(measure)
    .then(() => end([JSON.stringify(seen), ...wrong]), (e) => end(["the maps cannot be measured: " + e]));
})();
