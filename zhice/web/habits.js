// Habits of the reader: earlier chats (kept here, in the browser), changing a question, and the keys.
(() => {
  const PREFIX = "zhice.chat.";
  const MOST = 100; // chats that are kept
  const OPEN = "zhice.open"; // where a tab keeps the id of the chat on its page
  const find = (selector) => document.querySelector(selector);
  let current = null; // the id of the chat on the page, once it has a question
  let seen = null; // when that chat was last written or opened by this page
  let left = window.zhice.tab(OPEN); // the id of the chat that was on the page when it was left, until that is opened again
  let resuming = false; // whether it is being opened

  function be(key) {
    current = key;
    if (!left) window.zhice.tab(OPEN, key);
  }

  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const keys = () => {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    } catch {
      return []; // a browser that keeps nothing
    }
  };
  const chats = () =>
    keys()
      .map((key) => ({ key, ...read(key) }))
      .filter((chat) => Array.isArray(chat.items) && chat.items.length)
      .sort((a, b) => (a.at < b.at ? 1 : -1));
  const say = (name) => {
    const note = find("#habits .note");
    if (note) note.textContent = name ? note.dataset[name] : "";
  };

  function keep() {
    const items = [...document.querySelectorAll("#transcript [data-asked]")].map((button) => ({
      question: button.dataset.asked,
      filters: JSON.parse(button.dataset.filters),
      ...(button.dataset.file && { file: button.dataset.file }),
    }));
    if (!items.length) return be(null);
    const stored = current && read(current);
    if (stored && JSON.stringify(stored.items) === JSON.stringify(items)) return;
    say("");
    if (stored && stored.at !== seen) {
      be(null); // another tab went on with it
      say("forked");
    } else if (stored && drops(stored.items, items)) {
      be(null);
      say("changed");
    }
    be(current ?? PREFIX + crypto.getRandomValues(new Uint32Array(4)).join("-"));
    seen = new Date().toISOString();
    try {
      localStorage.setItem(current, JSON.stringify({ at: seen, items }));
      for (const { key } of chats().slice(MOST)) localStorage.removeItem(key);
    } catch {
      say("full");
    }
  }

  // Whether more than the last of the earlier questions would be lost.
  function drops(earlier, items) {
    const changed = earlier.findIndex((item, at) => JSON.stringify(item) !== JSON.stringify(items[at]));
    return changed >= 0 && changed < earlier.length - 1;
  }

  // The chat that was on the page when it was left, opened again; whether there is one.
  function resume() {
    const chat = left && read(left);
    current = chat ? left : null;
    left = null;
    if (!chat) return false;
    seen = chat.at;
    resuming = true;
    window.zhice.reopen({ questions: JSON.stringify(chat.items), stay: true });
    return true;
  }

  function button(words, data, name = "") {
    const made = document.createElement("button");
    made.type = "button";
    made.className = name;
    made.textContent = words;
    Object.assign(made.dataset, data);
    return made;
  }

  function list() {
    const dialog = find("#chats");
    const items = chats().map((chat) => {
      const title = chat.items[0].question.trim().slice(0, 80) || "…";
      const open = button(title, { event: "reopen", key: chat.key, questions: JSON.stringify(chat.items) }, "open");
      const facts = document.createElement("small");
      const when = new Date(chat.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
      facts.textContent = `${when} · ${dialog.dataset.count.replace("{n}", chat.items.length)}`;
      open.append(facts);
      const remove = button("×", { remove: chat.key });
      remove.setAttribute("aria-label", dialog.dataset.delete.replace("{title}", title));
      const item = document.createElement("li");
      item.append(open, remove);
      return item;
    });
    dialog.querySelector("ul").replaceChildren(...items);
    dialog.querySelector(".none").hidden = items.length > 0;
    const clear = dialog.querySelector("[data-clear]");
    clear.hidden = !items.length;
    delete clear.dataset.ready;
    clear.textContent = clear.dataset.words ??= clear.textContent;
  }

  function remove(chosen) {
    for (const key of chosen) localStorage.removeItem(key);
    if (chosen.includes(current)) be(null);
    list();
    (find("#chats li .open") || find("#chats [data-close]")).focus();
  }

  function clear(pressed) {
    if (pressed.dataset.ready) return remove(keys());
    pressed.dataset.ready = "yes";
    pressed.textContent = pressed.dataset.sure;
  }

  function edit(opened) {
    const turn = opened.closest(".turn");
    const form = document.createElement("div");
    const text = document.createElement("textarea");
    const again = button(opened.dataset.again, { event: "ask", turn: opened.dataset.turn, question: opened.dataset.asked }, "again");
    const cancel = button(opened.dataset.cancel, {}, "cancel");
    const shown = turn.querySelector(".question");
    const close = () => {
      form.remove();
      shown.hidden = opened.hidden = false;
      opened.focus();
    };
    form.className = "editing";
    text.value = opened.dataset.asked;
    text.setAttribute("aria-label", opened.dataset.label);
    const note = Object.assign(document.createElement("p"), { className: "hint", textContent: opened.dataset.label });
    text.addEventListener("input", () => (again.dataset.question = text.value));
    text.addEventListener("keydown", (event) => {
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        again.click();
      } else if (event.key === "Escape") close();
    });
    cancel.addEventListener("click", close);
    form.append(text, note, again, cancel);
    shown.hidden = opened.hidden = true;
    shown.after(form);
    text.focus();
  }

  document.addEventListener("click", ({ target }) => {
    const pressed = target.closest?.("button");
    if (!pressed) return;
    if ("edit" in pressed.dataset) edit(pressed);
    else if ("chats" in pressed.dataset) {
      list();
      find("#chats").showModal();
    } else if ("close" in pressed.dataset) pressed.closest("dialog").close();
    else if ("remove" in pressed.dataset) remove([pressed.dataset.remove]);
    else if ("clear" in pressed.dataset) clear(pressed);
  });

  // Before the page is told that a chat is opened again: it is that chat from here on.
  document.addEventListener(
    "click",
    (click) => {
      const pressed = click.target.closest?.("[data-event=reopen]");
      if (!pressed) return;
      find("#chats").close();
      const at = read(pressed.dataset.key)?.at;
      if (current === pressed.dataset.key && seen === at) return click.stopPropagation(); // it is on the page
      be(pressed.dataset.key);
      seen = at;
      say("");
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    const box = find("#question textarea");
    if (!box || event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault(); // the browser would go to its own address bar
      find("dialog[open]")?.close();
      box.focus();
      box.select();
    } else if (event.key === "Escape" && !find("dialog[open]") && find("#transcript .waiting")) find("#stop").click();
  });

  document.addEventListener("zhice:updated", ({ detail }) => {
    if (!detail.closest("#transcript")) return;
    keep();
    if (!resuming || !detail.querySelector(".turn") || detail.querySelector(".waiting")) return;
    resuming = false;
    say("resumed");
  });

  window.zhice.resume = resume;
})();
