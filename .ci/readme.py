"""Runs the commands that README shows and compares what they print with what it shows.

A block fenced as ```console holds commands (`$ …`) and their output. `--write` puts the real output in.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"```console\n(.*?)```", re.S)


def main() -> None:
    """Checks README.md and README.en.md; exits with 1 when an output differs."""
    write = "--write" in sys.argv
    failed = False
    for name in ("README.md", "README.en.md"):
        path = ROOT / name
        text = path.read_text("utf-8")
        real = BLOCK.sub(lambda block: f"```console\n{_run(block[1])}```", text)
        if real != text and write:
            path.write_text(real, "utf-8")
        elif real != text:
            failed = True
            print(f"{name}: a command prints something else than the file shows; python .ci/readme.py --write")
            _show(text, real)
    sys.exit(failed)


def _run(block: str) -> str:
    out: list[str] = []
    for line in block.splitlines():
        if not line.startswith("$ "):
            continue
        shell = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "100", "HF_HUB_OFFLINE": "1"}
        done = subprocess.run(line[2:], shell=True, cwd=ROOT, env=shell, capture_output=True, text=True, timeout=600, check=False)
        out.append(line)
        out += (done.stdout + done.stderr).rstrip().splitlines()
    return "\n".join(out) + "\n"


def _show(text: str, real: str) -> None:
    for shown, printed in zip(text.splitlines(), real.splitlines(), strict=False):
        if shown != printed:
            print(f"- {shown}\n+ {printed}")
            return


if __name__ == "__main__":
    main()
