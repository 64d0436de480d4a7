"""An adapter changes what questions are embedded to, in torch and in int8, and nothing else."""

import numpy as np
import pytest

from tests.index.made import TEXTS, folder_of
from zhice.errors import ModelError
from zhice.index import adapters, embedding
from zhice.index.embedding import SentenceEmbedder
from zhice.index.quantised import NEAR, QuantisedEmbedder
from zhice.settings import Settings

MATRIX = "encoder.layer.1.output.dense"


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return folder_of(tmp_path_factory.mktemp("model"), "Bert")


@pytest.fixture(scope="module")
def adapter(model, tmp_path_factory):
    """A change of rank 2 of one matrix of the model, large enough to be seen."""
    dice = np.random.default_rng(1)
    up, down = dice.normal(size=(32, 2)).astype(np.float32), dice.normal(size=(2, 64)).astype(np.float32)
    file = tmp_path_factory.mktemp("adapter") / "a.safetensors"
    adapters.write(file, SentenceEmbedder(str(model)).fingerprint, {MATRIX: (up, down)})
    return file


def test_what_is_added():
    """By hand: up (1, 2) and down (3, 4) make ((3, 4), (6, 8))."""
    adapter = adapters.Adapter("", "", {"a": (np.array([[1], [2]], np.float32), np.array([[3, 4]], np.float32))})
    weights = {"a.weight": np.array([[1, 0], [0, 1]], np.float32), "b.weight": np.array([[5]], np.float32)}
    merged = adapter.merged(weights)
    assert merged["a.weight"].tolist() == [[4, 4], [6, 9]]
    assert merged["b.weight"].tolist() == [[5]]
    assert weights["a.weight"].tolist() == [[1, 0], [0, 1]]


def test_questions_change_and_passages_do_not(model, adapter):
    plain, adapted = SentenceEmbedder(str(model)), SentenceEmbedder(str(model), adapter=adapter)
    assert np.array_equal(plain.passages(TEXTS), adapted.passages(TEXTS))
    assert max(plain.query(text) @ adapted.query(text) for text in TEXTS) < 0.99
    assert plain.fingerprint == adapted.fingerprint  # an index stays what it is


def test_int8_adds_the_same(model, adapter, tmp_path):
    whole = SentenceEmbedder(str(model), adapter=adapter)
    small = embedding.get(str(model), tmp_path, adapter=adapter)
    assert isinstance(small, QuantisedEmbedder)
    assert min(small.query(text) @ whole.query(text) for text in TEXTS) >= NEAR
    without = embedding.get(str(model), tmp_path)
    assert np.array_equal(small.passages(TEXTS), without.passages(TEXTS))


def test_the_default_model_has_one(embedder):
    assert adapters.read(adapters.SHIPPED).base == embedder.fingerprint.removeprefix("int8-1-")


def test_the_settings_name_one(monkeypatch, tmp_path):
    monkeypatch.setenv("ZHICE_ADAPTER", str(tmp_path / "mine.safetensors"))
    assert Settings().adapter == tmp_path / "mine.safetensors"


@pytest.mark.parametrize("int8", [True, False])
def test_an_adapter_of_another_model(model, adapter, tmp_path, int8):
    other = folder_of(tmp_path, "Bert", "cls")
    said = "the adapter was trained with another model than .*; train one with it, or unset ZHICE_ADAPTER$"
    with pytest.raises(ModelError, match=said):
        embedding.get(str(other), tmp_path / "cache", "" if int8 else "torch", adapter)


@pytest.mark.parametrize("content", [b"", b"no adapter", b"\x02\x00\x00\x00\x00\x00\x00\x00{}"])
def test_a_file_that_is_no_adapter(tmp_path, content):
    file = tmp_path / "a.safetensors"
    file.write_bytes(content)
    with pytest.raises(ModelError, match=r"a\.safetensors: not an adapter \(.*\); make one with: zhice train$"):
        adapters.read(file)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ModelError, match=r"none: not an adapter \(.*\); make one with: zhice train$"):
        adapters.read(tmp_path / "none")
