"""What a reader does in the browser, for tests; `$ZHICE_SCREENSHOTS` names a folder to save pictures in."""

import os
import socket
from pathlib import Path

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
ASKED = "哪个部门负责知识产权质押"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def ask(page, question):
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")


def answer(page, number=-1):
    return page.locator(".turn").nth(number).locator(".answer")


def picture(page, name):
    if folder := os.environ.get("ZHICE_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")
