"""No request is read beyond a size, whatever it says of its length."""

from fastapi import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhice.web.api.limits import BODY


class BodyLimit:
    """Refuses a body of more than `limits.BODY` bytes with 413 while it is read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > BODY:
                raise HTTPException(413, f"请求正文太大：请缩小到 {BODY // 1024} KB 以内。", {"Connection": "close"})
            return message

        await self.app(scope, counted, send)
