// Pages beside the chat: the address says what they show. Links and forms marked data-view draw the page again in place;
// without this script they are plain links and forms to the same addresses.
(() => {
  window.zhice ||= {};

  const said = document.createElement("p"); // told to screen readers: that a page has been drawn again, or text copied
  said.className = "unseen";
  said.setAttribute("role", "status");

  function tell(words) {
    if (!said.isConnected) document.body.append(said);
    requestAnimationFrame(() => (said.textContent = words)); // what is there when it is added is not told
  }

  function key(node) {
    if (!node || node === document.body) return "";
    if (node.id) return `#${CSS.escape(node.id)}`;
    return node.dataset.key ? `[data-key="${CSS.escape(node.dataset.key)}"]` : "";
  }

  function view(element, props, server) {
    let latest = 0;

    async function show(first) {
      const number = ++latest;
      element.setAttribute("aria-busy", "true");
      const html = await server.shown(location.search);
      if (number !== latest) return; // a later one was asked for
      const focused = element.contains(document.activeElement) ? key(document.activeElement) : "";
      props.value = html;
      requestAnimationFrame(() => {
        element.removeAttribute("aria-busy");
        document.title = `${element.querySelector("h1")?.textContent ?? ""} · 知策`;
        if (focused) element.querySelector(focused)?.focus({ preventScroll: true });
        const told = element.querySelector(".told, .empty");
        if (!first && told) tell(told.textContent);
      });
    }

    function go(address) {
      if (address !== location.pathname + location.search) history.pushState(null, "", address);
      return show(false);
    }

    element.addEventListener("click", (click) => {
      const link = click.target.closest("a[data-view]");
      if (link && !click.ctrlKey && !click.metaKey && !click.shiftKey && click.button === 0) {
        click.preventDefault();
        go(link.getAttribute("href"));
        if (link.closest(".pages")) element.scrollIntoView();
      }
      const copy = click.target.closest("[data-copy-link]");
      if (copy) zhice.copy(location.href, copy);
    });
    element.addEventListener("submit", (submit) => {
      if (!submit.target.matches("form[data-view]")) return;
      submit.preventDefault();
      const given = [...new FormData(submit.target)].filter(([, value]) => value.trim());
      const query = new URLSearchParams(given).toString();
      go(submit.target.getAttribute("action") + (query && `?${query}`));
    });
    element.addEventListener("input", (input) => {
      const list = document.getElementById(input.target.dataset.narrow);
      const wanted = input.target.value.trim().toLowerCase();
      if (list) for (const item of list.children) item.hidden = !item.textContent.toLowerCase().includes(wanted);
    });
    element.addEventListener("change", (change) => {
      if (change.target.matches("form[data-view] select")) change.target.form.requestSubmit();
    });
    window.addEventListener("popstate", () => show(false));
    show(true);
  }

  // Copies text, also where a page without https may not use the clipboard; the button says so for a while.
  async function copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const box = Object.assign(document.createElement("textarea"), { value: text, className: "unseen" });
      document.body.append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
      button.focus();
    }
    const before = button.textContent;
    if (!button.dataset.done || before === button.dataset.done) return;
    button.textContent = button.dataset.done;
    tell(button.dataset.done);
    setTimeout(() => (button.textContent = before), 5000); // not when it is left: its neighbours would move from under the pointer
  }

  Object.assign(window.zhice, { view, copy });
})();
