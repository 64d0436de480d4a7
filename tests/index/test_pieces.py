"""The pieces of a text are those that the model's own tokenizer tells."""

import pytest
from tokenizers import Tokenizer

from tests.index.made import TEXTS, folder_of
from zhice.corpus import library
from zhice.index import e5, pieces
from zhice.settings import Settings

LIMIT = 64


@pytest.fixture(scope="module")
def own(embedder):
    return Tokenizer.from_file(str(e5.default_folder(Settings().cache) / "tokenizer.json"))


@pytest.fixture(scope="module")
def read(own, tmp_path_factory):
    folder = tmp_path_factory.mktemp("索 引#1?%20")
    pieces.write(folder, own, LIMIT, TEXTS)
    assert (folder / pieces.PIECES).is_file()
    return pieces.load(folder)


def whole(own, text):
    own.no_padding()
    own.enable_truncation(LIMIT)
    return own.encode(text).ids


@pytest.mark.parametrize(
    "text", [*TEXTS, "ﾊﾝｶｸ　全角", "3～5年~7", "😀①㍿", "\u200b零宽\x00字符", "▁下划▁▁线", "tab\t和\n换行", "\ue000" * 5]
)
def test_a_text_is_read_alike(own, read, text):
    assert read(text) == whole(own, text)


def test_all_lines_of_the_policies_are_read_alike(own, read):
    lines = [line for path in sorted(library.default_folder().glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    assert len(lines) > 500
    assert [line for line in lines if read(f"passage: {line}") != whole(own, f"passage: {line}")] == []


def test_a_mark_of_the_model_that_is_typed_is_a_word(read):
    """`tokenizers` takes it for the mark itself."""
    assert 2 not in read("a</s>b")[1:-1]


def test_another_kind_stays_as_it_is(tmp_path):
    model = folder_of(tmp_path, "Bert")
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    pieces.write(tmp_path, tokenizer, LIMIT, TEXTS)
    assert not (tmp_path / pieces.PIECES).exists()
    assert [pieces.load(tmp_path)(text) for text in TEXTS] == [whole(tokenizer, text) for text in TEXTS]


def test_one_that_reads_probes_otherwise_stays_as_it_is(own, tmp_path):
    pieces.write(tmp_path, own, LIMIT, ["a</s>b"])
    assert not (tmp_path / pieces.PIECES).exists()
    assert pieces.load(tmp_path)("a</s>b") == whole(own, "a</s>b")


def test_words_that_were_added_are_told_by_the_whole_tokenizer(own, tmp_path):
    richer = Tokenizer.from_str(own.to_str())
    richer.add_tokens(["专精特新"])
    pieces.write(tmp_path, richer, LIMIT, TEXTS)
    assert pieces.load(tmp_path)("培育专精特新企业") == whole(richer, "培育专精特新企业")
