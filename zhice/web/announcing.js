// Tells screen readers once what is new in the conversation: that a question waits, then its answer. The conversation is drawn
// anew as a whole at each step, so that it cannot be a live region itself.
(() => {
  const said = document.createElement("p");
  said.className = "unseen";
  said.id = "announced";
  said.setAttribute("role", "status");
  const PAINTED = 150; // milliseconds: the words are read off once they are painted, as that lays out the page
  let told = "";

  // the answer as it reads, without its sources and buttons, after what is said of the file that was asked
  function words(turn) {
    const answer = turn.querySelector(".answer");
    if (!answer) return turn.querySelector(".waiting")?.textContent ?? "";
    const parts = [...answer.children].filter((part) => !part.matches(".citations, .next, .foot, .why"));
    return [...turn.querySelectorAll(".put"), ...parts].map((part) => part.innerText.trim()).join("\n");
  }

  document.addEventListener("zhice:updated", ({ detail }) => {
    if (!detail.closest("#transcript")) return;
    if (!said.isConnected) document.body.append(said);
    const turns = detail.querySelectorAll(".turn");
    const last = turns[turns.length - 1];
    const state = last ? `${turns.length} ${!last.querySelector(".answer")}` : "";
    if (state === told) return;
    told = state;
    setTimeout(() => (said.textContent = last ? words(last) : ""), PAINTED);
  });
})();
