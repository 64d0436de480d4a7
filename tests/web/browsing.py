"""What a reader does in the browser, for tests; `$ZHICE_SCREENSHOTS` names a folder to save pictures in."""

import io
import os
import socket
from pathlib import Path

from PIL import Image

COLOURS = 32
"""Of a picture: enough for flat pages, and a third of the bytes."""
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
WIDE = {"width": 2560, "height": 1300}
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
        whole = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
        Path(folder).mkdir(parents=True, exist_ok=True)
        few = whole.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
        few.save(Path(folder) / f"{name}.png", optimize=True)
