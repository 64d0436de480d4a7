// What is entered before the page knows its reader is sent as soon as it does; documents that were updated are told anew.
(() => {
  const find = (selector) => document.querySelector(selector);
  let arrived = false; // whether the page has been told its reader's language, and may be asked
  let held = false; // whether a question waits for that

  const hold = (event) => {
    const box = find("#question textarea");
    if (arrived || !box || event.isComposing || event.keyCode === 229) return;
    const entered = event.type === "click" ? event.target.closest?.("#send") : event.key === "Enter" && !event.shiftKey && event.target === box;
    if (!entered) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held = true;
  };
  for (const type of ["keydown", "keypress", "click"]) window.addEventListener(type, hold, true);

  let renewals = 0; // how often this chat was told that the documents were updated: what is loaded is then told anew

  document.addEventListener("zhice:updated", ({ detail }) => {
    if (detail.closest("#transcript")) {
      const told = detail.querySelectorAll(".renewed").length;
      if (told > renewals) window.zhice.renew();
      renewals = told;
    }
    if (arrived || !detail.closest("#lists")) return;
    arrived = true;
    if (held) find("#send").click();
  });
})();
