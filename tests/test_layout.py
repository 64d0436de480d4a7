"""The shape of the code: which folder knows which, what is packaged, what an import costs."""

import ast
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import zhice
from zhice import errors

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parent.parent
STAGES = ["corpus", "index", "retrieval", "eval"]  # each may import itself and those before it
FOR_ALL = {"zhice.errors", "zhice.settings"}
PARTS = ["query", "search", "lookup", "answer"]  # of retrieval: each may import itself and those before it
BELOW, RETRIEVER, ASKED = {"model", "labels"}, {"retriever"}, {"assistant", "verify"}  # modules of retrieval: below, beside and above these
TABLE = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]


def sources(folder):
    return sorted(path for path in (ROOT / folder).rglob("*.py"))


def imports(path):
    """The names of modules that a file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import; import zhice.…"
            if node.module in ("zhice", *(f"zhice.{stage}" for stage in STAGES)):
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, node.module


@pytest.mark.parametrize("stage", STAGES)
def test_imports_point_one_way(stage):
    allowed = {f"zhice.{name}" for name in STAGES[: STAGES.index(stage) + 1]}
    allowed |= {"zhice.rows"} if stage == "eval" else set()  # what answers are saved as
    for path in sources(stage):
        for line, name in imports(path):
            ours = ".".join(name.split(".")[:2])
            assert not name.startswith("zhice") or ours in allowed | FOR_ALL, f"{path}:{line}: {stage} imports {name}"


def parts_imported(path):
    """The parts and modules of retrieval that a file imports, each with its line."""
    return [(line, name.split(".")[2]) for line, name in imports(path) if name.startswith("zhice.retrieval.")]


@pytest.mark.parametrize("part", PARTS)
def test_the_parts_of_retrieval_point_one_way(part):
    allowed = {*PARTS[: PARTS.index(part) + 1], *BELOW}
    for path in sources(f"retrieval/{part}"):
        for line, name in parts_imported(path):
            assert name in allowed, f"{path}:{line}: {part} imports {name}"


@pytest.mark.parametrize(
    ("names", "allowed"),
    [(BELOW, {"query"}), (RETRIEVER, {*BELOW, "query", "search"}), (ASKED, {*PARTS, *BELOW, *RETRIEVER})],
)
def test_the_modules_beside_the_parts_of_retrieval(names, allowed):
    for name in names:
        path = ROOT / "retrieval" / f"{name}.py"
        assert [f"{path}:{line}: imports {found}" for line, found in parts_imported(path) if found not in allowed] == []


def test_retrieval_has_no_other_parts():
    folders = {path.parent.name for path in (ROOT / "retrieval").glob("*/__init__.py")}
    modules = {path.stem for path in (ROOT / "retrieval").glob("*.py")} - {"__init__"}
    assert (folders, modules) == ({*PARTS}, BELOW | RETRIEVER | ASKED)


@pytest.mark.parametrize("name", ["ledger", "rows", "official"])
def test_what_is_made_of_answers_stands_above_retrieval(name):
    """They may import the stages, never an interface or another above them; the stages import none of them, as their arrows tell."""
    path = ROOT / "zhice" / name
    for file in sources(path) if path.is_dir() else [path.with_suffix(".py")]:
        for line, found in imports(file):
            ours = ".".join(found.split(".")[:2])
            allowed = {"zhice.corpus", "zhice.index", "zhice.retrieval", f"zhice.{name}", *FOR_ALL}
            assert not found.startswith("zhice") or ours in allowed, f"{file}:{line}: imports {found}"


@pytest.mark.parametrize("folder", [*STAGES, "zhice", "tests", "examples"])
def test_ours_are_imported_by_their_full_name(folder):
    for path in sources(folder):
        for line, name in imports(path):
            assert name.split(".")[0] not in STAGES, f"{path}:{line}: imports {name}; import zhice.{name}"


@pytest.mark.parametrize("name", ["errors", "settings"])
def test_what_all_import_imports_nothing_of_ours(name):
    assert [found for _, found in imports(ROOT / "zhice" / f"{name}.py") if found.startswith("zhice")] == []


def test_the_adapters_know_no_more_than_the_library():
    for path in sources("zhice/integrations"):
        for line, name in imports(path):
            assert not name.startswith(("zhice.eval", "zhice.web", "zhice.cli")), f"{path}:{line}: an adapter imports {name}"


def home(package):
    """Where the files of a package are in the checkout."""
    return ROOT / TABLE["package-dir"][package]


def test_every_package_is_listed():
    folders = {path.parent for folder in (*STAGES, "zhice") for path in (ROOT / folder).rglob("__init__.py")}
    assert {home(package) for package in TABLE["packages"]} == folders
    assert TABLE["packages"] == list(dict.fromkeys(TABLE["packages"]))
    assert TABLE["package-dir"].keys() == set(TABLE["packages"])


def committed(folder):
    """The files below a folder that are to be packaged: all but what Python and git leave there."""
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc" and not path.name.startswith(".")]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names in the wheel that setuptools builds from a copy of the sources."""
    copy, out = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    for folder in (*STAGES, "zhice"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    program = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"
    ended = subprocess.run([sys.executable, "-c", program, str(out)], cwd=copy, capture_output=True, check=False, encoding="utf-8")
    assert ended.returncode == 0, ended.stderr
    (built,) = out.glob("zhice-*.whl")
    with zipfile.ZipFile(built) as opened:
        return set(opened.namelist())


def test_the_wheel_holds_every_file(wheel):
    expected = {f"zhice/{path.relative_to(ROOT / 'zhice').as_posix()}" for path in committed(ROOT / "zhice")}
    for stage in STAGES:
        expected |= {f"zhice/{path.relative_to(ROOT).as_posix()}" for path in committed(ROOT / stage)}
    assert {name for name in wheel if ".dist-info/" not in name} == expected


@pytest.mark.parametrize(
    "name",
    [
        "zhice/py.typed",
        "zhice/web/chat.css",
        "zhice/web/chat.js",
        "zhice/corpus/policies.toml",
        "zhice/corpus/policies/003_06f0af96ff339f5d.txt",
        "zhice/corpus/data/boilerplate.txt",
        "zhice/retrieval/data/intents.toml",
        "zhice/retrieval/data/wordings.toml",
        "zhice/retrieval/data/judge.json",
        "zhice/retrieval/data/weights.toml",
        "zhice/retrieval/query/parsing.py",
        "zhice/retrieval/search/searcher.py",
        "zhice/retrieval/lookup/direct.py",
        "zhice/retrieval/answer/judge.py",
        "zhice/ledger/workbook.py",
        "zhice/eval/judging/fitting.py",
        "zhice/eval/questions/policies.jsonl",
        "zhice/eval/figures.json",
        "zhice/eval/page.css",
        "zhice/index/store.py",
        "zhice/integrations/langchain.py",
        "zhice/integrations/llamaindex.py",
        "zhice/integrations/haystack.py",
    ],
)
def test_the_wheel_holds(wheel, name):
    assert name in wheel


def test_every_source_file_stands_in_a_package():
    for folder in (*STAGES, "zhice"):
        for path in sources(folder):
            assert (path.parent / "__init__.py").is_file(), f"{path} is in no package"


@pytest.mark.parametrize("name", zhice.__all__)
def test_public_names_are_there(name):
    assert getattr(zhice, name) is not None


def test_public_names_are_in_order():
    assert zhice.__all__ == sorted(zhice.__all__)
    with pytest.raises(AttributeError, match="module 'zhice' has no attribute 'Nothing'"):
        zhice.Nothing  # noqa: B018


HEAVY = [
    "torch",
    "transformers",
    "sentence_transformers",
    "gradio",
    "faiss",
    "numpy",
    "jieba",
    "langchain_text_splitters",
    "opencc",
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "without"),
    [
        ("zhice", HEAVY),
        ("zhice.cli", HEAVY),
        ("zhice.retrieval.assistant", ["torch", "transformers", "sentence_transformers", "sklearn", "gradio"]),
        ("zhice.eval.judging.fitting", ["torch", "sentence_transformers", "sklearn", "gradio"]),
        ("zhice.integrations.langchain, zhice.integrations.llamaindex, zhice.integrations.haystack", ["gradio"]),
    ],
)
def test_an_import_loads_no_more_than_it_needs(module, without):
    program = f"import {module}, sys; print(*sorted(set({without!r}) & set(sys.modules)))"
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False, encoding="utf-8")
    assert (ended.returncode, ended.stdout.split(), ended.stderr) == (0, [], "")


def test_the_errors_are_those_of_the_drawing():
    drawn = dict(
        line.removeprefix("├── ").removeprefix("└── ").split(maxsplit=1)
        for line in errors.__doc__.splitlines()
        if line[:1] in "├└" and line
    )
    ours = {name: value for name, value in vars(errors).items() if isinstance(value, type)}
    assert drawn.keys() == ours.keys() - {"ZhiceError"}
    assert errors.ZhiceError.__bases__ == (Exception,)
    for name, said in drawn.items():
        assert ours[name].__bases__ == (errors.ZhiceError,)
        assert ours[name].__doc__.casefold() == f"{said}.".casefold()


def test_no_error_is_raised_that_the_tree_does_not_hold():
    """What our code raises is of the tree, but for what Python itself asks for."""
    python = {"AttributeError", "ValueError", "BadParameter", "Exit", "TypeError", "IndexError", "KeyError", "HTTPException"}
    protocol = {"MCPError", "ToolError", "ResourceNotFoundError"}  # how the MCP server is told what to answer
    ours = {name for name, value in vars(errors).items() if isinstance(value, type)}
    for folder in (*STAGES, "zhice"):
        for path in sources(folder):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                    name = ast.unparse(node.exc.func).split(".")[-1]
                    assert name in ours | python | protocol, f"{path}:{node.lineno}: raises {name}"
