"""Lists of words that are data: files of `data/`, words separated by spaces, `[sections]`, comments after #."""

from functools import lru_cache
from importlib.resources import files


@lru_cache
def read(name: str, section: str = "") -> tuple[str, ...]:
    """The words of `data/NAME.txt`, or of one `[section]` of it, in the order of the file."""
    text = files("zhice.corpus").joinpath(f"data/{name}.txt").read_text("utf-8")
    words: dict[str, list[str]] = {"": []}
    current = ""
    for line in text.splitlines():
        if line.startswith("["):
            current = line.strip("[]")
        elif not line.startswith("#"):
            words.setdefault(current, []).extend(line.split())
    return tuple(words[section])


def pattern(name: str, section: str = "", shortest: int = 1) -> str:
    """The words of a list as alternatives of a regular expression, the longest first."""
    return "|".join(sorted((word for word in read(name, section) if len(word) >= shortest), key=len, reverse=True))


def facts() -> dict[str, str]:
    """The rows of metadata tables, and the fact each gives: {"发文字号": "number"}; "-" for a row that gives none."""
    return pairs("facts")


@lru_cache
def pairs(name: str) -> dict[str, str]:
    """The lines of `data/NAME.tsv`, the first word and the rest of each."""
    text = files("zhice.corpus").joinpath(f"data/{name}.tsv").read_text("utf-8")
    lines = (line.partition("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {word: rest for word, _, rest in lines}
