"""Build the index when there is none, open the assistant, serve the chat on this machine."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # Gradio reads these when it is imported
os.environ["GRADIO_RUN_HISTORY"] = "False"

import gradio as gr

from zhice.errors import ZhiceError
from zhice.settings import Settings
from zhice.web import page, theme
from zhice.web.chat import Assistant

HERE = Path(__file__).parent
STEPS = {"reading": "读取文件", "embedding": "计算向量", "indexing": "写入索引"}
LOOPBACK = "127.0.0.1,localhost,::1"


def main(argv: Sequence[str] | None = None) -> None:
    """The program `python app.py`: a foreseen failure is one line on stderr and exit code 1."""
    options = _options(argv)
    try:
        serve(_open(options.store), options.host, options.port)
    except ZhiceError as error:
        sys.exit(f"知策：{error}")


def serve(assistant: Assistant, host: str = "127.0.0.1", port: int = 7860, *, block: bool = True) -> gr.Blocks:
    """Serve the chat; with `block=False` return at once and leave it running in a thread."""
    _bypass_proxy()
    blocks = page.create(assistant)
    try:
        blocks.launch(server_name=host, server_port=port, prevent_thread_lock=True, quiet=True, **_looks())
    except OSError as error:
        raise ZhiceError(f"无法在 {host}:{port} 启动，端口可能已被占用；请用 --port 换一个端口。") from error
    print(f"知策已启动，请用浏览器打开 {blocks.local_url} （按 Ctrl+C 退出）", flush=True)
    if block:
        blocks.block_thread()
    return blocks


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="app.py", description="知策：政策问答网页 (policy Q&A in the browser)")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 (default: %(default)s)")
    parser.add_argument("--port", type=int, default=7860, help="端口 (default: %(default)s)")
    parser.add_argument("--store", type=Path, help="索引目录 (default: $ZHICE_STORE or .zhice/store)")
    return parser.parse_args(argv)


def _open(store: Path | None) -> Assistant:
    from zhice.index.store import ensure
    from zhice.retrieval.assistant import Assistant as PolicyAssistant

    settings = Settings(store=store) if store else Settings()
    assistant: Assistant = PolicyAssistant.open(ensure(settings, _progress))
    return assistant


def _progress(step: str, done: int, total: int) -> None:
    """One line on stderr that counts up while the first index is built."""
    count = f"{done}/{total}" if total else str(done)
    print(f"\r首次启动，正在建立索引：{STEPS.get(step, step)} {count}    ", end="", file=sys.stderr, flush=True)
    if step == "indexing" and done == total:
        print(file=sys.stderr)


def _looks() -> dict[str, Any]:
    """What a page of ours always has: our theme and style; no sharing, no footer, no API page."""
    return {
        "theme": theme.official(),
        "css": (HERE / "chat.css").read_text(encoding="utf-8"),
        "share": False,
        "footer_links": [],
        "enable_monitoring": False,
        "ssr_mode": False,
        "pwa": False,
        "mcp_server": False,
    }


def _bypass_proxy() -> None:
    """Gradio probes its own address when it starts; an office proxy must not see, nor break, that."""
    for name in ("no_proxy", "NO_PROXY"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name, ""), LOOPBACK]))
