"""Our own questions: spans into folded texts, documents that are not there or were changed, the counts of the card."""

import json
from pathlib import Path, PurePath

import pytest

from zhice.errors import DatasetError
from zhice.eval.judging import conversion, counts, material, sets
from zhice.eval.judging.material import Written
from zhice.retrieval.model import INTENTS

TEXT = "图书馆办法\n\n第一条 读者 凭证借书，每次不超过五册。\n第二条 ＡＢＣ 类图书不外借。\n"


@pytest.mark.parametrize(("text", "folded"), [("一 二\n三", "一二三"), ("ＡＢＣ，", "abc,"), ("1\u3000000 元", "1000元"), ("", "")])
def test_fold(text, folded):
    assert material.fold(text) == folded


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("statutes/法(2020).txt", "statutes_法(2020).txt"),
        ("documents/a/规定.docx", "documents_a_规定.docx.txt"),
        ("规划.PDF", "规划.PDF.txt"),
        ("gov/x.html", "gov_x.html"),
    ],
)
def test_the_name_of_a_document(key, name):
    assert material.file_of(key) == name


@pytest.fixture
def shared(tmp_path):
    folder = tmp_path / "shared" / "rules"
    folder.mkdir(parents=True)
    (folder / "library.txt").write_text(TEXT, "utf-8")
    (folder / "other.txt").write_text("另一份办法\n第一条 本馆每天开放。\n", "utf-8")
    return tmp_path / "shared"


def row(id, key, spans=(), near=()):
    docs = [key] if key else []
    listed = [[key, start, length] for start, length in spans]
    return {
        "id": id, "question": "问", "intent": "number" if key else "none", "style": "formal", "docs": docs, "spans": listed,
        "any_of": False, "answer_items": ["五册"] if key else [], "history": [], "near": list(near),
    }  # fmt: skip


LIBRARY, OTHER, GONE = "rules/library.txt", "rules/other.txt", "rules/gone.txt"
FOLDED = "图书馆办法第一条读者凭证借书,每次不超过五册。第二条abc类图书不外借。"


def written(key, folded):
    return Written(key, "own-1", material.checksum(folded))


def test_evidence_is_cut_from_the_folded_text(shared, tmp_path):
    start = FOLDED.index("每次不超过五册")
    found = material.found([row("1", LIBRARY, [(start, 7)])], [written(LIBRARY, FOLDED)], shared, tmp_path / "set")
    (question,) = found.questions
    assert (question.evidence, question.docs) == (("每次不超过五册",), ("rules_library.txt",))
    assert (question.answer, question.set) == ("五册", "own-1")
    assert (found.lacking, found.changed, found.dropped) == ((), (), 0)


def test_what_is_not_there_or_changed_is_left_out_and_counted(shared, tmp_path):
    rows = [row("1", LIBRARY, [(0, 5)]), row("2", OTHER, [(0, 5)]), row("3", GONE, [(0, 5)]), row("4", "", (), [GONE]), row("5", "")]
    documents = [written(LIBRARY, FOLDED), written(OTHER, "一份旧的办法"), written(GONE, "无")]
    found = material.found(rows, documents, shared, tmp_path / "set")
    assert [question.id for question in found.questions] == ["1", "5"]
    assert (found.lacking, found.changed, found.dropped) == ((GONE,), (OTHER,), 3)
    assert [path.name for path in (tmp_path / "set").iterdir()] == ["rules_library.txt"]  # what is indexed


def test_no_shared_folder_is_one_line(tmp_path):
    with pytest.raises(DatasetError, match=r"^.*nowhere: no folder; give the shared folder"):
        material.folder(tmp_path / "nowhere", [], tmp_path / "set")


def test_without_the_programs_only_their_documents_are_left_out(shared, tmp_path, monkeypatch):
    (shared / "a.docx").write_bytes(b"PK")
    (shared / "b.pdf").write_bytes(b"%PDF")
    monkeypatch.setattr(conversion.shutil, "which", lambda _: None)
    assert material.folder(shared, ["a.docx", LIBRARY, "b.pdf"], tmp_path / "set") == ["a.docx", "b.pdf"]
    assert conversion.lacking() == ["soffice", "pdftotext"]


def test_what_is_converted_goes_by_its_whole_name(tmp_path, monkeypatch):
    """Files of one stem in several formats and folders do not come in each other's way."""
    for name in ("x/a.doc", "y/a.docx"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(name, "utf-8")

    def run(program, *arguments):
        out = Path(arguments[arguments.index("--outdir") + 1])
        out.mkdir()
        for source in map(Path, arguments[arguments.index("--outdir") + 2 :]):
            (out / f"{source.stem}.txt").write_text(f"text of {source.read_text('utf-8')}", "utf-8")

    monkeypatch.setattr(conversion, "_run", run)
    monkeypatch.setattr(conversion.shutil, "which", str)
    assert material.folder(tmp_path, ["x/a.doc", "y/a.docx"], tmp_path / "set") == []
    assert (tmp_path / "set" / "x_a.doc.txt").read_text("utf-8") == "text of x/a.doc"
    assert (tmp_path / "set" / "y_a.docx.txt").read_text("utf-8") == "text of y/a.docx"


def test_the_committed_questions_are_whole():
    documents = {one.key: one for one in material.listed()}
    assert len(documents) == len(material.listed())  # no document in two sets
    table = [line.split("\t") for line in (material.HERE / "documents.tsv").read_text("utf-8").splitlines()[1:]]
    sizes = {key: int(size) for key, _, _, size in table}
    ids = []
    for name in material.names():
        for one in material.rows(name):
            ids.append(one["id"])
            assert one["intent"] in INTENTS
            assert (one["intent"] == "none") == (not one["spans"]) == (not one["docs"])
            assert all(documents[key].set == name for key in (*one["docs"], *one["near"]))
            assert all(key in one["docs"] and start >= 0 and start + length <= sizes[key] for key, start, length in one["spans"])
            assert "evidence" not in one
    assert len(ids) == len(set(ids)) > 4000


def test_the_card_tells_the_counts():
    assert counts.tables() in (material.HERE / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("docs", "documents", "asked"),
    [
        (("a.txt",), ("ncp/a.txt",), False),
        (("a",), ("gov/a.html",), False),  # named without its ending
        (("b.txt",), ("ncp/a.txt",), True),
        ((), ("ncp/a.txt",), True),
    ],
)
def test_what_was_learned_from_is_not_asked(docs, documents, asked, make_question):
    question = make_question(docs=docs)
    assert sets.unseen([question], documents) == ((question,) if asked else ())


def test_names_of_files_are_unique_in_a_set():
    for name in material.names():
        files = [material.file_of(one.key) for one in material.listed() if one.set == name]
        assert len(files) == len(set(files))
        assert all(PurePath(file).suffix in {".txt", ".md", ".html", ".htm"} for file in files)


def test_rows_are_json_lines():
    for name in material.names():
        lines = (material.HERE / "questions" / f"{name}.jsonl").read_text("utf-8").splitlines()
        assert [json.loads(line)["id"] for line in lines] == sorted(json.loads(line)["id"] for line in lines)
