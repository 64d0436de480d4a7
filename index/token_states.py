"""States of tokens: what the lower layers of the embedding model make of a question and of a text that is read with it.

A layer in the middle tells best what a word is to others around it; the upper ones draw everything towards one vector.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhice.index.embedding import plain
from zhice.index.pieces import Pieces

GRAPH = "lower.onnx"
LAYERS = 7
"""How many layers are run. Of 6, 7, 8, 9, 10 and 12 of the default model's, with 7 the actors of a sentence were told best."""
LONGEST = 480
"""How many tokens are read at most."""

States = NDArray[np.float32]


class TokenStates:
    """Reads a question and a text together; safe to share between threads."""

    def __init__(
        self,
        session: Any,  # noqa: ANN401 - ONNX Runtime has no types
        pieces: Pieces,
        words_of: Callable[[Sequence[Sequence[int]]], States],
        prompt: str,
    ) -> None:
        """`words_of` gives what the graph takes of tokens, `prompt` stands before questions."""
        self._session, self._pieces, self._words_of, self._prompt = session, pieces, words_of, prompt

    def read(self, question: str, text: str) -> tuple[States, NDArray[np.intp]]:
        """The states of the tokens of a text that is read behind a question, and which of them each character belongs to.

        The first state is that of the mark before the text, the last one that of the mark behind it, to which all belongs that is beyond
        `LONGEST` tokens. Shapes (tokens + 2, size) and (characters,).
        """
        asked, placed = self._pieces(plain(self._prompt + question)), self._pieces.placed(plain(text))
        inside = placed[: max(LONGEST - len(asked), 1) - 1]
        bounds = [*(start for _, start in placed), len(text)]
        owner = np.full(len(text), len(inside) + 1, np.intp)
        for token in range(len(inside)):
            owner[bounds[token] : bounds[token + 1]] = token + 1
        numbers = [*asked, *(number for number, _ in inside), asked[-1]]
        states: States = self._session.run(None, {"words": self._words_of([numbers])})[0]
        return states[len(asked) - 1 :], owner
