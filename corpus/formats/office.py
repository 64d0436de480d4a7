"""Old Word and WPS files (.doc, .wps) and RTF, through a copy that LibreOffice makes of them."""

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from zhice.corpus.formats import docx
from zhice.corpus.formats.source import CONVERTED, Source
from zhice.errors import CorpusError

SECONDS = 180
_HOW = "install LibreOffice (Debian: libreoffice-writer), or save it as .docx"


def read(data: bytes, name: str) -> Source:
    """The lines of the copy; raises CorpusError without LibreOffice, or when it cannot read the file."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise CorpusError(f"{name}: an old Office file, which only LibreOffice can read; {_HOW}")
    with tempfile.TemporaryDirectory(prefix="libreoffice-") as work:
        folder = Path(work)
        given = folder / f"given{_ending(data)}"
        given.write_bytes(data)
        _convert(program, given, folder, name)
        made = given.with_suffix(".docx")
        if not made.is_file():
            raise CorpusError(f"{name}: LibreOffice cannot read it; save it as .docx")
        return replace(docx.read(made.read_bytes(), name), how=CONVERTED)


def _ending(data: bytes) -> str:
    return ".rtf" if data.lstrip()[:5] == b"{\\rtf" else ".doc"


def _convert(program: str, given: Path, folder: Path, name: str) -> None:
    """Runs LibreOffice with a profile of its own, so that it does not wait for one that is open; it stays in the session of the worker,
    which ends with all that it started.
    """
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "docx", "--outdir"]
    try:
        subprocess.run(
            [*command, str(folder), str(given)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise CorpusError(f"{name}: LibreOffice did not end within {SECONDS} seconds; save it as .docx") from error
