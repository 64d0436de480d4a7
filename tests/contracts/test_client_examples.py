"""The examples that talk to a server: each is run as it stands."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contracts.conftest import KEY, TIMEOUT

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LENDS = "人民银行大连市中心支行"
STEPS = re.findall(r"^```bash\n(.*?)^```\n\n^```text\n(.*?)^```$", (EXAMPLES / "dify.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)


def run(*command, **more):
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"} | more
    ended = subprocess.run(
        command, cwd=EXAMPLES.parent, capture_output=True, env=environment, timeout=TIMEOUT, encoding="utf-8", check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="no curl")


@needs_curl
@pytest.mark.parametrize(("command", "printed"), STEPS)
def test_dify_walked_through(keyed, command, printed):
    assert run("bash", "-c", command, ZHICE=keyed, KEY=KEY) == printed


def test_the_walk_has_all_its_steps():
    assert len(STEPS) == 4


@needs_curl
def test_curl(keyed):
    printed = run("bash", "examples/curl.sh", keyed, KEY)
    parts = dict(part.split("\n", 1) for part in re.split(r"^== ", printed, flags=re.MULTILINE)[1:])
    assert list(parts) == ["问答", "检索", "Dify 外部知识库", "OpenAI 的接口，流式", "MCP"]
    assert LENDS in parts["问答"]
    assert parts["检索"].count('"clause_id"') == parts["Dify 外部知识库"].count('"clause_id"') == 2
    assert parts["OpenAI 的接口，流式"].rstrip().endswith("data: [DONE]")
    assert '"structuredContent"' in parts["MCP"]


def test_the_openai_client(keyed):
    pytest.importorskip("openai", reason="no openai: pip install -r requirements-dev.txt")
    said, sources = run(sys.executable, "examples/openai_client.py", keyed, KEY).split("依据：")
    assert LENDS in said
    assert f"{keyed}/?doc=dalian-2018-54&clause=dalian-2018-54%2F7.13.75.4" in sources


@pytest.mark.parametrize("over", ["http", "stdio"])
def test_the_mcp_client(address, store, over):
    pytest.importorskip("mcp", reason="no mcp: pip install -r requirements-dev.txt")
    printed = run(sys.executable, "examples/mcp_client.py", *([address] if over == "http" else []), ZHICE_STORE=str(store))
    assert printed.startswith("ask 问政策\nsearch 查条款\nfetch 取原文\noutline 条款树\nledger 任务分解台账\n")
    assert printed.rstrip().splitlines()[-1].startswith("(4)鼓励银行机构重点发展专利权质押贷款。")
