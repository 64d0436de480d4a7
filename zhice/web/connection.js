// Nothing that a reader sends is lost. Gradio's client takes the stream of answers for open when it sends a question just as the server
// ends that stream, and then waits for ever: an event that does nothing opens it anew. What is entered before the page knows its reader
// is sent as soon as it does.
(() => {
  const find = (selector) => document.querySelector(selector);
  const native = window.fetch;
  const waiting = new Set(); // the events that were sent and are not answered
  const early = new Set(); // those answered before the page heard that they were sent
  let streams = 0; // how many streams of answers are open

  function check() {
    if (streams || !waiting.size) return;
    setTimeout(() => {
      if (streams || !waiting.size) return; // the client has opened it itself
      waiting.clear();
      window.zhice.nudge?.();
    }, 200);
  }

  async function joined(response) {
    const { event_id: sent } = await response.json();
    if (!sent || early.delete(sent)) return;
    waiting.add(sent);
    check();
  }

  function answered(line) {
    const { msg, event_id: id } = JSON.parse(line.slice("data:".length));
    if (msg === "process_completed" && !waiting.delete(id)) early.add(id);
  }

  async function follow(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (let { value, done } = await reader.read(); !done; { value, done } = await reader.read()) {
      const lines = (text + value).split("\n\n");
      text = lines.pop();
      for (const line of lines) if (line.startsWith("data:")) answered(line);
    }
  }

  const ended = () => {
    streams -= 1;
    check();
  };

  window.fetch = async (input, options) => {
    const address = String(input?.url ?? input);
    const stream = address.includes("/queue/data");
    if (stream) streams += 1;
    try {
      const response = await native(input, options);
      if (stream) follow(response.clone()).catch(() => {}).then(ended);
      else if (address.includes("/queue/join")) joined(response.clone()).catch(() => {});
      return response;
    } catch (error) {
      if (stream) ended();
      throw error;
    }
  };

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
