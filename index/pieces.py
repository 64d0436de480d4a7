"""A model's own tokenizer, opened in little memory: words and parts of words as their numbers.

The pieces of a Unigram model (Kudo, Subword Regularization, 2018) are kept by sentencepiece, in a fifth of the memory that `tokenizers`
takes for a quarter of a million of them and three times as quick; the text is normalised by `tokenizers` as before. Other models keep
their tokenizer as it is.
"""

import json
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Protocol

TOKENIZER, PIECES = "tokenizer.json", "pieces.model"
_AROUND = "around"
_EMPTY = {"type": "WordLevel", "vocab": {}, "unk_token": ""}


def write(folder: Path, tokenizer: Any, limit: int, probes: Sequence[str]) -> None:  # noqa: ANN401 - of transformers, without types
    """Write what `load` opens; a text has at most `limit` numbers. Probes must be read alike, else the tokenizer stays as it is."""
    from tokenizers import Tokenizer

    whole = Tokenizer.from_str(tokenizer.to_str())
    whole.no_padding()
    whole.enable_truncation(limit)
    described = json.loads(whole.to_str())
    if _is_unigram(described):
        (folder / PIECES).write_bytes(_model(described))
        hull = described | {"model": _EMPTY, "added_tokens": [], "pre_tokenizer": None, "post_processor": None}
        (folder / TOKENIZER).write_text(json.dumps(hull | {_AROUND: _around(whole)}, ensure_ascii=False), "utf-8")
        read = load(folder)
        if all(read(text) == whole.encode(text).ids for text in probes):
            return
        (folder / PIECES).unlink()
    whole.save(str(folder / TOKENIZER), pretty=False)


def load(folder: Path) -> "Pieces":
    """Opens what `write` wrote; safe to share between threads."""
    from tokenizers import Tokenizer

    if not (folder / PIECES).is_file():
        return _Whole(Tokenizer.from_file(str(folder / TOKENIZER)))
    from sentencepiece import SentencePieceProcessor

    described = json.loads((folder / TOKENIZER).read_text("utf-8"))
    around, limit = described.pop(_AROUND), described["truncation"]["max_length"]
    normalizer = Tokenizer.from_str(json.dumps(described)).normalizer
    opened = SentencePieceProcessor(model_proto=(folder / PIECES).read_bytes())  # it cannot open all names of folders itself
    return _Unigram(opened, normalizer.normalize_str, around, limit)


class Pieces(Protocol):
    """Reads texts as the numbers of their pieces."""

    def __call__(self, text: str) -> list[int]:
        """The numbers of a whole text, with those that the model has around one; no more than it takes."""
        ...

    def placed(self, text: str) -> list[tuple[int, int]]:
        """The pieces of a text that stands behind another one, each by its number and where in the text it begins."""
        ...


class _Whole:
    def __init__(self, tokenizer: Any) -> None:  # noqa: ANN401 - tokenizers has no types
        self._tokenizer = tokenizer

    def __call__(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text).ids)

    def placed(self, text: str) -> list[tuple[int, int]]:
        found = self._tokenizer.encode(text, add_special_tokens=False)
        return [(number, start) for number, (start, _) in zip(found.ids, found.offsets, strict=True)]


class _Unigram:
    def __init__(self, opened: Any, normal: Callable[[str], str], around: tuple[list[int], list[int]], limit: int) -> None:  # noqa: ANN401
        self._opened, self._normal = opened, normal
        self._first, self._last = around
        self._most = limit - len(self._first) - len(self._last)

    def __call__(self, text: str) -> list[int]:
        marked = self._normal(text).removeprefix(" ")  # the mark of a word that begins is put before the text anyway
        return [*self._first, *self._opened.encode(marked)[: self._most], *self._last]

    def placed(self, text: str) -> list[tuple[int, int]]:
        plain = [self._normal(character) for character in text]  # one by one: then it is known where each came from
        origin = [at for at, part in enumerate(plain) for _ in part]
        whole = "".join(plain)
        ends = [0, *accumulate(map(len, self._opened.encode(whole, out_type=str)))]  # counted with the mark of a beginning word
        found = zip(self._opened.encode(whole), pairwise(ends), strict=True)
        return [(number, origin[max(start - 1, 0)]) for number, (start, end) in found if end > 1]


def _is_unigram(described: dict[str, Any]) -> bool:
    """Whether a tokenizer is one that sentencepiece reads texts like: spaces are marked, and nothing else is cut beforehand."""
    cut, model = described["pre_tokenizer"] or {}, described["model"]
    if not all(token["special"] for token in described["added_tokens"]):  # words of their own, which no score tells
        return False
    marked = cut.get("type") == "Metaspace" and cut.get("prepend_scheme") == "always"
    return bool(marked and described["normalizer"] and model["type"] == "Unigram" and not model.get("byte_fallback"))


def _model(described: dict[str, Any]) -> bytes:
    """The pieces of a tokenizer and their scores as a model of sentencepiece, which normalises nothing."""
    written: Any = import_module("sentencepiece.sentencepiece_model_pb2")  # made when it is loaded, so without types

    unknown, special = described["model"]["unk_id"], {token["content"] for token in described["added_tokens"]}
    kinds = written.ModelProto.SentencePiece
    model = written.ModelProto()
    for number, (piece, score) in enumerate(described["model"]["vocab"]):
        kind = kinds.UNKNOWN if number == unknown else kinds.CONTROL if piece in special else kinds.NORMAL
        model.pieces.add(piece=piece, score=score, type=kind)
    model.trainer_spec.model_type = written.TrainerSpec.UNIGRAM
    model.trainer_spec.unk_id = unknown
    model.trainer_spec.bos_id = model.trainer_spec.eos_id = model.trainer_spec.pad_id = -1
    model.normalizer_spec.name = "identity"
    model.normalizer_spec.remove_extra_whitespaces = False
    return bytes(model.SerializeToString())


def _around(whole: Any) -> tuple[list[int], list[int]]:  # noqa: ANN401 - tokenizers has no types
    """The numbers that a tokenizer puts before and after those of a text."""
    found = whole.encode("a")
    own = [at for at, special in enumerate(found.special_tokens_mask) if not special]
    return found.ids[: own[0]], found.ids[own[-1] + 1 :]
