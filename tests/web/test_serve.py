"""The program that serves: what it says when it cannot, and how keys are made."""

import asyncio
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typer.testing import CliRunner

from zhice.cli import app
from zhice.errors import ZhiceError
from zhice.web.api import keys
from zhice.web.serve import bind

ROOT = Path(__file__).parents[2]


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def refused(*arguments):
    """The one line of a program that does not start."""
    ended = CliRunner().invoke(app, ["serve", *map(str, arguments)])
    assert isinstance(ended.exception, ZhiceError), ended.output
    assert "\n" not in str(ended.exception)
    return str(ended.exception)


def test_a_port_in_use_is_told_before_an_index_is_built(taken, tmp_path):
    said = refused("--port", taken, "--store", tmp_path / "store")
    assert said == f"无法在 127.0.0.1:{taken} 启动，端口可能已被占用；请用 --port 换一个端口。"
    assert not (tmp_path / "store").exists()


def test_what_is_small_is_sent_at_once():
    """Each step of an answer would else wait 40 ms for the one before to be acknowledged (Nagle's algorithm)."""

    async def held_back():
        accepted = asyncio.get_running_loop().create_future()
        listener = bind("127.0.0.1", 0)
        async with await asyncio.start_server(lambda _, writer: accepted.set_result(writer), sock=listener):
            _, writer = await asyncio.open_connection(*listener.getsockname())
            served = await accepted
            at_once = served.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            writer.close()
            served.close()
            return not at_once

    with ThreadPoolExecutor(1) as aside:  # where a browser is driven, its loop runs in this thread
        assert not aside.submit(asyncio.run, held_back()).result()


@pytest.mark.parametrize("port", [-1, 65536, "a"])
def test_a_port_that_is_none(port):
    assert CliRunner().invoke(app, ["serve", "--port", str(port)]).exit_code == 2


def test_app_py_is_the_same_program(taken, tmp_path):
    command = [sys.executable, str(ROOT / "app.py"), "--port", str(taken)]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"zhice: 无法在 127.0.0.1:{taken} 启动，端口可能已被占用；请用 --port 换一个端口。\n"


def test_a_key_file_that_is_not_there_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHICE_API_KEYS_FILE", str(tmp_path / "none"))
    assert refused("--port", 0, "--store", tmp_path / "store").startswith(f"{tmp_path / 'none'}: 密钥文件无法读取")
    assert not (tmp_path / "store").exists()


def test_a_key_is_shown_once(tmp_path, monkeypatch):
    monkeypatch.delenv("ZHICE_API_KEYS_FILE", raising=False)
    ended = CliRunner().invoke(app, ["key", "采购系统", "--store", str(tmp_path)], catch_exceptions=False)
    key = ended.output.splitlines()[0]
    assert keys.read(tmp_path / "api-keys").holds(key)
    assert "采购系统" in (tmp_path / "api-keys").read_text("utf-8")
