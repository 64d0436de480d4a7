"""Models as ONNX graphs, of int8 weights: several times as fast as torch on a processor, and open without loading torch.

A sentence-transformers model of the BERT family is written once into the cache: the graph, its tokenizer and what else
decides the vectors. It is used when its vectors are near those of the model itself. They are the same on every processor with
AVX2 (see encoder), as is what is written: it is read from weights and from vectors in full precision alone.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from zhice.errors import ModelError
from zhice.index import adapters, arrays, manifest, once, pieces, processors, sessions, smoothing, token_states
from zhice.index.adapters import Adapter
from zhice.index.embedding import PROBE, Asking, Progress, SentenceEmbedder, Vectors, plain
from zhice.index.smoothing import Range
from zhice.index.token_states import TokenStates

if TYPE_CHECKING:
    from zhice.index.encoder import Form

KIND = "int8-"
MARK = f"{KIND}3-"
"""What the fingerprints begin with; the number counts our ways of making vectors."""
NEAR = 0.998
"""The least cosine of a vector with the model's own."""
ADAPTED = 0.99
"""The same of a question with an adapter, which draws questions apart and with them what bytes leave out; rankings stay as good."""

_GRAPH, _SETTINGS = "model.onnx", "settings.json"
_WRITTEN = 5  # counts our ways of writing the files
_WORDS, _SCALES, _RANGES = "words.npy", "scales.npy", "ranges.npy"
_WEIGHTS, _APART = "model.safetensors", ("word_embeddings", "pooler")  # of a model's own folder; the weights that no graph holds
_KINDS = {"BertModel": False, "RobertaModel": True, "XLMRobertaModel": True}  # whether places are counted from behind the padding
_TOGETHER = 512  # tokens of one length of text that are embedded together: more do not stay near the processor
_SOME = 16  # how many such groups each processor is given at a time: then a Progress is told, and they can be stopped
_PROBES = (PROBE, "", "  两端 有空格 ", "第一条　为了规范管理，制定本办法。" * 200, "Small enterprises pay less tax.")
_log = logging.getLogger(__name__)


class QuantisedEmbedder:
    """A model that `find` has written; safe to share between threads."""

    def __init__(self, folder: Path, name: str, questions: Path) -> None:
        """Open what `find` wrote, for passages and for questions; raises whatever ONNX Runtime does when it cannot."""
        settings = json.loads((folder / _SETTINGS).read_text("utf-8"))
        self.name = name
        self.dimension: int = settings["dimension"]
        self.fingerprint: str = settings["fingerprint"]
        self._query, self._passage = settings["query"], settings["passage"]
        self._tokens = pieces.load(folder)
        self._words = arrays.rows(folder / _WORDS)
        self._scales = arrays.load(folder / _SCALES)
        self._folder, self._questions = folder, questions

    @cached_property
    def _for_passages(self) -> Any:  # noqa: ANN401 - ONNX Runtime has no types
        return sessions.opened(self._folder / _GRAPH)

    @cached_property
    def states(self) -> TokenStates | None:
        """What reads a question and a text together; None for a model with few layers."""
        graph = self._folder / token_states.GRAPH
        return TokenStates(sessions.opened(graph), self._tokens, self._words_of, self._query) if graph.is_file() else None

    @cached_property
    def _for_questions(self) -> Any:  # noqa: ANN401
        return sessions.opened(self._questions / _GRAPH)

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """The vectors of texts to be found, shape (len(texts), dimension)."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        count = processors.count()
        with ThreadPoolExecutor(count) as pool:
            tokens = list(pool.map(self._numbers, (self._passage + text for text in texts)))
            groups = list(_alike(tokens))
            for start in range(0, len(groups), _SOME * count):
                some = groups[start : start + _SOME * count]
                for group, made in zip(some, pool.map(lambda group: self._together([tokens[i] for i in group]), some), strict=True):
                    vectors[group] = made
                if progress:
                    progress(sum(map(len, groups[: start + len(some)])), len(texts))
        return vectors

    def query(self, text: str) -> Vectors:
        """The vector of a question, shape (dimension,)."""
        return self.begun(text)()

    def begun(self, text: str) -> Callable[[], Vectors]:
        """The same with only the run of the graph left to be called."""
        session, words = self._for_questions, self._words_of([self._numbers(self._query + text)])
        return lambda: self._run(session, words)[0]

    def _numbers(self, text: str) -> Sequence[int]:
        """The tokens of a text, by their numbers."""
        return self._tokens(plain(text))

    def _together(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        """The vectors of texts to be found, all of one length."""
        return self._run(self._for_passages, self._words_of(tokens))

    def _words_of(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        """What the graph takes of texts of one length, shape (texts, tokens, dimension)."""
        numbers = np.array(tokens)
        words: Vectors = self._words[numbers].astype(np.float32) * self._scales[numbers][..., None]
        return words

    @staticmethod
    def _run(session: Any, words: Vectors) -> Vectors:  # noqa: ANN401 - ONNX Runtime has no types
        vectors: Vectors = session.run(None, {"words": words})[0]
        return vectors


def _alike(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Where texts of one length are, so many that they have `_TOGETHER` tokens at most, or one; the longest first."""
    order = sorted(range(len(tokens)), key=lambda i: -len(tokens[i]))
    for length, group in groupby(order, key=lambda i: len(tokens[i])):
        while some := list(islice(group, max(1, _TOGETHER // max(1, length)))):
            yield some


def find(source: Path, name: str, folder: Path, load: Callable[[], SentenceEmbedder], asking: Asking) -> QuantisedEmbedder | None:
    """The int8 form of the model in a folder, written at first use; None, and a line of log, where it cannot be had.

    `name` is what it was asked by, `folder` is where its form is kept (see `place`), `load` loads the model itself and is called
    only to write. Raises ModelError as `load` does, and for an adapter of another model.
    """
    adapter = asking.adapter
    try:
        once.made(folder, lambda part: _write(part, load()))
        read = adapters.read(adapter) if adapter else adapters.NONE
        if asking.exact:
            questions = folder.with_name(f"{folder.name}-{read.digest}")
            once.made(questions, lambda part: _write_whole(part, folder, load(), read))
        elif adapter:
            questions = folder.with_name(f"{folder.name}-{read.digest}-bytes")
            once.made(questions, lambda part: _write_bytes(part, folder, _layers(source, load), read))
        else:
            questions = folder
        found = QuantisedEmbedder(folder, name, questions)
        if adapter:
            read.check(found.fingerprint.removeprefix(MARK), name)
        found.query(PROBE)  # the package may be gone since it was written; and the first question need not wait for the warming up
        return found
    except ModelError:
        raise
    except Exception as error:  # no package, no room, a model of another kind: several libraries raise, each what it likes
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        _log.info("%s runs with torch: no int8 form of it (%s)", source, reason)
        return None


def place(cache: Path, key: str) -> Path:
    """Where the form of a model is kept; `key` says which weights they are."""
    return cache / "models" / f"{MARK}{key}-{_WRITTEN}"


def key_of(source: Path) -> str:
    """A digest of all files of a folder."""
    files = sorted(path for path in source.rglob("*") if path.is_file())
    lines = [f"{path.relative_to(source).as_posix()} {manifest.digest(path)}" for path in files]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _write(folder: Path, embedder: SentenceEmbedder) -> None:
    """Write a model; raises ValueError when it is of another kind, or when its vectors come out too far off."""
    from zhice.index import encoder

    model = embedder.model
    bert, limit, form = parts(model)
    weights = _weights(bert)
    pieces.write(folder, model.tokenizer.backend_tokenizer, limit, _PROBES)
    read = pieces.load(folder)
    ranges = _ranges(folder, weights, form, [read(embedder.prompt + sample) for sample in smoothing.samples()])
    np.save(folder / _RANGES, np.stack([ranges[name] for name in smoothing.named(weights)]), allow_pickle=False)
    encoder.write(folder / _GRAPH, weights, form, ranges)
    if len(smoothing.layers(weights)) > token_states.LAYERS:
        encoder.write_lower(folder / token_states.GRAPH, weights, form, ranges, token_states.LAYERS)
    words, scales = encoder.words(weights)
    np.save(folder / _WORDS, words, allow_pickle=False)
    np.save(folder / _SCALES, scales, allow_pickle=False)
    settings = {
        "query": embedder.question_prompt,
        "passage": embedder.prompt,
        "dimension": embedder.dimension,
        "fingerprint": MARK + embedder.fingerprint,
        "form": form._asdict(),
    }
    (folder / _SETTINGS).write_text(json.dumps(settings, ensure_ascii=False, indent=2), "utf-8")
    _check(QuantisedEmbedder(folder, "", folder).passages(_PROBES), embedder.passages(_PROBES), NEAR)


def _ranges(folder: Path, weights: Mapping[str, Any], form: "Form", samples: Iterable[Sequence[int]]) -> dict[str, Range]:
    """The ranges of a model while it embeds samples given as tokens, in full precision; a graph is written below a folder meanwhile."""
    from zhice.index import encoder

    names, words = smoothing.named(weights), weights["embeddings.word_embeddings.weight"]
    with TemporaryDirectory(dir=folder) as whole:
        encoder.write(Path(whole) / _GRAPH, weights, form, heard=names)
        session = sessions.opened(Path(whole) / _GRAPH)
        heard = [session.run(names, {"words": words[np.array([tokens])]}) for tokens in samples]
    return {name: smoothing.range_of(np.concatenate(tokens)) for name, *tokens in zip(names, *heard, strict=True)}


def _write_whole(folder: Path, small: Path, embedder: SentenceEmbedder, adapter: Adapter) -> None:
    """Write the graph of questions in full precision beside the `small` form of a model. Raises as `_write` does."""
    from zhice.index import encoder

    bert, _, form = parts(embedder.model)
    encoder.write(folder / _GRAPH, adapter.merged(_weights(bert)), form)
    _check(_asked(small, folder), np.stack([embedder.query(text) for text in _PROBES]), NEAR)


def _write_bytes(folder: Path, small: Path, weights: Mapping[str, Any], adapter: Adapter) -> None:
    """Write the int8 graph of questions with an adapter, and compare it with the same in full precision. Raises as `_write` does."""
    from zhice.index import encoder

    form = encoder.Form(**json.loads((small / _SETTINGS).read_text("utf-8"))["form"])
    merged = adapter.merged(weights)
    with TemporaryDirectory(dir=folder) as whole:
        encoder.write(Path(whole) / _GRAPH, merged, form)
        wanted = _asked(small, Path(whole))
    ranges = (Range(*pair) for pair in arrays.load(small / _RANGES))
    encoder.write(folder / _GRAPH, merged, form, dict(zip(smoothing.named(weights), ranges, strict=True)))
    _check(_asked(small, folder), wanted, ADAPTED)


def _asked(small: Path, questions: Path) -> Vectors:
    """The vectors of the probes as questions, shape (probes, dimension)."""
    written = QuantisedEmbedder(small, "", questions)
    return np.stack([written.query(text) for text in _PROBES])


def _layers(source: Path, load: Callable[[], SentenceEmbedder]) -> dict[str, Any]:
    """The weights of a model's layers: out of its file, for which torch need not be loaded, else from the model."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(source / _WEIGHTS, framework="numpy") as opened:
            names = [name for name in opened.keys() if not any(part in name for part in _APART)]  # noqa: SIM118 - it is no dict
            if "embeddings.LayerNorm.weight" in names:
                return {name: opened.get_tensor(name).astype(np.float32) for name in names}
    except (OSError, SafetensorError, TypeError):  # several files, or numbers that numpy does not know
        pass
    return _weights(parts(load().model)[0])


def _weights(bert: Any) -> dict[str, Any]:  # noqa: ANN401 - transformers has no types
    return {name: tensor.float().cpu().numpy() for name, tensor in bert.state_dict().items()}


def parts(model: Any) -> tuple[Any, int, "Form"]:  # noqa: ANN401 - sentence-transformers has no types
    """The encoder of a model, how many tokens it takes, and what its graph needs besides the weights."""
    from zhice.index.encoder import Form

    kinds = [type(module).__name__ for module in model]
    if kinds not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
        raise ValueError(f"modules {', '.join(kinds)}")
    bert, config = model[0].auto_model, model[0].auto_model.config
    pooling = getattr(model[1], "pooling_mode", "")
    roberta = _KINDS.get(type(bert).__name__)
    if roberta is None or config.hidden_act != "gelu" or pooling not in ("mean", "cls"):
        raise ValueError(f"{type(bert).__name__}, {config.hidden_act}, pooling {pooling or 'unknown'}")
    offset = config.pad_token_id + 1 if roberta else 0
    room = config.max_position_embeddings - offset
    form = Form(config.num_attention_heads, config.layer_norm_eps, offset, pooling)
    return bert, min(model.max_seq_length or room, room), form


def _check(written: Vectors, own: Vectors, near: float) -> None:
    """Compare vectors with those of the model itself, of which a text that is not read the same way would have another one."""
    nearest = np.sum(written * own, axis=1).min()
    if not nearest >= near:  # NaN is not
        raise ValueError(f"its vectors differ, cosine {nearest:.4f}")
