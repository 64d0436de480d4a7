"""The library as programs use it: its reference page, many threads, event loops, what it costs to import, extras that are missing."""

import ast
import asyncio
import inspect
import re
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from dataclasses import is_dataclass
from pathlib import Path

import pytest

import zhice
from zhice import Answer, Assistant, Hit, QueryError, Retriever, Settings

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "reference.md").read_text("utf-8")
SECTIONS = {part.split("`", 2)[1]: part for part in re.split(r"(?m)^##+ ", PAGE) if part.startswith("`")}


def members(value):
    """The public fields, properties and methods of a class as a reader sees them, from its source."""
    for node in ast.parse(textwrap.dedent(inspect.getsource(value))).body[0].body:
        if isinstance(node, ast.AnnAssign) and is_dataclass(value):
            yield ast.unparse(node.target) + ": " + ast.unparse(node.annotation)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            marks = {ast.unparse(mark) for mark in node.decorator_list}
            returned = ast.unparse(node.returns).strip("'")
            wait = "await " if isinstance(node, ast.AsyncFunctionDef) else ""
            if "property" in marks:
                yield f"{node.name}: {returned}"
                continue
            del node.args.args[0]
            owner = f"{value.__name__}." if "classmethod" in marks else ""
            yield f"{wait}{owner}{node.name}({ast.unparse(node.args)}) -> {returned}"


def test_the_page_has_a_section_for_every_public_name():
    assert sorted(SECTIONS) == [name for name in zhice.__all__ if name != "__version__"]


@pytest.mark.parametrize("name", [name for name in zhice.__all__ if name != "__version__"])
def test_a_section_lists_the_members_of_its_class(name):
    listed = [line.replace(" = ", "=") for line in re.findall(r"(?m)^- `([^`]+)`", SECTIONS[name])]
    assert listed == list(members(getattr(zhice, name)))


def test_every_filter_is_described():
    from zhice.retrieval.search.filters import FILTERS

    assert re.findall(r"(?m)^\| `(\w+)` \|", SECTIONS["Retriever"]) == list(FILTERS)


def test_every_key_of_the_metadata_is_described(tiny):
    from zhice.integrations.metadata import metadata

    retriever = Retriever.open(tiny)
    (hit,) = retriever.search("停放区", 1)
    told = PAGE.partition("## 元数据")[2]
    assert re.findall(r"(?m)^\| `(\w+)` \|", told) == list(metadata(hit, retriever))


def test_what_a_caller_is_given_can_be_annotated(store):
    """Every class of ours that is reached from an answer or a hit is public."""
    answer: Answer = Assistant.open(store).ask("哪个部门负责知识产权质押")
    hit: Hit = Retriever.open(store).search("科技创新")[0]
    seen, ahead = set(), [answer, hit]
    while ahead:
        value = ahead.pop()
        if isinstance(value, tuple | list):
            ahead += value
        elif type(value).__module__.startswith("zhice"):
            seen.add(type(value).__name__)
            ahead += [getattr(value, name) for name in value.__dataclass_fields__]
    assert seen == {"Answer", "Citation", "Clause", "Document", "Duty", "Hit", "Line", "Passage", "Query", "Segment", "Target"}
    assert seen < set(zhice.__all__)


QUESTIONS = [
    "哪个部门负责知识产权质押",
    "2020年高新技术企业要达到多少家",
    "大政办发〔2018〕54号第94条第（1）项",
    "辽阳市质监局有哪些任务",
    "Who is responsible for setting up Dalian's open market for trading technology patents?",
    "湖州和大连的研发投入目标比较",
    "千头单位是谁",
    "什么是区块链",
]
CHOICES = [None, {"region": "大连市"}, {"document": ["dalian-2018-54", "liaoyang-2017"]}]


@pytest.mark.slow
def test_many_threads_get_what_one_gets(store):
    """Freshly opened, so that what is made at first use is made by many threads at once."""
    assistant, retriever = Assistant.open(store), Retriever.open(store)
    asked = [lambda a, r, q=q: a.ask(q) for q in QUESTIONS]
    asked += [lambda a, r, q=q, f=f: r.search(q, 5, f) for q in QUESTIONS for f in CHOICES]
    with ThreadPoolExecutor(16) as pool:
        together = list(pool.map(lambda one: one(assistant, retriever), asked * 2))
    other = Assistant.open(store), Retriever.open(store)
    alone = [one(*other) for one in asked]
    for n, result in enumerate(together):
        assert result == alone[n % len(asked)]


async def test_async_is_the_same(store):
    assistant, retriever = Assistant.open(store), Retriever.open(store)
    answers = await asyncio.gather(*(assistant.aask(question, ["大连市的知识产权"]) for question in QUESTIONS))
    assert answers == [assistant.ask(question, ["大连市的知识产权"]) for question in QUESTIONS]
    hits = await asyncio.gather(*(retriever.asearch(question, 3, {"region": "大连市"}) for question in QUESTIONS))
    assert hits == [retriever.search(question, 3, {"region": "大连市"}) for question in QUESTIONS]


async def test_the_event_loop_goes_on_meanwhile(store):
    assistant, order = Assistant.open(store), []

    async def ask():
        await assistant.aask(QUESTIONS[0])
        order.append("answer")

    async def tick():
        order.append("tick")

    await asyncio.gather(ask(), tick())
    assert order == ["tick", "answer"]


async def test_async_raises_the_same(tiny):
    with pytest.raises(QueryError, match="问题"):
        await Assistant.open(tiny).aask("")
    with pytest.raises(QueryError, match="k 是 0"):
        await Retriever.open(tiny).asearch("停放区", 0)


@pytest.mark.parametrize("value", [None, 5, {"a": "b"}, [1], ["大连市", None]])
def test_a_filter_whose_value_is_no_text(value, tiny):
    with pytest.raises(QueryError, match="筛选 'region' 的值应是文字或文字的列表"):
        Retriever.open(tiny).search("停放区", filters={"region": value})


def test_settings_are_given_once_for_all(tiny, tmp_path):
    settings = Settings(store=tiny, cache=tmp_path, model="hash")
    assert Assistant.open(settings=settings).info.documents == len(Retriever.open(settings=settings).documents) == 3


def seconds(module, times):
    """What an import costs in a process of its own, the least of some."""
    program = f"import time; start = time.perf_counter(); import {module}; print(time.perf_counter() - start)"
    runs = (
        subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, encoding="utf-8") for _ in range(times)
    )
    return min(float(run.stdout) for run in runs)


@pytest.mark.alone
def test_an_import_costs_little():
    assert seconds("zhice", times=3) <= 0.3 * seconds("sentence_transformers", times=1)


WITHOUT = """
import sys
sys.modules[{package!r}] = None  # as if it were not installed
try:
    import {module}
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "package", "extra"),
    [
        ("zhice.web.app", "gradio", "web"),
        ("zhice.integrations.langchain", "langchain_core.retrievers", "langchain"),
        ("zhice.integrations.llamaindex", "llama_index", "llamaindex"),
        ("zhice.integrations.haystack", "haystack", "haystack"),
    ],
)
def test_an_extra_that_is_missing_says_how_to_install_it(module, package, extra):
    program = WITHOUT.format(module=module, package=package)
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False, encoding="utf-8")
    name = package.partition(".")[0]
    expected = f"PackageError 没有安装 {name} (not installed)；请运行 (run)：pip install 'zhice[{extra}]'\n"
    assert (ended.stdout, ended.returncode) == (expected, 0), ended.stderr


def test_the_chat_without_gradio_is_one_line():
    program = "import runpy, sys; sys.modules['gradio'] = None; runpy.run_path('app.py', run_name='__main__')"
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False, encoding="utf-8")
    expected = "zhice: 没有安装 gradio (not installed)；请运行 (run)：pip install 'zhice[web]'\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", expected)
