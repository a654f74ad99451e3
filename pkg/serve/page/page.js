"use strict";

// The page is made by the server. This script asks for it again when the server
// says that something has changed, or when a control has, and puts the new parts
// in the place of the old ones, so that scroll, focus and open lists stay.
(() => {
  const parts = ["name", "form", "banner", "map", "findings", "gaps", "journeys"];
  const live = document.getElementById("live");
  let version = document.body.dataset.version;
  let running = false;
  let again = false;
  let full = false;
  let source;

  document.documentElement.classList.add("scripted");
  for (const id of parts) {
    const part = document.getElementById(id);
    if (part) part.dataset.made = part.outerHTML;
  }

  function tell(connected) {
    const text = connected ? live.dataset.live : live.dataset.lost;
    live.className = connected ? "on" : "off";
    if (live.textContent !== text) live.textContent = text;
  }

  // whole waits until a picture is there, so that the old one stays until then.
  async function whole(part) {
    const picture = part.querySelector("img");
    if (!picture) return;
    const first = new Image();
    first.src = picture.getAttribute("src");
    await first.decode().catch(() => {});
  }

  async function replace(id, next) {
    const old = document.getElementById(id);
    const part = next.getElementById(id);
    if (!old || !part || old.dataset.made === part.outerHTML) return;
    if (id === "map") await whole(part);
    const made = part.outerHTML;
    const focus = old.contains(document.activeElement) ? document.activeElement.id : "";
    const paper = old.querySelector(".paper");
    const at = paper ? [paper.scrollLeft, paper.scrollTop] : [0, 0];
    const open = [...old.querySelectorAll("details[open]")].map((d) => d.id);
    const down = old.querySelector(".pop")?.scrollTop ?? 0;
    part.dataset.made = made;
    old.replaceWith(part);
    for (const d of open) document.getElementById(d)?.setAttribute("open", "");
    const pop = part.querySelector(".pop");
    if (pop) pop.scrollTop = down;
    if (id === "map") size();
    const now = part.querySelector(".paper");
    if (now) [now.scrollLeft, now.scrollTop] = at;
    if (focus) document.getElementById(focus)?.focus();
  }

  async function show(next) {
    document.title = next.title;
    document.documentElement.lang = next.documentElement.lang;
    document.documentElement.dir = next.documentElement.dir;
    const said = next.getElementById("live");
    live.dataset.live = said.dataset.live;
    live.dataset.lost = said.dataset.lost;
    for (const id of parts) await replace(id, next);
    version = next.body.dataset.version;
    tell(live.className !== "off");
  }

  async function refresh() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      do {
        again = false;
        const answer = await fetch(location.href);
        if (answer.ok) await show(new DOMParser().parseFromString(await answer.text(), "text/html"));
      } while (again);
    } catch {
      tell(false); // the connection for changes comes back by itself, and asks again
    } finally {
      running = false;
    }
  }

  // listen waits for changes while the page can be seen: a browser has few
  // connections to one server, and hidden pages would use them up.
  function listen() {
    source?.close();
    if (document.hidden) return;
    source = new EventSource("/events");
    source.addEventListener("version", (event) => {
      tell(true);
      if (event.data !== version) refresh();
    });
    source.addEventListener("error", () => {
      tell(false);
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
    });
  }

  function size() {
    const box = document.getElementById("actual");
    if (box) box.checked = full;
    document.getElementById("map")?.classList.toggle("actual", full);
  }

  function ask() {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(document.getElementById("form"))) {
      if (value !== "" || name === "lang") query.append(name, value);
    }
    history.pushState(null, "", "/?" + query);
    refresh();
  }

  document.addEventListener("change", (event) => {
    if (event.target.id === "actual") {
      full = event.target.checked;
      size();
    } else if (event.target.form?.id === "form" && !(event.target.type === "time" && event.target.value === "")) {
      ask();
    }
  });
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  document.addEventListener("click", (event) => {
    const list = document.getElementById("f-without");
    if (list?.open && !list.contains(event.target)) list.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const list = document.getElementById("f-without");
    if (event.key === "Escape" && list?.open) {
      list.open = false;
      list.querySelector("summary").focus();
    }
  });
  document.addEventListener("visibilitychange", listen);
  addEventListener("popstate", refresh);
  addEventListener("pagehide", () => source?.close());
  listen();
})();
