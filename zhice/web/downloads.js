// Saves or prints what the server made for this reader, and copies what a button holds.
(() => {
  function downloads(props, watch) {
    watch("value", () => {
      if (!props.value) return;
      const { name, type, data, sheet } = JSON.parse(props.value);
      if (sheet) return zhice.print(sheet);
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      const address = URL.createObjectURL(new Blob([bytes], { type }));
      const link = Object.assign(document.createElement("a"), { href: address, download: name });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    });
  }

  document.addEventListener("click", (click) => {
    const button = click.target.closest("[data-take]");
    if (button) zhice.copy(button.dataset.take, button);
  });

  zhice.downloads = downloads;
})();
