"""The chat completions of OpenAI's API, for programs that speak only that: `/v1/chat/completions` and `/v1/models`."""

import json
from collections.abc import Iterator
from datetime import datetime
from time import time
from typing import Any, Literal
from uuid import uuid4

from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, Field

from zhice.retrieval.assistant import Assistant
from zhice.web.api import completions, openwebui, service
from zhice.web.api.completions import Annotation
from zhice.web.api.failures import NO_PATH, Failure
from zhice.web.api.guard import Guard
from zhice.web.api.limits import HISTORY
from zhice.web.api.metrics import Metrics

MODEL = "zhice"
TYPES = {401: ("invalid_request_error", "invalid_api_key"), 429: ("rate_limit_error", "rate_limit_exceeded")}


class Part(BaseModel):
    """A part of a message; only the words of text parts are read."""

    type: str
    text: str | None = None


class Message(BaseModel):
    """A message: those of the user are questions, others are not read."""

    role: str
    content: str | list[Part] | None = None

    @property
    def words(self) -> str:
        """Its text."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text" and part.text)
        return self.content or ""


class StreamOptions(BaseModel):
    """What a stream tells beside the text."""

    include_usage: bool = False


class Asked(BaseModel):
    """A request; what steers a generative model (temperature, tools …) is not read."""

    model: str = Field(examples=[MODEL])
    messages: list[Message] = Field(min_length=1, examples=[[{"role": "user", "content": "哪个部门负责知识产权质押"}]])
    stream: bool | None = False
    stream_options: StreamOptions | None = None


class Usage(BaseModel):
    """How much was read and said, in characters: there are no tokens here."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Said(BaseModel):
    """The answer."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[Annotation]


class Choice(BaseModel):
    """The one choice there is."""

    index: Literal[0] = 0
    message: Said
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class Completion(BaseModel):
    """A chat completion."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: list[Choice]
    usage: Usage


class Model(BaseModel):
    """The model there is; `created` is when the index was built."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int
    owned_by: str = MODEL


class Models(BaseModel):
    """The models there are."""

    object: Literal["list"] = "list"
    data: list[Model]


class Error(BaseModel):
    """What went wrong."""

    message: str
    type: str
    param: str | None
    code: str | None


class Problem(BaseModel):
    """Why there is no completion, as OpenAI's API tells it."""

    error: Error


def respond(failure: Failure) -> JSONResponse:
    """A failure in the form of OpenAI's API."""
    status = {403: 401, 422: 400}.get(failure.status, failure.status)
    kind, code = TYPES.get(status, ("server_error" if status >= 500 else "invalid_request_error", None))
    param = failure.errors[0]["pointer"].removeprefix("/body").strip("/").replace("/", ".") if failure.errors else ""
    if status == 404 and failure.detail != NO_PATH:
        code = "model_not_found"
    error = Error(message=failure.detail, type=kind, param=param or None, code=code)
    return JSONResponse(Problem(error=error).model_dump(), status, dict(failure.headers))


def create(assistant: Assistant, guard: Guard, metrics: Metrics) -> FastAPI:
    """The application to be mounted at /v1."""
    app = service.create(respond, guard, metrics, title="知策 · OpenAI")
    app.include_router(router(assistant, metrics))
    return app


def router(assistant: Assistant, metrics: Metrics) -> APIRouter:
    """The routes."""
    model = Model(created=int(datetime.fromisoformat(assistant.info.built).timestamp()))
    failures: dict[int | str, dict[str, Any]] = {status: {"model": Problem} for status in (400, 401, 404, "4XX", 500)}
    routes = APIRouter(tags=["openai"], responses=failures)

    @routes.get("/models")
    def models() -> Models:
        """The models."""
        return Models(data=[model])

    @routes.get("/models/{name}")
    def one(name: str) -> Model:
        """A model."""
        _known(name)
        return model

    @routes.post("/chat/completions", response_model=Completion, responses={200: {"content": {"text/event-stream": {}}}})
    def complete(asked: Asked, request: Request) -> Response:
        """The answer to the last question of a chat."""
        _known(asked.model)
        said = _said(asked, assistant, metrics, str(request.base_url))
        usage = _usage(asked, said)
        identity, created = f"chatcmpl-{uuid4().hex}", int(time())
        if asked.stream:
            common = {"id": identity, "object": "chat.completion.chunk", "created": created, "model": MODEL}
            told = asked.stream_options is not None and asked.stream_options.include_usage
            return StreamingResponse(_events(common, said, usage if told else None), media_type="text/event-stream")
        completion = Completion(id=identity, created=created, choices=[Choice(message=said)], usage=usage)
        return JSONResponse(completion.model_dump())

    return routes


def _known(name: str) -> None:
    if name != MODEL:
        raise HTTPException(404, f"没有名为“{name[:100]}”的模型：请用 {MODEL}。")


def _said(asked: Asked, assistant: Assistant, metrics: Metrics, base: str) -> Said:
    """The answer to the last message of the user; the earlier ones are the history of the chat."""
    questions = [message.words for message in asked.messages if message.role == "user"]
    if not questions:
        raise HTTPException(400, "messages 里没有 role 为 user 的消息：请把问题写在其中。")
    if (reply := openwebui.reply(questions[-1])) is not None:
        return Said(content=reply, annotations=[])
    history = [earlier for earlier in questions[:-1] if earlier.strip()][-HISTORY:]
    answer = metrics.answered(assistant.ask(questions[-1], history))
    text, annotations = completions.content(answer, base)
    return Said(content=text, annotations=annotations)


def _usage(asked: Asked, said: Said) -> Usage:
    read, written = sum(len(message.words) for message in asked.messages), len(said.content)
    return Usage(prompt_tokens=read, completion_tokens=written, total_tokens=read + written)


def _events(common: dict[str, Any], said: Said, usage: Usage | None) -> Iterator[str]:
    """The chunks of a stream: the text line by line, the annotations with the end, the usage where it was asked for."""
    lines = said.content.splitlines(keepends=True)
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}, *({"content": line} for line in lines)]
    for delta in deltas:
        yield _event(common | {"choices": [_chunk(delta)]})
    annotations = [annotation.model_dump() for annotation in said.annotations]
    yield _event(common | {"choices": [_chunk({"annotations": annotations}, "stop")]})
    if usage is not None:
        yield _event(common | {"choices": [], "usage": usage.model_dump()})
    yield "data: [DONE]\n\n"


def _chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"
