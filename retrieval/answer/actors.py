"""Who acts, as prose tells it: the words of a sentence that answer a question of who, read together with the question.

Any actor counts (申请人, 用人单位, 派出所), not departments alone. A run of words is likely one by the states, in the lower layers of the
embedding model, of its first and last word and of those on either side, and by a few plain signs: a logistic regression whose weights
are a data file, learned by `python -m zhice.eval.training.actors`.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhice.corpus.model import Span
from zhice.index.embedding import Embedder
from zhice.index.token_states import TokenStates
from zhice.index.tokens import cut, fold

Array = NDArray[np.float32]
FILE = "data/actors.safetensors"
MOST_WORDS, MOST_CHARACTERS = 14, 30
"""How long a run is at most."""
READ = 300
"""How many characters of a question, and of a sentence, are read."""
LEAST, SHARE = 0.1, 0.4
"""The chance that a second actor needs, and its share of the likeliest one's."""
MOST = 8
"""How many actors a sentence has at most."""
STOPS = frozenset("，。；：！？,;:!?\n")
_NO_START = STOPS | frozenset("、（(）)》”的 　")
_NO_END = frozenset("、（(《“的和与及或 　")
_BEFORE, _BEHIND = frozenset("由向经被报给"), frozenset("在应将须可负会等")
"""What often stands right before an actor, or right behind one."""
SIGNS = 6


class Run(NamedTuple):
    """Where some words of a sentence stand in it, and how many they are."""

    span: Span
    words: int


class Actor(NamedTuple):
    """A run of words in a text, with the chance that it is who is asked for."""

    span: Span
    chance: float


@dataclass(frozen=True)
class ActorReader:
    """Reads who is asked for; `weights` has shape (size of what `evidence` tells of a run,)."""

    states: TokenStates
    weights: Array
    start: float

    def actors(self, question: str, sentence: str, departments: Collection[str] = ()) -> list[Actor]:
        """Who answers a question in a sentence, the likeliest first; no two overlap. `departments` are names that it is known to task."""
        text = sentence[:READ]
        among = list(runs(text))
        if not among:
            return []
        odds = evidence(self.states, question, text, among, departments) @ self.weights + self.start
        chances = 1 / (1 + np.exp(-odds.astype(float)))
        return chosen([Actor(run.span, chance) for run, chance in zip(among, chances.tolist(), strict=True)])


def chosen(among: Sequence[Actor]) -> list[Actor]:
    """The likeliest actor, and others that are likely enough beside it and overlap none that is chosen."""
    out: list[Actor] = []
    for one in sorted(among, key=lambda one: -one.chance):
        if len(out) == MOST or not is_likely(one, out[0].chance if out else 0.0):
            break
        if all(one.span[1] <= other.span[0] or other.span[1] <= one.span[0] for other in out):
            out.append(one)
    return out


def is_likely(actor: Actor, best: float) -> bool:
    """Whether an actor is likely enough beside the likeliest, whose chance is `best`."""
    return actor.chance >= best or actor.chance >= max(LEAST, SHARE * best)


def runs(text: str) -> Iterator[Run]:
    """The runs of words of a text that may be an actor."""
    bounds = _bounds(text)
    for number, start in enumerate(bounds[:-1]):
        if text[start] in _NO_START:
            continue
        for words, stop in enumerate(bounds[number + 1 : number + 1 + MOST_WORDS], 1):
            if stop - start > MOST_CHARACTERS or not STOPS.isdisjoint(text[bounds[number + words - 1] : stop]):
                break
            if text[stop - 1] not in _NO_END:
                yield Run((start, stop), words)


def _bounds(text: str) -> list[int]:
    """Where words of a text may begin and end: as it is cut, and around particles, which jieba joins to names that it does not know."""
    inner = {at + (character in _BEFORE) for at, character in enumerate(text) if character in _BEFORE or character in _BEHIND}
    return sorted({0, len(text), *accumulate(map(len, cut(text))), *inner})


def evidence(states: TokenStates, question: str, text: str, among: Sequence[Run], departments: Collection[str]) -> Array:
    """What is told of each run in a text: four states, then `SIGNS` plain signs; shape (runs, 4 · size + SIGNS)."""
    told, owner = states.read(question[:READ], text)
    around = np.array([0, *owner.tolist(), len(told) - 1])  # the marks before and behind the text are its neighbours
    first, stop = np.array([run.span for run in among]).T
    signs = _signs(fold(question), [text[slice(*run.span)] for run in among], [run.words for run in among], departments)
    return np.hstack([*(told[around[at]] for at in (first + 1, stop, first, stop + 1)), signs]).astype(np.float32)


def _signs(question: str, texts: Sequence[str], words: Sequence[int], departments: Collection[str]) -> Array:
    asked = _pairs(question)
    said = [fold(text) for text in texts]
    shared = [len(pairs & asked) / max(len(pairs), 1) for pairs in map(_pairs, said)]
    columns = [
        [float(text in question) for text in said], shared, [len(text) / 10 for text in said], [count / 10 for count in words],
        [float("、" in text) for text in said], [float(text in departments) for text in texts],
    ]  # fmt: skip
    return np.array(columns, np.float32).T


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def of(embedder: Embedder) -> ActorReader | None:
    """The reader for an embedder; None for a model that it was not learned with."""
    from zhice.index.quantised import QuantisedEmbedder

    if not isinstance(embedder, QuantisedEmbedder) or embedder.states is None:
        return None
    weights, start, fingerprint = _load()
    return ActorReader(embedder.states, weights, start) if embedder.fingerprint == fingerprint else None


@lru_cache(1)
def _load() -> tuple[Array, float, str]:
    from safetensors import safe_open

    with as_file(files("zhice.retrieval").joinpath(FILE)) as path, safe_open(path, framework="numpy") as opened:
        return opened.get_tensor("weights").astype(np.float32), float(opened.get_tensor("start")[0]), opened.metadata()["fingerprint"]
