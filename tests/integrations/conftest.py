"""A small statute and a plan, so that each key of the metadata has a value in one of them; two documents with a like clause."""

import os

import pytest

os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")
os.environ.setdefault("LANGSMITH_TRACING", "false")

MUCH = "巡查时应当记录树木的长势和病虫害情况,发现问题及时处理。" * 9
"""Two lines of it are longer than a passage may be."""
PARKS = f"""南京市公园绿地管理办法

宁政发〔2019〕8号

第一章 总则
第一条 市园林局负责公园绿地的管理工作。
第二章 养护
第二条 公园绿地每年修剪两次。
第三条 公园绿地的巡查由市园林局组织。{MUCH}
有下列情形之一的,应当增加巡查:{MUCH}
(一)台风来临之前;{MUCH}
(二)病虫害多发之时。{MUCH}
第四条 本办法自2019年6月1日起施行。
"""
LAKES = """苏州市湖泊管理办法

第一章 总则
第一条 市水务局负责湖泊的管理工作。
第二章 养护
第二条 公园绿地每年修剪两次。
第三条 湖泊禁止倾倒垃圾。
"""
MANIFEST = """
[[document]]
file = "parks.txt"
id = "parks"
region = "南京市"
issuer = "南京市人民政府"
issued = "2019-04-20"

[[document]]
file = "lakes.txt"
id = "lakes"
region = "苏州市"
"""
SAME = "第二条 公园绿地每年修剪两次。"
"""A clause of both."""


@pytest.fixture(scope="session")
def statutes(tmp_path_factory):
    """A store of the two statutes with the `hash` embedder; not to be changed."""
    from zhice.index.store import build_folders
    from zhice.settings import Settings

    root = tmp_path_factory.mktemp("statutes")
    folder = root / "law"
    folder.mkdir()
    (folder / "parks.txt").write_text(PARKS, "utf-8")
    (folder / "lakes.txt").write_text(LAKES, "utf-8")
    (root / "law.toml").write_text(MANIFEST, "utf-8")
    build_folders([folder], Settings(store=root / "store", model="hash"))
    return root / "store"
