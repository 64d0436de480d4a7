// What the browser does by itself: the IME guard, clicks on what our HTML offers, and scrolling to what was asked for.
(() => {
  const own = (navigator.languages?.[0] || navigator.language || "zh").toLowerCase();
  document.documentElement.lang = own.split("-")[0] === "zh" ? "zh-CN" : "en"; // the rule of texts.language

  // Enter that confirms a candidate of an input method must not send (Safari reports it as key code 229 only).
  // Gradio sends on keypress; keydown is guarded too, should a later version send on that.
  const guard = (event) => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation();
  };
  for (const type of ["keydown", "keypress"]) window.addEventListener(type, guard, true);

  const find = (selector) => document.querySelector(selector);
  const stacked = () => find("#source").getBoundingClientRect().top >= find("#conversation").getBoundingClientRect().bottom;
  const same = (a, b) => a.dataset.turn === b.dataset.turn && a.dataset.number === b.dataset.number;
  let asked = new URLSearchParams(location.search).has("doc"); // whether the reader asked for a source: only then may the page itself scroll
  let shown = ""; // how many questions are shown, and whether the last waits
  let pressed = null; // the last button that was pressed, to focus again when it is drawn anew

  function markCurrent() {
    const paper = find("#source .paper[data-turn]");
    for (const button of document.querySelectorAll("#transcript [data-event=cite]")) {
      if (paper && same(button, paper)) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  function showCited() {
    const text = find("#source .text");
    if (!text) return;
    const cited = text.querySelector(".cited");
    const mark = text.querySelector(".cited mark");
    const top = (node) => node.getBoundingClientRect().top - text.getBoundingClientRect().top + text.scrollTop;
    let goal = cited ? top(cited) - 24 : 0;
    if (mark && top(mark) - goal > text.clientHeight * 0.75) goal = top(mark) - text.clientHeight / 3;
    text.scrollTop = Math.max(0, goal);
    if (asked && stacked()) find("#source").scrollIntoView({ block: "start" });
    asked = false;
  }

  function showLastTurn() {
    const pane = find("#transcript");
    const turns = pane.querySelectorAll(".turn");
    const last = turns[turns.length - 1];
    if (!last) return;
    if (stacked()) last.scrollIntoView({ block: "start" });
    else pane.scrollTop += last.getBoundingClientRect().top - pane.getBoundingClientRect().top - 12;
  }

  // A button that was pressed and drawn anew is focused again, so that the keyboard stays where it was; after an example, its turn;
  // where it is gone or cannot be pressed any more, what is nearest.
  function focusAgain(element) {
    const held = document.activeElement;
    if (!pressed || (held !== document.body && !held.disabled)) return;
    const onward = ["ask", "whole"].includes(pressed.event); // below the answer stand questions of the same kind
    const again = !onward && [...element.querySelectorAll("button")].find(
      (button) => !button.disabled && button.dataset.event === pressed.event && (pressed.step ? button.dataset.step === pressed.step : button.dataset.turn === pressed.turn),
    );
    const turns = element.querySelectorAll(".turn");
    const near = onward ? turns[turns.length - 1] : element.querySelector(".text, .filter");
    const next = again || near || (element.closest("#chips") && find(".narrow summary"));
    next?.focus({ preventScroll: true });
  }

  // What "why these" opened is below it.
  function showWhy() {
    if (pressed?.event !== "why" || pressed.seen) return;
    pressed.seen = true;
    find(`#transcript [data-event=why][data-turn="${pressed.turn}"][aria-expanded=true]`)?.scrollIntoView({ block: "start" });
  }

  // A turn that is new, or answered now, comes into sight; an answer that takes long is asked for, also by a page that nobody looks at.
  function follow(element) {
    const waiting = element.querySelector(".turn:last-of-type .waiting") !== null;
    const now = `${element.querySelectorAll(".turn").length} ${waiting}`;
    if (now === shown) return;
    shown = now;
    if (waiting) window.zhice.hear();
    paint(showLastTurn);
  }

  // What looks at the layout is done once for all that was drawn, just before it is painted.
  const wanted = new Set();
  function paint(step) {
    if (!wanted.size) requestAnimationFrame(() => {
      const steps = [...wanted];
      wanted.clear();
      for (const one of steps) one();
    });
    wanted.add(step);
  }

  function updated(element) {
    if (element.closest("#source")) paint(showCited);
    else if (element.closest("#transcript")) {
      follow(element);
      paint(showWhy);
    } else if (element.closest("#own") && element.querySelector(".own") && stacked()) {
      (find("#sending:not(:empty)") || element).scrollIntoView({ block: "start" });
    }
    markCurrent();
    focusAgain(element);
    document.dispatchEvent(new CustomEvent("zhice:updated", { detail: element }));
  }

  function backToChat() {
    const current = find('#transcript .chip[aria-current="true"]') || find("#question textarea");
    current.focus({ preventScroll: true });
    current.scrollIntoView({ block: "center" });
  }

  function attach(element, trigger, watch, events) {
    element.addEventListener("click", (click) => {
      const button = click.target.closest("button");
      if (!button) return;
      if ("back" in button.dataset) return backToChat();
      const { event } = button.dataset;
      if (!events.includes(event)) return;
      asked = event === "cite" || event === "open";
      pressed = { ...button.dataset };
      const paper = find("#source .paper[data-turn]");
      if (event === "cite" && paper && same(button, paper)) showCited(); // also when it is drawn anew: its document may have changed
      trigger(event, { ...button.dataset });
    });
    element.addEventListener("change", ({ target }) => {
      const { narrow } = target.dataset;
      if (!narrow || !target.value) return;
      trigger("narrow", { kind: narrow, value: target.value });
      target.value = "";
    });
    watch("value", () => updated(element));
  }

  window.zhice = { attach, backToChat };
})();
