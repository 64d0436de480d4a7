// The form below an answer: opened by its thumb, and sent with what was chosen and written in it.
(() => {
  document.addEventListener("click", ({ target }) => {
    const thumb = target.closest?.("[data-reasons]");
    if (!thumb) return;
    const form = document.getElementById(thumb.getAttribute("aria-controls"));
    form.hidden = !form.hidden;
    thumb.setAttribute("aria-expanded", String(!form.hidden));
    if (!form.hidden) form.querySelector("select").focus();
  });
  document.addEventListener(
    "click", // before the page is told of the click
    ({ target }) => {
      const sent = target.closest?.("[data-rated]");
      if (!sent) return;
      const form = sent.closest(".reasons");
      sent.dataset.reason = form.querySelector("select").value;
      sent.dataset.words = form.querySelector("textarea").value;
    },
    true,
  );
})();
