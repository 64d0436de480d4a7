"""Lists of words that are data: files of `data/`, words separated by spaces, comments after #."""

from functools import lru_cache
from importlib.resources import files


@lru_cache
def read(name: str) -> tuple[str, ...]:
    """The words of `data/NAME.txt`, in the order of the file."""
    text = files("zhice.corpus").joinpath(f"data/{name}.txt").read_text("utf-8")
    return tuple(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def pattern(name: str, shortest: int = 1) -> str:
    """The words of a list as alternatives of a regular expression, the longest first."""
    return "|".join(sorted((word for word in read(name) if len(word) >= shortest), key=len, reverse=True))


@lru_cache(1)
def facts() -> dict[str, str]:
    """The rows of metadata tables, and the fact each gives: {"发文字号": "number"}; "-" for a row that gives none."""
    text = files("zhice.corpus").joinpath("data/facts.tsv").read_text("utf-8")
    lines = (line.partition("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: fact for name, _, fact in lines}
