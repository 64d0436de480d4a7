"""Documents as PDFs and as scans of them, read back: how much of their outline is left.

    python -m zhice.eval.formats.scans FILE … [--scans] [--work DIR] [--json FILE]

Each document is set by LibreOffice from its cleaned lines, printed to a PDF, and with `--scans` drawn as pictures of 200 dots an inch.
"""

import argparse
import html
import io
import json
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pypdfium2

from zhice.corpus import clean, outline, zones
from zhice.corpus.formats import pdf, registry
from zhice.corpus.model import Clause
from zhice.errors import CorpusError, ZhiceError

DPI = 200
_TEMPLATE = files("zhice.eval.formats").joinpath("page.fodt")
"""A page of A4 with a running head and page numbers; {title} and {body} are put in."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A document's lines and clauses: (label, own words without spaces) in reading order."""

    lines: tuple[str, ...]
    clauses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of the original that were read back: clauses exact in label and words, labels in order, characters in order."""

    clauses: float
    labels: float
    characters: float


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one document in one form ("pdf" or "scan")."""

    name: str
    form: str
    pages: int
    seconds: float
    score: Score


def tree(lines: Sequence[tuple[int, str]]) -> Tree:
    """The outline of raw lines."""
    kept = [line for _, line in clean.clean(tuple(lines))]
    text = "\n".join(kept)
    clauses = outline.parse(text, "x")
    return Tree(tuple(map(_folded, kept)), tuple(_own(text, clauses)))


def _own(text: str, clauses: Sequence[Clause]) -> list[tuple[str, str]]:
    """Each clause with its words up to those of the first clause in it."""
    ends = [*(min(clause.end, after.start) for clause, after in pairwise(clauses)), *(clause.end for clause in clauses[-1:])]
    return [(_folded(clause.label), _folded(text[clause.start : end])) for clause, end in zip(clauses, ends, strict=True)]


def _folded(text: str) -> str:
    """The words without spaces, and marks in one width: the texts mix both."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def compared(original: Tree, read: Tree) -> Score:
    """How much of the original was read back; what was read beside it counts against the clauses."""
    found, wanted = Counter(read.clauses), Counter(original.clauses)
    exact = (found & wanted).total() / max(found.total(), wanted.total(), 1)
    labels, others = ([label for label, _ in side.clauses if label] for side in (original, read))
    in_order = sum(block.size for block in SequenceMatcher(None, labels, others, autojunk=False).get_matching_blocks())
    return Score(round(exact, 4), round(in_order / max(len(labels), 1), 4), round(_characters(original.lines, read.lines), 4))


def _characters(original: Sequence[str], read: Sequence[str]) -> float:
    """The share of characters that stand in both in one order; lines that are equal are matched whole."""
    same = 0
    for kind, a, b, c, d in SequenceMatcher(None, original, read, autojunk=False).get_opcodes():
        if kind == "equal":
            same += sum(map(len, original[a:b]))
        elif kind == "replace":
            pair = SequenceMatcher(None, "".join(original[a:b]), "".join(read[c:d]), autojunk=False)
            same += sum(block.size for block in pair.get_matching_blocks())
    return same / max(sum(map(len, original)), 1)


def printed(lines: Sequence[str], folder: Path, profile: Path) -> bytes:
    """The lines as a PDF of A4 pages; raises CorpusError without LibreOffice."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise CorpusError("LibreOffice is not installed; install it to print documents (apt-get install libreoffice-writer)")
    page = folder / "document.fodt"
    title = next((line for line in lines[:3] if zones.is_title(line)), "文件")
    body = "\n".join(_element(line, i) for i, line in enumerate(lines))
    page.write_text(_TEMPLATE.read_text("utf-8").replace("{title}", html.escape(title[:20])).replace("{body}", body), "utf-8")
    command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(page)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    target = page.with_suffix(".pdf")
    if not target.is_file():
        raise CorpusError(f"LibreOffice printed nothing ({done.stderr.strip()[-200:]}); try it by hand on {page}")
    return target.read_bytes()


def _element(line: str, place: int) -> str:
    """A line as a paragraph: a title at the head in large type, the 文号 and those it is sent to without an indent."""
    style = "Plain" if zones.is_addressee(line) or zones.is_number(line) else "Body"
    if place == 0 and zones.is_title(line):
        style = "Title"
    return f'<text:p text:style-name="{style}">{html.escape(line)}</text:p>'


def scanned(data: bytes) -> bytes:
    """A PDF of the pages as gray pictures."""
    with pypdfium2.PdfDocument(data) as document:
        pictures = [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]
    target = io.BytesIO()
    pictures[0].save(target, "PDF", save_all=True, append_images=pictures[1:], resolution=DPI, quality=80)
    return target.getvalue()


def measure(path: Path, forms: Sequence[str], work: Path, tell: Callable[[Result], None]) -> list[Result]:
    """Prints one document, reads it back in each of the forms, and tells each result."""
    read = registry.read(path.read_bytes(), path.name).lines
    original = tree(read)
    lines = [line for _, line in clean.clean(read)]
    results: list[Result] = []
    with tempfile.TemporaryDirectory(dir=work) as folder:
        data = printed(lines, Path(folder), work / "profile")
    for form in forms:
        given = scanned(data) if form == "scan" else data
        start = time.monotonic()
        source = pdf.read(given, f"{path.stem}.pdf")
        seconds = round(time.monotonic() - start, 1)
        (work / f"{path.stem}.{form}.txt").write_text("\n".join(line for _, line in source.lines), "utf-8")
        result = Result(path.name, form, max(source.pages), seconds, compared(original, tree(source.lines)))
        tell(result)
        results.append(result)
    return results


def show(result: Result) -> str:
    score = result.score
    numbers = f"{score.clauses:.4f} {score.labels:.4f} {score.characters:.4f}"
    return f"{result.form:5}{numbers}{result.pages:5}{result.seconds:8.1f}  {result.name}"


def mean(results: Sequence[Result], form: str) -> Score:
    """The mean over the documents in one form."""
    scores = [result.score for result in results if result.form == form]
    return Score(*(sum(values) / len(scores) for values in zip(*((s.clauses, s.labels, s.characters) for s in scores), strict=True)))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m zhice.eval.formats.scans", description="Prints documents and reads them back.")
    parser.add_argument("files", nargs="+", type=Path, help="texts or web pages")
    parser.add_argument("--scans", action="store_true", help="read pictures of the pages, too (half a minute a page)")
    parser.add_argument("--work", type=Path, help="where to leave what was read, as text")
    parser.add_argument("--json", type=Path, help="where to write the results")
    given = parser.parse_args(arguments)
    forms = ["pdf", "scan"] if given.scans else ["pdf"]
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as temporary:
        work = given.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        print("form clauses labels characters pages seconds")
        try:
            for path in given.files:
                results += measure(path, forms, work.resolve(), lambda result: print(show(result), flush=True))
        except ZhiceError as error:
            print(error, file=sys.stderr)
            return 1
    for form in forms:
        print(f"{form:5}{' '.join(f'{value:.4f}' for value in asdict(mean(results, form)).values())}  mean of {len(given.files)}")
    if given.json:
        given.json.write_text(json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=1), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
