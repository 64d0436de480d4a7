// Gradio ends the stream of a page's results when none is awaited. A request that crosses that end on its way would be answered
// into a stream that nobody reads until the next click: here the stream is read on while a result is awaited.
(() => {
  const send = window.fetch.bind(window);
  const awaited = new Set(); // events that were accepted and whose end was not read
  const early = new Set(); // events whose end was read before they were known to be accepted
  let last = Promise.resolve(); // until the last request is answered
  let ending = Promise.resolve(); // until Gradio has seen the end that was passed on

  async function join(request) {
    const response = await send(request);
    const event = response.ok ? (await response.clone().json()).event_id : null;
    if (event && !early.delete(event)) awaited.add(event);
    return response;
  }

  // One after the other, so that results are shown in the order of the requests, also when they come before the answer to them.
  async function joined(request) {
    const answer = last.then(() => join(request));
    last = answer.catch(() => {});
    await last;
    await ending;
    return answer;
  }

  function note(message) {
    if (!message.includes('"process_completed"')) return;
    const { msg, event_id } = JSON.parse(message.slice(message.indexOf("{")));
    if (msg === "process_completed" && !awaited.delete(event_id)) early.add(event_id);
  }

  // The messages of one response; whether the last was the end.
  async function relay(body, pass) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = "", part = await reader.read(); !part.done; part = await reader.read()) {
      const messages = (rest + part.value).split("\n\n");
      rest = messages.pop();
      for (const message of messages) {
        if (message.includes('"close_stream"')) return true;
        note(message);
        pass(message);
      }
    }
    return false;
  }

  // Gradio aborts a stream when it has read its end; should a later version not, requests are held no longer than a second.
  function seen(signal) {
    return new Promise((resolve) => {
      signal.addEventListener("abort", resolve, { once: true });
      setTimeout(resolve, 1000);
    });
  }

  async function follow(request, first, stream) {
    const pass = (message) => stream.enqueue(new TextEncoder().encode(`${message}\n\n`));
    for (let response = first; await relay(response.body, pass); response = await send(request.clone())) {
      await last;
      if (awaited.size > 0) continue;
      ending = seen(request.signal);
      pass('data: {"msg":"close_stream"}');
      break;
    }
    stream.close();
  }

  async function followed(request) {
    const first = await send(request.clone());
    if (!first.ok) return first;
    const start = (stream) => void follow(request, first, stream).catch((error) => stream.error(error));
    return new Response(new ReadableStream({ start }), { status: first.status, headers: first.headers });
  }

  window.fetch = (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, location.href);
    if (pathname.endsWith("/queue/join")) return joined(new Request(input, init));
    if (pathname.endsWith("/queue/data")) return followed(new Request(input, init));
    return send(input, init);
  };
})();
