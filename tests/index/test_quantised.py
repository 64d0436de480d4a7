"""The int8 form of a model is near the model, made once, told from it, and left out where it cannot be had."""

import json
import logging
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.index.made import TEXTS, folder_of
from zhice.errors import StoreError
from zhice.index import e5, embedders, embedding, quantised, store
from zhice.index.embedding import SentenceEmbedder
from zhice.index.quantised import QuantisedEmbedder
from zhice.settings import Settings

ROOT = Path(__file__).parents[2]


def nearest(first, second):
    """The least cosine between the vectors that two embedders have for a text."""
    passages = np.sum(first.passages(TEXTS) * second.passages(TEXTS), axis=1)
    return min(*passages, *(first.query(text) @ second.query(text) for text in TEXTS))


class TestDefault:
    def test_it_is_near_the_model(self, embedder):
        assert isinstance(embedder, QuantisedEmbedder)
        assert nearest(embedder, SentenceEmbedder(str(e5.default_folder(Settings().cache)))) >= 0.9995

    def test_a_question_needs_no_torch(self, store):
        program = (
            "import sys; from zhice import Assistant; Assistant.open(sys.argv[1]).ask('知识产权质押由哪个部门负责');"
            "print(*sorted({'torch', 'transformers', 'sentence_transformers', 'onnx'} & set(sys.modules)))"
        )
        ended = subprocess.run([sys.executable, "-c", program, store], cwd=ROOT, capture_output=True, check=False, encoding="utf-8")
        assert (ended.returncode, ended.stdout.strip(), ended.stderr) == (0, "", "")


@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_a_vector_is_the_same_whatever_is_embedded_beside_it(tmp_path, monkeypatch, pooling):
    monkeypatch.setattr(quantised, "_SOME", 2)
    found = embedding.get(str(folder_of(tmp_path, "Bert", pooling)), tmp_path / "cache")
    texts = [f"第{n}条由市财政局牵头{'，' * (i % 3)}" for i, n in enumerate("一二三四五六七八九")] + ["", "研发"]
    told = []
    together = found.passages(texts, lambda done, of: told.append((done, of)))
    assert all(np.array_equal(vector, found.passages([text])[0]) for text, vector in zip(texts, together, strict=True))
    assert told[-1] == (11, 11)
    assert told == sorted(set(told))
    assert len(told) > 1


@pytest.mark.parametrize(
    ("lengths", "groups"),
    [
        ([], []),
        ([600], [[0]]),
        ([3, 200, 3, 200, 200], [[1, 3], [4], [0, 2]]),
        ([256, 257, 256, 257], [[1], [3], [0, 2]]),
    ],
)
def test_texts_of_one_length_are_embedded_together(lengths, groups):
    assert list(quantised._alike([[0] * length for length in lengths])) == groups


@pytest.mark.parametrize(("kind", "pooling"), [("Bert", "mean"), ("Bert", "cls"), ("XLMRoberta", "cls"), ("Roberta", "mean")])
def test_kinds_of_models(tmp_path, kind, pooling):
    folder = folder_of(tmp_path, kind, pooling)
    found = embedding.get(str(folder), tmp_path / "cache")
    assert isinstance(found, QuantisedEmbedder)
    assert nearest(found, SentenceEmbedder(str(folder))) >= quantised.NEAR


@pytest.mark.parametrize(
    ("kind", "pooling", "sizes", "reason"),
    [
        ("Bert", "max", {}, "BertModel, gelu, pooling max"),
        ("Bert", "mean", {"hidden_act": "relu"}, "BertModel, relu, pooling mean"),
        ("Electra", "mean", {"embedding_size": 32}, "ElectraModel, gelu, pooling mean"),
    ],
)
def test_another_kind_runs_with_torch(tmp_path, caplog, kind, pooling, sizes, reason):
    folder = folder_of(tmp_path, kind, pooling, **sizes)
    with caplog.at_level(logging.INFO, "zhice"):
        found = embedding.get(str(folder), tmp_path / "cache")
    assert isinstance(found, SentenceEmbedder)
    assert [record.getMessage() for record in caplog.records] == [f"{folder} runs with torch: no int8 form of it ({reason})"]
    assert [path.suffix for path in (tmp_path / "cache" / "models").iterdir()] == [".lock"]


@pytest.mark.parametrize("package", ["onnx", "onnxruntime"])
def test_without_the_package(tmp_path, monkeypatch, caplog, package):
    monkeypatch.setitem(sys.modules, package, None)  # as if it were not installed
    monkeypatch.delitem(sys.modules, "zhice.index.encoder", raising=False)
    folder = folder_of(tmp_path, "Bert")
    with caplog.at_level(logging.INFO, "zhice"):
        assert isinstance(embedding.get(str(folder), tmp_path / "cache"), SentenceEmbedder)
    assert f"{folder} runs with torch" in caplog.text


def test_the_package_is_gone_since_it_was_written(tmp_path, monkeypatch):
    folder = folder_of(tmp_path, "Bert")
    assert isinstance(embedding.get(str(folder), tmp_path / "cache"), QuantisedEmbedder)
    embedding._quantised.cache_clear()
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert isinstance(embedding.get(str(folder), tmp_path / "cache"), SentenceEmbedder)


def test_vectors_too_far_off_are_not_used(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(quantised, "NEAR", 1.1)
    folder = folder_of(tmp_path, "Bert")
    with caplog.at_level(logging.INFO, "zhice"):
        assert isinstance(embedding.get(str(folder), tmp_path / "cache"), SentenceEmbedder)
    assert "its vectors differ, cosine " in caplog.text


class TestFingerprint:
    @pytest.fixture
    def folder(self, tmp_path):
        return folder_of(tmp_path, "Bert")

    def test_it_tells_the_precision_and_the_weights(self, folder, tmp_path):
        found, whole = embedding.get(str(folder), tmp_path / "cache"), SentenceEmbedder(str(folder))
        assert found.fingerprint == f"int8-3-{whole.fingerprint}"
        settings = json.loads((folder / "config_sentence_transformers.json").read_text("utf-8"))
        (folder / "config_sentence_transformers.json").write_text(json.dumps(settings | {"prompts": {"query": "题 "}}), "utf-8")
        embedding._quantised.cache_clear()
        assert embedding.get(str(folder), tmp_path / "cache").fingerprint not in (found.fingerprint, whole.fingerprint)

    def test_an_index_is_searched_in_the_precision_it_was_built_with(self, folder, tmp_path, small):
        from zhice.corpus import library

        settings = Settings(store=tmp_path / "store", cache=tmp_path / "cache")
        for embedder in (SentenceEmbedder(str(folder)), embedding.get(str(folder), settings.cache)):
            store.build(library.load_folder(small), embedder, settings.store)
            opened = store.load(settings.store)
            assert type(embedders.of(opened, settings)) is type(embedder)
            opened.close()

    def test_an_index_whose_vectors_were_made_in_another_way(self, folder, tmp_path, small):
        settings = Settings(store=tmp_path / "store", cache=tmp_path / "cache", model=str(folder))
        store.build_folders([small], settings)
        opened = store.load(settings.store)
        older = replace(opened, manifest=replace(opened.manifest, fingerprint=opened.manifest.fingerprint.replace("int8-3-", "int8-2-")))
        with pytest.raises(StoreError, match=r"its vectors were made by another version of zhice; run: zhice index build$"):
            embedders.of(older, replace(settings, cache=tmp_path / "none"))
        assert not (tmp_path / "none").exists()

    def test_an_index_of_int8_where_it_cannot_be_had(self, folder, tmp_path, small, monkeypatch):
        settings = Settings(store=tmp_path / "store", cache=tmp_path / "cache", model=str(folder))
        store.build_folders([small], settings)
        shutil.rmtree(settings.cache)
        embedding._quantised.cache_clear()
        monkeypatch.setitem(sys.modules, "onnxruntime", None)
        with pytest.raises(StoreError, match=r"built with other weights of model .*; run: zhice index build$"):
            embedders.of(store.load(settings.store), settings)


@pytest.mark.parametrize("name", ["model.onnx", "words.npy", "scales.npy", "settings.json", "sizes.json"])
def test_a_file_that_was_cut_is_made_again(tmp_path, name):
    folder, cache = folder_of(tmp_path, "Bert"), tmp_path / "cache"
    before = embedding.get(str(folder), cache).passages(TEXTS)
    file = quantised.place(cache, quantised.key_of(folder)) / name
    file.write_bytes(file.read_bytes()[:-7])
    embedding._quantised.cache_clear()
    found = embedding.get(str(folder), cache)
    assert isinstance(found, QuantisedEmbedder)
    assert np.array_equal(found.passages(TEXTS), before)


def test_two_processes_make_one_whole_folder(tmp_path):
    folder, cache = folder_of(tmp_path, "Bert"), tmp_path / "cache"
    part = quantised.place(cache, quantised.key_of(folder)).with_suffix(".part")
    part.mkdir(parents=True)
    (part / "model.onnx").write_bytes(b"half")  # of one that was killed
    program = (
        "import sys, pathlib; from zhice.index import embedding as e; print(e.get(sys.argv[1], pathlib.Path(sys.argv[2])).fingerprint)"
    )
    command = [sys.executable, "-c", program, folder, cache]
    pair = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") for _ in range(2)]
    said = {process.communicate()[0].strip() for process in pair}
    assert said == {embedding.get(str(folder), cache).fingerprint}
    assert {path.name for path in (cache / "models").iterdir()} == {
        f"{part.stem}{name}{lock}" for name in ("", "-questions") for lock in ("", ".lock")
    }
    assert {path.name for path in part.with_suffix("").iterdir()} == {
        "model.onnx",
        "words.npy",
        "scales.npy",
        "ranges.npy",
        "sizes.json",
        "tokenizer.json",
        "settings.json",
    }


def test_nothing_is_written_but_where_we_say(tmp_path, small):
    """Neither in the shared temporary folder, where another user could plant it, nor a number of this machine at home."""
    folder, cache, shared, home = (tmp_path / name for name in ("m", "cache", "tmp", "home"))
    model = folder_of(folder, "Bert")
    embedding.get(str(model), cache)  # torch makes a temporary folder of its own
    shared.mkdir()
    home.mkdir()
    program = (
        "import sys; from pathlib import Path; from zhice import Assistant, Settings; from zhice.index import store\n"
        "settings = Settings(store=Path(sys.argv[1]), model=sys.argv[2])\n"
        "store.build_folders([Path(sys.argv[3])], settings); Assistant.open(settings=settings).ask('停放区由谁负责')"
    )
    command = [sys.executable, "-c", program, tmp_path / "store", model, small]
    places = {"TMPDIR": str(shared), "HOME": str(home), "ZHICE_CACHE": str(cache)}
    subprocess.run(command, cwd=ROOT, check=True, env={"PATH": "/usr/bin:/bin", "HF_HUB_OFFLINE": "1"} | places)
    assert [*shared.rglob("*"), *home.rglob("*")] == []
