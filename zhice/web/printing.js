// Printing: an answer's sheet alone, or the page as it is with all that is folded; see print.css.
(() => {
  const sheet = Object.assign(document.createElement("section"), { id: "sheet", hidden: true });
  let folded = [];

  function print(html) {
    sheet.innerHTML = html;
    document.body.append(sheet);
    document.body.classList.add("one-answer");
    window.print();
  }

  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("#sheet details, #transcript details:not([open])")];
    for (const details of folded) details.open = true;
    for (const head of document.querySelectorAll(".masthead")) head.dataset.day = new Date().toLocaleDateString(document.documentElement.lang);
  });
  addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
    document.body.classList.remove("one-answer");
  });

  window.zhice ||= {};
  zhice.print = print;
})();
