"""Documents in the formats that the reader does not know, as text made by LibreOffice and pdftotext."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

OFFICE, PDF = frozenset({".doc", ".docx"}), frozenset({".pdf"})
TOOLS = {"soffice": OFFICE, "pdftotext": PDF}
"""The programs, each with the endings of the files it reads."""
SECONDS = 600


def converted(name: str) -> bool:
    """Whether a file is read as text that another program makes of it."""
    return Path(name).suffix.lower() in OFFICE | PDF


def lacking() -> list[str]:
    """The programs that are not installed."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def convert(files: Sequence[tuple[Path, Path]]) -> None:
    """Writes the text of each file (source, where to). One that cannot be read, or whose program is not installed, is not written."""
    missing = lacking()
    office = [pair for pair in files if pair[0].suffix.lower() in OFFICE]
    if office and "soffice" not in missing:
        _office(office)
    for source, target in files:
        if source.suffix.lower() in PDF and "pdftotext" not in missing:
            _run("pdftotext", "-layout", str(source), str(target))


def _office(files: Sequence[tuple[Path, Path]]) -> None:
    """All at once, under numbers for names, since starting LibreOffice takes longer than reading a document."""
    with TemporaryDirectory() as work:
        out = Path(work) / "out"
        numbered = [Path(work) / f"{number:04}{source.suffix.lower()}" for number, (source, _) in enumerate(files)]
        for (source, _), copy in zip(files, numbered, strict=True):
            shutil.copyfile(source, copy)
        profile = f"-env:UserInstallation={(Path(work) / 'profile').as_uri()}"
        _run("soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(out), *map(str, numbered))
        for (_, target), copy in zip(files, numbered, strict=True):
            if (made := out / f"{copy.stem}.txt").is_file():
                shutil.move(made, target)


def _run(*command: str) -> None:
    subprocess.run(command, capture_output=True, check=False, timeout=SECONDS)
