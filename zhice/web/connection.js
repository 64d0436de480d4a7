// What is entered before the page knows its reader is sent as soon as it does; documents that were updated are told anew. A page that
// has lost its server says so, and is loaded again when there is one, with its chat and what was written.
(() => {
  const DRAFT = "zhice.draft"; // where a tab keeps what is written and not sent
  const AGAIN = 2000; // milliseconds between two tries to reach the server
  const FRESH = 3000; // milliseconds in which no server is stopped and another started
  const FORGETS = 50 * 60_000; // milliseconds after which a server may have forgotten a chat
  const find = (selector) => document.querySelector(selector);
  const box = () => find("#question textarea");
  let arrived = false; // whether the page has been told its reader's language, and may be asked
  let held = false; // whether a question waits for that

  const hold = (event) => {
    if (arrived || !box() || event.isComposing || event.keyCode === 229) return;
    const entered = event.type === "click" ? event.target.closest?.("#send") : event.key === "Enter" && !event.shiftKey && event.target === box();
    if (!entered) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held = true;
  };
  for (const type of ["keydown", "keypress", "click"]) window.addEventListener(type, hold, true);

  // What a tab keeps under a name while its pages come and go, or something else in its place; nothing in a browser that keeps nothing.
  function tab(name, ...words) {
    try {
      return words.length ? sessionStorage.setItem(name, words[0] ?? "") : sessionStorage.getItem(name);
    } catch {
      return null;
    }
  }

  function arrive() {
    arrived = true;
    const draft = tab(DRAFT);
    if (draft && !box().value) {
      box().value = draft;
      box().dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (!window.zhice.resume()) release();
  }

  function release() {
    if (held) find("#send").click();
    held = false;
  }

  let renewals = 0; // how often this chat was told that the documents were updated: what is loaded is then told anew

  document.addEventListener("zhice:updated", ({ detail }) => {
    if (detail.closest("#transcript")) {
      const told = detail.querySelectorAll(".renewed").length;
      if (told > renewals) window.zhice.renew();
      renewals = told;
      if (arrived && detail.querySelector(".turn") && !detail.querySelector(".waiting")) release();
    }
    if (!arrived && detail.closest("#lists")) arrive();
  });

  const fetched = window.fetch.bind(window);
  let heard = Date.now(); // when the server that the page came from last answered
  let leaving = false; // whether the page is on its way out, and its requests end for that
  let lost = false; // whether a server is looked for

  window.addEventListener("pagehide", () => {
    leaving = true;
    if (box()) tab(DRAFT, box().value);
  });
  window.addEventListener("pageshow", () => (leaving = false));

  function tell() {
    const told = find("#connection") || Object.assign(document.createElement("p"), { id: "connection" });
    told.setAttribute("role", "alert");
    if (!told.isConnected) document.body.append(told);
    const words = find("#habits .note").dataset.lost;
    if (told.textContent !== words) told.textContent = words;
  }

  // "same" for the server that the page came from, "another" for one in its place, "" for none.
  async function reached() {
    const { root, api_prefix, app_id } = window.gradio_config;
    try {
      const answer = await fetched(`${root}${api_prefix}/app_id`);
      if (!answer.ok) return "";
      return (await answer.json()).app_id === app_id ? "same" : "another";
    } catch {
      return "";
    }
  }

  // The page begins anew as soon as there is a server.
  async function lose() {
    if (leaving || lost || !box()) return;
    lost = true;
    document.body.classList.add("lost");
    while (!(await reached())) {
      tell();
      await new Promise((tried) => setTimeout(tried, AGAIN));
    }
    location.reload();
  }

  // Nothing is asked of another server: it knows nothing of this chat, and would begin it anew without a word.
  window.fetch = async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, location.href);
    if (!pathname.includes("/queue/")) return fetched(input, init);
    try {
      if (Date.now() - heard > FRESH && (await reached()) !== "same") throw new TypeError("the server is gone");
      const response = await fetched(input, init);
      heard = Date.now();
      return response;
    } catch (error) {
      if (error.name !== "AbortError") lose();
      throw error;
    }
  };

  // A server forgets the chats of pages that it has not heard of for an hour: those of a machine that slept.
  let awake = Date.now();
  setInterval(() => {
    if (Date.now() - awake > FORGETS && box()) location.reload();
    awake = Date.now();
  }, 60_000);

  window.zhice.tab = tab;
})();
