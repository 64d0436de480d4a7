// Sends a file of the reader's: chosen with the button or dropped on the page; how far it is, is told.
(() => {
  const find = (selector) => document.querySelector(selector);
  const texts = () => find("[data-upload]").dataset;

  // How far the sending is stands beside the panel, which the page draws anew whenever it likes.
  function tell(words) {
    const told = find("#sending") || document.createElement("p");
    told.id = "sending";
    told.setAttribute("role", "status");
    told.textContent = words;
    if (!told.isConnected) find("#own").before(told);
  }

  function send(file, received) {
    if (file.size > Number(texts().most)) return received({ failed: "upload.large" });
    const request = new XMLHttpRequest();
    const failed = () => received({ failed: "upload.broken" });
    request.open("POST", "/upload");
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.upload.onprogress = ({ loaded, total }) =>
      tell(texts().sending.replace("{name}", file.name).replace("{percent}", Math.round((100 * loaded) / total)));
    request.onload = () => {
      try {
        received(JSON.parse(request.responseText));
      } catch {
        failed();
      }
    };
    request.onerror = failed;
    request.send(file);
  }

  // A file that is dropped anywhere on a page is never opened by the browser in its place.
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  for (const type of ["dragover", "drop"]) document.addEventListener(type, (event) => carries(event) && event.preventDefault());

  // Called once the panel is there; `trigger` takes what became of a file.
  function uploads(trigger) {
    // Of several files the first is taken, and the reader told.
    function take(files) {
      const [file, ...others] = files;
      if (!file) return;
      const left = others.length ? texts().first.replace("{name}", file.name).replace("{n}", others.length) : "";
      send(file, (outcome) => {
        tell(left);
        trigger(outcome);
      });
    }
    const chooser = document.createElement("input");
    chooser.type = "file";
    chooser.id = "chooser";
    chooser.hidden = true;
    chooser.accept = ".txt,.md,.html,.htm,.mhtml,.docx,.doc,.wps,.rtf,.pdf,.xlsx,.xls,.csv,.png,.jpg,.jpeg,.bmp,.tif,.tiff";
    chooser.addEventListener("change", () => {
      take([...chooser.files]);
      chooser.value = "";
    });
    document.body.append(chooser);
    document.addEventListener("drop", (event) => carries(event) && take([...event.dataTransfer.files]));
    document.addEventListener("click", ({ target }) => target.closest?.("[data-upload]") && chooser.click());
  }

  // A maintainer's key goes with the event that adds a file, and is kept nowhere.
  document.addEventListener(
    "click", // before the page is told of the click
    ({ target }) => {
      const add = target.closest?.("#own [data-event=admit]");
      const field = add?.closest(".door").querySelector("input");
      if (!field) return;
      add.dataset.key = field.value;
      setTimeout(() => delete add.dataset.key);
    },
    true,
  );

  window.zhice.uploads = uploads;
})();
