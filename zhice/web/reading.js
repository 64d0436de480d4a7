// Reading a document: contents that fold, search inside, links to clauses, the address bar, and keys for citations.
(() => {
  const paper = () => document.querySelector("#source .paper");
  const text = () => document.querySelector("#source .text");
  const shown = () => paper()?.querySelector("[data-copy]").dataset.copy; // the link of what is shown
  const unlinked = () => paper()?.closest(".unlinked"); // a document that no address leads to
  let hits = [];
  let at = -1;
  const UNFOLD = 200; // milliseconds: what is cited is painted by then
  let unfolding;
  let wide = null; // whether the reader wants the contents open; null: as wide as the pane is

  function address(link) {
    const url = new URL(location.href);
    const named = new URL((!unlinked() && link) || "/", location.href).searchParams;
    for (const key of ["doc", "clause"]) {
      if (named.has(key)) url.searchParams.set(key, named.get(key));
      else url.searchParams.delete(key);
    }
    history.replaceState(history.state, "", url);
  }

  function scrollTo(box) {
    const pane = text();
    pane.scrollTop += box.top - pane.getBoundingClientRect().top - pane.clientHeight / 4;
  }

  // The lines far from what is cited wait in comments, until it has been painted or they are wanted; what is in sight stays where it is.
  function unfold() {
    const pane = text();
    const waiting = [...(pane?.childNodes ?? [])].filter((node) => node instanceof Comment);
    if (!waiting.length) return;
    const still = pane.querySelector(".cited");
    const from = still.getBoundingClientRect().top;
    for (const lines of waiting) lines.replaceWith(document.createRange().createContextualFragment(lines.data));
    pane.scrollTop += still.getBoundingClientRect().top - from;
  }

  // the clause of a link is shown in place; where the text has no line that begins with it, the page opens there
  function go(link) {
    unfold();
    const href = link.getAttribute("href");
    const clause = new URL(link.href).searchParams.get("clause");
    const lines = [...text().querySelectorAll("p[data-at]")];
    const first = lines.find((line) => line.dataset.clause === clause);
    if (!first) return unlinked() || (location.href = link.href);
    for (const line of lines) {
      const offset = Number(line.dataset.at);
      line.classList.toggle("here", offset >= Number(first.dataset.at) && offset < Number(first.dataset.to));
    }
    if (getComputedStyle(paper().querySelector(".contents")).position === "absolute") contents((wide = false)); // it hides the text
    scrollTo(first.getBoundingClientRect());
    for (const other of paper().querySelectorAll(".contents a")) {
      if (other.getAttribute("href") === href) other.setAttribute("aria-current", "location");
      else other.removeAttribute("aria-current");
    }
    paper().querySelector("[data-copy]").dataset.copy = href;
    address(href);
    text().focus({ preventScroll: true });
  }

  function contents(open) {
    const button = paper().querySelector("[data-contents]");
    const pane = paper().querySelector(".contents");
    if (open && pane.firstChild instanceof Comment) pane.innerHTML = pane.firstChild.data;
    pane.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  }

  function look(words) {
    unfold();
    hits = [];
    at = -1;
    CSS.highlights?.clear();
    const wanted = words.trim().toLowerCase();
    if (!wanted) return count("");
    for (const line of text().querySelectorAll("p")) {
      const nodes = [];
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) nodes.push(walker.currentNode);
      const whole = nodes.map((node) => node.data).join("").toLowerCase();
      for (let i = whole.indexOf(wanted); i >= 0; i = whole.indexOf(wanted, i + wanted.length)) hits.push(range(nodes, i, i + wanted.length));
    }
    if (CSS.highlights) CSS.highlights.set("found", new Highlight(...hits));
    step(1);
  }

  function range(nodes, start, end) {
    const found = document.createRange();
    let offset = 0;
    for (const node of nodes) {
      const stop = offset + node.length;
      if (start >= offset && start < stop) found.setStart(node, start - offset);
      if (end > offset && end <= stop) found.setEnd(node, end - offset);
      offset = stop;
    }
    return found;
  }

  function step(by) {
    if (!hits.length) return count(paper().querySelector(".count").dataset.none);
    at = (at + by + hits.length) % hits.length;
    if (CSS.highlights) CSS.highlights.set("hit", new Highlight(hits[at]));
    scrollTo(hits[at].getBoundingClientRect());
    count(`${at + 1} / ${hits.length}`);
  }

  const count = (words) => (paper().querySelector(".count").textContent = words);

  function copy(button) {
    button.dataset.done = button.dataset.copied;
    zhice.copy(new URL(button.dataset.copy, location.href).href, button);
  }

  document.addEventListener("click", (click) => {
    if (!click.target.closest?.("#source .paper")) return;
    const link = click.target.closest("a");
    if (link && !click.ctrlKey && !click.metaKey && !click.shiftKey) {
      click.preventDefault();
      return go(link);
    }
    const button = click.target.closest("button");
    if (!button) return;
    if ("contents" in button.dataset) contents((wide = paper().querySelector(".contents").hidden));
    else if ("copy" in button.dataset) copy(button);
    else if ("find" in button.dataset) step(Number(button.dataset.find));
    else if (button.classList.contains("fold")) {
      const open = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", String(open));
      button.parentElement.querySelector("ul").hidden = !open;
    }
  });

  // beside the line under the pointer stands the link of the clause that it begins
  const anchor = Object.assign(document.createElement("a"), { className: "anchor", tabIndex: -1, ariaHidden: "true" });
  document.addEventListener("pointerover", ({ target }) => {
    const line = target.closest?.("#source p[data-clause]");
    if (!line || line === anchor.parentElement) return;
    const of = new URLSearchParams({ doc: new URL(paper().dataset.link, location.href).searchParams.get("doc"), clause: line.dataset.clause });
    anchor.href = `/?${of}`;
    anchor.title = text().dataset.link;
    line.prepend(anchor);
  });

  document.addEventListener("input", ({ target }) => {
    if (target.matches?.("#source .finder input")) look(target.value);
  });

  document.addEventListener("keydown", (key) => {
    if (key.isComposing || !key.target.closest) return;
    if (key.target.matches("#source .finder input")) {
      if (key.key === "Enter" && hits.length) step(key.shiftKey ? -1 : 1);
    } else if (key.target.closest("#source, #transcript") && !key.target.matches("input, select, textarea")) {
      const name = { "[": "previous", "]": "next" }[key.key];
      if (name) paper()?.querySelector(`[data-step=${name}]`)?.click();
      else if (key.key === "Escape" && key.target.closest("#source")) window.zhice.backToChat();
    }
  });

  document.addEventListener("zhice:updated", ({ detail }) => {
    if (!detail.closest("#source")) return;
    hits = [];
    CSS.highlights?.clear();
    clearTimeout(unfolding);
    unfolding = setTimeout(unfold, UNFOLD);
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => address(shown())))); // the reader need not wait for it
    if (!paper()) return;
    paper().querySelector(".finder input").value = "";
    count("");
    contents(wide ?? detail.clientWidth > 1100);
    const pane = paper().querySelector(".contents");
    const here = pane.querySelector("[aria-current]");
    if (here && !pane.hidden) pane.scrollTop += here.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  });
})();
