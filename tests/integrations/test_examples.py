"""Every example runs, with the real libraries, and prints the clause that answers."""

import re
import runpy
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CLAUSE = "(3)召开银企对接会,宣讲专利质押贴息政策,开展专利权质押融资培训,不断完善知识产权金融服务。(责任单位:市科技局)"
TITLE = "《大连市人民政府办公厅关于印发贯彻落实全面实施创新驱动发展战略加快建设东北亚科技创新创业创投中心意见2018年工作计划的通知》"
ADDRESS = f"{TITLE}七 › (十三) › 75 › (3)"
HIGH = r"(?:0\.9\d|1\.00)"
PRINTED = {
    "ten_lines": ["市科技局（责任）——", f"[1] {TITLE}七、(十三)、75、(3)："],
    "langchain_chain": ["只根据下面的条款回答", f"{ADDRESS}\n{CLAUSE}\n", "问题：大连市哪个部门负责知识产权金融服务？"],
    "llamaindex_engine": ["Query: 大连市哪个部门负责知识产权金融服务？", f"\n{CLAUSE}\n"],
    "haystack_pipeline": ["只根据下面的条款回答", f"{ADDRESS}\n{CLAUSE}\n", "问题：哪个部门负责知识产权金融服务？"],
}
SCORED = {  # an excellent score, and what has it
    "ten_lines": rf"(?m)^1\. {HIGH} dalian-2018-54/5\.5\.27 27\.",
    "llamaindex_engine": rf"(?m)^{HIGH} {re.escape(ADDRESS)}",
}


def run(name, store, monkeypatch, capsys):
    """What an example prints over the five policies."""
    monkeypatch.setenv("ZHICE_STORE", str(store))
    runpy.run_path(str(EXAMPLES / f"{name}.py"), run_name="__main__")
    return capsys.readouterr().out


@pytest.mark.parametrize("name", PRINTED)
def test_an_example_prints_the_clause(name, store, monkeypatch, capsys):
    out = run(name, store, monkeypatch, capsys)
    assert [line for line in PRINTED[name] if line not in out] == []
    assert re.search(SCORED.get(name, ""), out)


def test_ten_lines_are_no_more():
    lines = [line for line in (EXAMPLES / "ten_lines.py").read_text("utf-8").splitlines() if line]
    assert len(lines) - 1 <= 10  # the first says what it is
