"""The MCP server, asked by the official client over both of its transports."""

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.contracts.conftest import KEY, TIMEOUT

pytest.importorskip("mcp", reason="no mcp: pip install -r requirements-dev.txt")
from anyio.from_thread import start_blocking_portal
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.stdio import stdio_client

ROOT = Path(__file__).resolve().parents[2]
ASKED = "哪个部门负责知识产权质押"
PLEDGE = "dalian-2018-54/7.13.75.4"
WORDS = "(4)鼓励银行机构重点发展专利权质押贷款。简化专利权质押贷款业务流程"
DOCUMENTS = {"liaoyang-2017", "liaoning-county", "shuangtaizi-2018", "dalian-2018-54", "huzhou-innovation"}


class Caller:
    """The client, called from a test without async."""

    def __init__(self, portal, client, base):
        self.portal, self.client, self.base = portal, client, base

    def __getattr__(self, name):
        return lambda *given: self.portal.call(getattr(self.client, name), *given)

    def result(self, tool, **arguments):
        """What a tool returns, after the checks that hold for every tool."""
        told = self.call_tool(tool, arguments)
        assert not told.is_error, told.content
        (text,) = told.content
        assert json.loads(text.text) == told.structured_content
        return told.structured_content

    def fault(self, tool, **arguments):
        told = self.call_tool(tool, arguments)
        assert told.is_error
        assert told.structured_content is None
        return told.content[0].text


@pytest.fixture(scope="module", params=["stdio", "http", "http of 2025"])
def caller(request, store, address):
    if request.param == "stdio":
        program = ["-m", "zhice", "mcp", "--store", str(store), "--url", "http://policy.example"]
        client = Client(stdio_client(StdioServerParameters(command=sys.executable, args=program, cwd=ROOT)), read_timeout_seconds=TIMEOUT)
        base = "http://policy.example"
    else:
        mode = "legacy" if "2025" in request.param else "auto"
        client, base = Client(f"{address}/mcp", mode=mode, read_timeout_seconds=TIMEOUT), address
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(client) as opened:
        yield Caller(portal, opened, base)


def test_the_tools(caller):
    tools = {tool.name: tool for tool in caller.list_tools().tools}
    assert tools.keys() == {"ask", "search", "fetch", "outline", "ledger"}
    for tool in tools.values():
        assert tool.title
        assert tool.description
        assert tool.input_schema["type"] == tool.output_schema["type"] == "object"
        hints = tool.annotations
        assert (hints.read_only_hint, hints.idempotent_hint, hints.destructive_hint, hints.open_world_hint) == (True, True, False, False)
    assert tools["search"].input_schema["required"] == ["query"]
    assert tools["fetch"].input_schema["required"] == ["id"]


def test_search(caller):
    told = caller.result("search", query=ASKED)
    assert told.keys() == {"results"}
    assert len(told["results"]) == 10
    assert all(found.keys() == {"id", "title", "url"} and all(found.values()) for found in told["results"])
    assert len({found["id"] for found in told["results"]}) == 10
    first = told["results"][0]
    assert first["id"] == PLEDGE
    assert "（大政办发〔2018〕54号）七（十三）75（4）" in first["title"]
    assert first["url"] == f"{caller.base}/?doc=dalian-2018-54&clause=dalian-2018-54%2F7.13.75.4"


def test_all_that_is_found_can_be_fetched(caller):
    for found in caller.result("search", query="科技成果转化")["results"]:
        told = caller.result("fetch", id=found["id"])
        assert told.keys() == {"id", "title", "text", "url", "metadata"}
        assert (told["id"], told["url"]) == (found["id"], found["url"])
        assert told["text"]


def test_fetch_a_clause(caller):
    told = caller.result("fetch", id=PLEDGE)
    assert told["text"].startswith(WORDS)
    assert told["metadata"]["doc_number"] == "大政办发〔2018〕54号"
    assert told["metadata"]["clause_path"] == "七 › (十三) › 75 › (4)"


def test_fetch_a_document(caller):
    told = caller.result("fetch", id="dalian-2018-54")
    assert WORDS in told["text"]
    assert told["url"] == f"{caller.base}/?doc=dalian-2018-54"
    assert told["metadata"]["issued"] == "2018-05-16"


def test_ask(caller):
    told = caller.result("ask", question=ASKED)
    assert told["answered"] is True
    assert "人民银行大连市中心支行" in told["text"]
    assert told["citations"][0]["id"] == PLEDGE
    assert told["citations"][0]["text"].startswith(WORDS)
    assert all(quote in cited["text"] for cited in told["citations"] for quote in cited["quotes"])
    assert 0 < told["confidence"] <= 1


def test_ask_with_a_history(caller):
    told = caller.result("ask", question="那辽阳呢？", history=["大连市技术合同成交额目标是多少？"])
    assert "技术合同成交额达到10亿元" in told["text"]


def test_a_refusal_is_no_fault(caller):
    told = caller.result("ask", question="沈阳市2018年高新技术企业数量目标是多少？")
    assert (told["answered"], told["citations"]) == (False, [])
    assert "沈阳市" in told["reason"]


def test_outline(caller):
    told = caller.result("outline", document_id="dalian-2018-54")
    clauses = {clause["id"]: clause for clause in told["clauses"]}
    assert clauses[PLEDGE] == {
        "id": PLEDGE,
        "kind": "subitem",
        "label": "(4)",
        "heading": "鼓励银行机构重点发展专利权质押贷款",
        "parent": "dalian-2018-54/7.13.75",
    }
    assert all(clause["parent"] in clauses for clause in told["clauses"] if clause["parent"])


def test_ledger(caller):
    told = caller.result("ledger", department="市质监局", region="辽阳")
    assert told["total"] == len(told["rows"]) == 1
    assert (told["rows"][0]["task"], told["rows"][0]["clause_id"]) == ("提高全市质量总体水平", "liaoyang-2017/3.4.2")


def test_pages_of_the_ledger(caller):
    whole = caller.result("ledger", region="大连", limit=1000)
    assert whole["total"] == len(whole["rows"]) > 20
    parts = [caller.result("ledger", region="大连", offset=offset, limit=10)["rows"] for offset in (0, 10)]
    assert parts[0] + parts[1] == whole["rows"][:20]


@pytest.mark.parametrize(
    ("tool", "arguments", "word"),
    [
        ("ask", {}, "question"),
        ("ask", {"question": ["a"]}, "question"),
        ("ask", {"question": ""}, "问题"),
        ("ask", {"question": "甲" * 2001}, "2000"),
        ("ask", {"question": ASKED, "history": "昨天"}, "history"),
        ("search", {"query": None}, "query"),
        ("search", {"query": "？"}, "问题"),
        ("fetch", {"id": "dalian-2018-54/99"}, "dalian-2018-54/99"),
        ("fetch", {"id": "../../etc/passwd"}, "没有编号"),
        ("outline", {"document_id": "nope"}, "nope"),
        ("ledger", {"limit": 0}, "limit"),
        ("ledger", {"offset": -1}, "offset"),
        ("ledger", {"department": "无此局"}, "无此局"),
    ],
)
def test_bad_arguments_are_faults_of_the_call(caller, tool, arguments, word):
    assert word in caller.fault(tool, **arguments)


@pytest.mark.parametrize("tool", ["nope", "", "Ask"])
def test_an_unknown_tool_is_an_error_of_the_protocol(caller, tool):
    with pytest.raises(MCPError) as caught:
        caller.call_tool(tool, {})
    assert caught.value.error.code == -32602


def test_resources(caller):
    listed = caller.list_resources().resources
    assert {resource.uri for resource in listed} == {f"zhice://documents/{document}" for document in DOCUMENTS}
    for resource in listed:
        assert resource.title
        (content,) = caller.read_resource(resource.uri).contents
        assert (content.mime_type, content.text) == ("text/plain", caller.result("fetch", id=resource.name)["text"])


def test_templates(caller):
    uris = {template.uri_template for template in caller.list_resource_templates().resource_templates}
    assert uris == {"zhice://documents/{document_id}", "zhice://clauses/{clause_id}"}
    (content,) = caller.read_resource("zhice://clauses/dalian-2018-54%2F7.13.75.4").contents
    assert content.text.startswith(WORDS)


@pytest.mark.parametrize("uri", ["zhice://documents/nope", "zhice://clauses/nope", "zhice://other/x", "file:///etc/passwd"])
def test_no_such_resource(caller, uri):
    with pytest.raises(MCPError) as caught:
        caller.read_resource(uri)
    assert caught.value.error.code == -32602


LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
BOTH = {"Accept": "application/json, text/event-stream"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:7860"}, 200),
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example:80"}, 421),
        ({"Origin": "http://127.0.0.1:3000"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_a_page_of_another_site_cannot_reach_it(address, headers, status):
    assert httpx.post(f"{address}/mcp", json=LIST, headers=BOTH | headers).status_code == status


@pytest.mark.parametrize(
    ("header", "status"), [({}, 401), ({"Authorization": "Bearer no"}, 403), ({"Authorization": f"Bearer {KEY}"}, 200)]
)
def test_keys(keyed, header, status):
    assert httpx.post(f"{keyed}/mcp", json=LIST, headers=BOTH | header).status_code == status


def test_answers_are_counted_like_those_of_the_chat(address):
    def counted():
        metrics = httpx.get(f"{address}/api/v1/metrics", headers={"Authorization": "Bearer k"}).text
        return float(next(line for line in metrics.splitlines() if line.startswith('zhice_questions_total{outcome="answered"}')).split()[1])

    before = counted()
    call = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "ask", "arguments": {"question": ASKED}}}
    httpx.post(f"{address}/mcp", json=call, headers=BOTH, timeout=TIMEOUT).raise_for_status()
    assert counted() == before + 1


def without_mcp(program):
    """A program run where the package `mcp` is not installed."""
    hidden = "import sys; sys.modules['mcp'] = None\n"
    return subprocess.run([sys.executable, "-c", hidden + program], cwd=ROOT, capture_output=True, check=False, encoding="utf-8")


def test_without_the_package_the_command_says_how_to_install_it(store):
    ended = without_mcp(f"sys.argv = ['zhice', 'mcp', '--store', {str(store)!r}]; from zhice.cli import main; main()")
    assert ended.returncode == 1
    assert ended.stdout == ""
    (line,) = ended.stderr.splitlines()
    assert line.startswith("zhice: 没有安装 mcp")
    assert line.endswith("pip install 'zhice[mcp]'")


def test_without_the_package_the_server_goes_without():
    ended = without_mcp(
        "import logging; logging.basicConfig(level=logging.INFO, format='%(name)s %(message)s')\n"
        "from fastapi import FastAPI; from zhice.web.api import mcp\n"
        "app = FastAPI(); mcp.add(app, None, None, None)\n"  # nothing of them is asked for
        "print('/mcp' in {getattr(route, 'path', '') for route in app.routes})"
    )
    assert ended.stdout == "False\n", ended.stderr
    assert "zhice.api 没有 /mcp：没有安装 mcp" in ended.stderr
