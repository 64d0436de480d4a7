"""The weights of search, ranking and confidence: numbers in a data file, fitted by `python -m zhice.eval.fit`."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path

from zhice.index import adapters
from zhice.settings import DEFAULT_MODEL

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parents[1] / "data"
FILE = FOLDER / "weights.toml"
_HEAD = "# What each evidence counts. [search] is set by hand; the rest is written by: python -m zhice.eval.fit SET=STORE … --write\n"


@dataclass(frozen=True, slots=True)
class Weights:
    """What each evidence counts.

    `search` weighs the first, wide stage (set by hand), `rank` the log-odds of a hit against the others. `margin` is how
    far below the best hit, in log-odds, hits answer too: for the intent `who`, for `all` others, and, for the best hit
    of another document, `across`. `confidence` makes the log-odds that the index holds an answer; `unfamiliar` is the same
    for any model but the default: without the cosine, whose size is each model's own.
    `usual` are the `mean` and the `spread` of cosines of questions with the passages of an index, as `count` passages of a small one
    are taken to have them (none, for any model but the default); `stretch` is how many times less an answer stands out among the
    cosines of a model without an adapter of questions: set by hand, 1.5 is what the default model has without and with its own.
    """

    search: Mapping[str, float]
    rank: Mapping[str, float]
    margin: Mapping[str, float]
    confidence: Mapping[str, float]
    unfamiliar: Mapping[str, float]
    usual: Mapping[str, float]


@lru_cache(1)
def load() -> Weights:
    """The weights of the data file."""
    return Weights(**tomllib.loads(FILE.read_text("utf-8")))


def of(model: str) -> Weights:
    """The weights for an index that a model embedded."""
    loaded = load()
    return loaded if model == DEFAULT_MODEL else replace(loaded, confidence=loaded.unfamiliar, usual={**loaded.usual, "count": 0.0})


def of_search(model: str, titles: Sequence[str]) -> Weights:
    """The same for its search alone: where an adapter comes with the program for documents of these titles, the data file of its
    name has the weights of `search` that are others, and those of `rank`, and the size of the cosine is its own.
    """
    usual, adapter = of(model), adapters.fitting(titles)
    if model != DEFAULT_MODEL or adapter == adapters.GENERAL:
        return usual
    own = tomllib.loads((FOLDER / f"{adapter.stem}.toml").read_text("utf-8"))
    return replace(usual, search={**usual.search, **own["search"]}, rank=own["rank"], confidence=usual.unfamiliar)


def written(weights: Weights) -> str:
    """The weights as the data file has them, in three digits after the point."""
    tables = (
        "\n".join([f"[{name}]", *(f"{key} = {value:.3f}" for key, value in table.items())]) for name, table in asdict(weights).items()
    )
    return _HEAD + "\n" + "\n\n".join(tables) + "\n"


def write(weights: Weights) -> None:
    """Replaces the data file."""
    FILE.write_text(written(weights), "utf-8")
