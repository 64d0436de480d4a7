"""Chat completions, asked by the `openai` client."""

import json
import re

import httpx
import pytest

from tests.contracts.conftest import KEY, TIMEOUT

openai = pytest.importorskip("openai", reason="no openai: pip install -r requirements-dev.txt")

TARGET = "大连市2018年技术交易额目标是多少？"
ELSEWHERE = "沈阳市2018年高新技术企业数量目标是多少？"
PLAN = (
    "《大连市人民政府办公厅关于印发贯彻落实全面实施创新驱动发展战略加快建设东北亚科技创新创业创投中心意见"
    "2018年工作计划的通知》（大政办发〔2018〕54号）"
)


def connected(address, key="none"):
    return openai.OpenAI(base_url=f"{address}/v1", api_key=key, timeout=TIMEOUT, max_retries=0)


@pytest.fixture(scope="module")
def client(address):
    with connected(address) as opened:
        yield opened


def user(*questions):
    return [{"role": "user", "content": question} for question in questions]


def ask(client, messages, **more):
    return client.chat.completions.create(model="zhice", messages=messages, **more)


@pytest.fixture(scope="module")
def completion(client):
    return ask(client, user(TARGET))


def test_the_models(client):
    assert [(model.id, model.object, model.owned_by) for model in client.models.list()] == [("zhice", "model", "zhice")]
    assert client.models.retrieve("zhice").created > 1_700_000_000


def test_a_completion(completion):
    (choice,) = completion.choices
    assert (completion.object, completion.model, choice.index, choice.finish_reason) == ("chat.completion", "zhice", 0, "stop")
    assert (choice.message.role, choice.message.refusal, choice.message.tool_calls) == ("assistant", None, None)
    assert completion.id.startswith("chatcmpl-")
    assert "技术交易额达到150亿元" in choice.message.content


def test_the_sources_stand_below_the_text(completion, address):
    said, sources = completion.choices[0].message.content.split("\n\n依据：\n\n")
    assert re.search(r" \[\d\]$", said)
    assert sources.split("\n")[0] == f"- [1] [{PLAN}二]({address}/?doc=dalian-2018-54&clause=dalian-2018-54%2F2)"


def test_annotations(completion, address):
    message = completion.choices[0].message
    cited = [annotation.url_citation for annotation in message.annotations]
    assert {annotation.type for annotation in message.annotations} == {"url_citation"}
    assert {message.content[one.start_index : one.end_index] for one in cited if one.title == f"{PLAN}二"} == {"[1]"}
    assert cited[0].url == f"{address}/?doc=dalian-2018-54&clause=dalian-2018-54%2F2"


def test_usage_counts_characters(completion):
    usage = completion.usage
    written = len(completion.choices[0].message.content)
    assert (usage.prompt_tokens, usage.completion_tokens, usage.total_tokens) == (19, written, 19 + written)


def test_a_refusal_is_text(client):
    (choice,) = ask(client, user(ELSEWHERE)).choices
    assert choice.finish_reason == "stop"
    assert choice.message.refusal is None
    assert "找到的条款不是沈阳市的规定" in choice.message.content
    assert "依据：" not in choice.message.content


def test_earlier_questions_are_the_history(client):
    messages = [*user(TARGET), {"role": "assistant", "content": "150亿元"}, *user("2020年呢？")]
    assert "技术交易额" in ask(client, messages).choices[0].message.content
    assert "技术交易额" not in ask(client, user("2020年呢？")).choices[0].message.content


PARTS = [{"type": "text", "text": TARGET}, {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}]


@pytest.mark.parametrize(
    "messages",
    [
        [{"role": "system", "content": "You are a pirate."}, *user(TARGET)],
        [{"role": "developer", "content": "Answer in French."}, *user(TARGET)],
        [{"role": "user", "content": PARTS}],
        [*user(TARGET), {"role": "assistant", "content": None, "tool_calls": []}],
        [{"role": "user", "content": TARGET, "name": "li"}],
    ],
)
def test_what_is_not_a_question_is_not_read(client, completion, messages):
    assert ask(client, messages).choices[0].message.content == completion.choices[0].message.content


def test_what_steers_a_generative_model_is_let_be(client, completion):
    tools = [{"type": "function", "function": {"name": "f", "parameters": {}}}]
    more = {"temperature": 2, "max_tokens": 1, "tools": tools, "seed": 3, "user": "u", "extra_body": {"chat_id": "c", "metadata": {}}}
    assert ask(client, user(TARGET), **more).choices[0].message.content == completion.choices[0].message.content


def test_a_stream(client, completion):
    chunks = list(ask(client, user(TARGET), stream=True))
    deltas = [chunk.choices[0].delta for chunk in chunks]
    assert deltas[0].role == "assistant"
    assert "".join(delta.content or "" for delta in deltas) == completion.choices[0].message.content
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [None] * (len(chunks) - 1) + ["stop"]
    assert {(chunk.object, chunk.model, chunk.id) for chunk in chunks} == {("chat.completion.chunk", "zhice", chunks[0].id)}
    assert deltas[-1].annotations == [annotation.model_dump() for annotation in completion.choices[0].message.annotations]
    assert all(chunk.usage is None for chunk in chunks)


def test_a_stream_with_usage(client, completion):
    *chunks, last = ask(client, user(TARGET), stream=True, stream_options={"include_usage": True})
    assert (last.choices, last.usage) == ([], completion.usage)
    assert all(chunk.choices for chunk in chunks)


def test_a_stream_on_the_wire(address):
    body = {"model": "zhice", "messages": user(ELSEWHERE), "stream": True}
    answer = httpx.post(f"{address}/v1/chat/completions", json=body, timeout=TIMEOUT)
    assert answer.headers["content-type"].startswith("text/event-stream")
    *events, done, end = answer.text.split("\n\n")
    assert (done, end) == ("data: [DONE]", "")
    assert all(json.loads(event.removeprefix("data: "))["object"] == "chat.completion.chunk" for event in events)


@pytest.mark.parametrize(
    ("raised", "given", "expected"),
    [
        (openai.NotFoundError, {"model": "gpt-9", "messages": user(TARGET)}, ("invalid_request_error", None, "model_not_found")),
        (openai.BadRequestError, {"model": "zhice", "messages": []}, ("invalid_request_error", "messages", None)),
        (openai.BadRequestError, {"model": "zhice", "messages": user("")}, ("invalid_request_error", None, None)),
        (openai.BadRequestError, {"model": "zhice", "messages": user("甲" * 2001)}, ("invalid_request_error", None, None)),
        (
            openai.BadRequestError,
            {"model": "zhice", "messages": [{"role": "system", "content": TARGET}]},
            ("invalid_request_error", None, None),
        ),
        (
            openai.BadRequestError,
            {"model": "zhice", "messages": [{"content": TARGET}]},
            ("invalid_request_error", "messages.0.role", None),
        ),
        (openai.BadRequestError, {"model": "zhice", "messages": user(TARGET), "stream": "why"}, ("invalid_request_error", "stream", None)),
    ],
)
def test_errors(client, raised, given, expected):
    with pytest.raises(raised) as caught:
        client.chat.completions.create(**given)
    assert caught.value.body.keys() == {"message", "type", "param", "code"}
    assert (caught.value.type, caught.value.param, caught.value.code) == expected
    assert "\n" not in caught.value.body["message"]


@pytest.mark.parametrize(
    ("path", "content", "status"), [("chat/completions", b"{", 400), ("completions", b"{}", 404), ("models", b"{}", 405)]
)
def test_errors_on_the_wire(address, path, content, status):
    answer = httpx.post(f"{address}/v1/{path}", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    error = answer.json()["error"]
    assert (error["type"], error["code"]) == ("invalid_request_error", None)
    assert error["message"]


def test_a_stream_that_cannot_begin_is_an_error(client):
    with pytest.raises(openai.NotFoundError):
        client.chat.completions.create(model="gpt-9", messages=user(TARGET), stream=True)


@pytest.mark.parametrize(("key", "code"), [("wrong", "invalid_api_key"), (f"{KEY}x", "invalid_api_key")])
def test_a_wrong_key(keyed, key, code):
    with connected(keyed, key) as opened, pytest.raises(openai.AuthenticationError) as caught:
        opened.models.list()
    assert caught.value.code == code


def test_the_right_key(keyed):
    with connected(keyed, KEY) as opened:
        assert [model.id for model in opened.models.list()] == ["zhice"]


TASK = """### Task:
{task}
### Output:
JSON format: {{ "{key}": {example} }}
### Chat History:
<chat_history>
USER: 哪个部门负责知识产权质押？
ASSISTANT: 人民银行大连市中心支行
</chat_history>"""


@pytest.mark.parametrize(
    ("key", "example", "expected"),
    [
        ("title", '"📉 Stock Market Trends"', "哪个部门负责知识产权质押？"),
        ("tags", '["tag1", "tag2"]', ["政策"]),
        ("follow_ups", '["Question 1?"]', []),
        ("queries", '["query1"]', ["哪个部门负责知识产权质押？"]),
    ],
)
def test_tasks_of_open_webui(client, key, example, expected):
    """It asks the model of a chat for its title and the like; an answer from the policies would be a strange title."""
    prompt = TASK.format(task="Generate it.", key=key, example=example)
    (choice,) = ask(client, user(prompt), stream=False, max_completion_tokens=1000).choices
    assert json.loads(choice.message.content) == {key: expected}


def test_a_task_that_is_not_known_gets_nothing(client):
    (choice,) = ask(client, user(TASK.format(task="Continue the text.", key="text", example='""'))).choices
    assert choice.message.content == ""
