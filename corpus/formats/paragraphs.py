"""Lines of a page into paragraphs, by where they begin and end, the room between them, and the ends of sentences."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from zhice.corpus import lines as numbers
from zhice.corpus import zones
from zhice.corpus.formats.layout import Line, units

_ENDS = re.compile(r"[。！？!?；;：:…][”’」』）)》]*$")
_LEADERS = re.compile(r"(?:[.…·．]\s?){4,}\s?\d*$")
_WORD = re.compile(r"[A-Za-z0-9.,%％:/~\-]+")
_FOOTNOTE = re.compile(r"\[\d{1,3}\]|[①-⑳]")
_UNFINISHED = re.compile(r"[，、,（(《“〔]$|[《“〔（][^》”〕）]{0,60}$")
_WITHIN = frozenset({"cn_paren", "num", "num_paren", "circled", "ordinal"})
"""Numbers that a line may begin with by chance where paragraphs are indented: they also stand within sentences."""
_CLOSING = "，。、；：？！）》”’」』】〕,.;:?!)]%％"
_OPENING = re.compile(r"^[（(].*[）)]$")


@dataclass(frozen=True, slots=True)
class Frame:
    """The margins of a column."""

    left: float
    right: float


class Joiner:
    """Knows how the lines of one document are set: margins, pitch of lines, size of the body, whether paragraphs are indented."""

    def __init__(self, lines: Sequence[Line], tolerance: float = 1.18) -> None:
        """`tolerance` is how many times as large type may be that still is of one size."""
        self.tolerance = tolerance
        self.frames = _frames(lines)
        self.body = _body(lines)
        pairs = [(a, b) for a, b in pairwise(lines) if a.column == b.column]
        wrapped = [(b.top - a.top) / max(a.size, 1) for a, b in pairs if self._room(a) < 1.5 * a.em and b.top > a.top]
        self.pitch = _low(wrapped or [(b.top - a.top) / max(a.size, 1) for a, b in pairs if b.top > a.top])
        starts = [(a, b) for a, b in pairs if self._room(a) > 2.5 * a.em and a.size < tolerance * b.size and b.size < tolerance * a.size]
        self.indented = 2 * sum(1.2 <= self._indent(b) <= 3.5 for _, b in starts) > len(starts)
        gap = median((b.top - a.top) / max(a.size, 1) for a, b in starts) if starts else self.pitch
        self.spaced = gap > 1.1 * self.pitch
        self.most = (gap + self.pitch) / 2 if self.spaced else 1.45 * self.pitch

    def join(self, lines: Sequence[Line]) -> Iterator[list[Line]]:
        """The lines of each paragraph; footnotes at the foot of a page come after the paragraph that goes on over its end."""
        notes = self._notes(lines)
        waiting = list(self._joined(notes))
        at = {id(line): i for i, line in enumerate(lines)}
        taken = {id(line) for line in notes}
        for paragraph in self._joined(line for line in lines if id(line) not in taken):
            while waiting and at[id(waiting[0][0])] < at[id(paragraph[0])]:
                yield waiting.pop(0)
            yield paragraph
        yield from waiting

    def _notes(self, lines: Sequence[Line]) -> list[Line]:
        """The lines in smaller type at the foot of pages, from a mark of a footnote on."""
        notes: list[Line] = []
        page = 0
        for line in lines:
            small = line.size < 0.93 * self.body
            if small and (page == line.page or _FOOTNOTE.match(line.text)):
                notes.append(line)
                page = line.page
            else:
                page = 0
        return notes

    def _joined(self, lines: Iterable[Line]) -> Iterator[list[Line]]:
        paragraph: list[Line] = []
        for line in lines:
            if paragraph and not self._continues(paragraph, line):
                yield paragraph
                paragraph = []
            paragraph.append(line)
        if paragraph:
            yield paragraph

    def _continues(self, paragraph: list[Line], line: Line) -> bool:
        last = paragraph[-1]
        small, large = sorted((last.size, line.size))
        if large > self.tolerance * small or self._apart(last, line) or _stands_alone(line.text) or _stands_alone(last.text):
            return False
        if self._is_heading(last) and self._is_heading(line):
            return self._one_heading(paragraph, line)
        if self._is_heading(last) != self._is_heading(line) and max(last.size, line.size) > 1.05 * self.body:
            return False
        mark = numbers.mark(line.text.lstrip())
        marked = mark is not None
        if self._is_centred(last) and self._is_centred(line) and _is_open(paragraph) and not marked:
            return True
        ended = bool(_ENDS.search(last.text))
        indent = self._indent(line)
        within = self.indented and mark is not None and mark.style in _WITHIN
        if indent < -0.8 or (ended and marked and not within):
            return False
        if indent > 0.8:
            return self._hangs(paragraph, line, ended=ended, marked=marked)
        if _UNFINISHED.search(last.text):
            return True
        if self._room(last) > _need(line) + 1.2 * last.em:
            return False
        return not ended or self.indented or self.spaced or self._room(last) < 0.9 * last.em

    def _hangs(self, paragraph: list[Line], line: Line, *, ended: bool, marked: bool) -> bool:
        """Whether an indented line goes on with a paragraph that is set further in as a whole."""
        last, indent = paragraph[-1], self._indent(line)
        if ended or marked or indent > 8 or self._room(last) > _need(line) + 0.3 * last.em:
            return False
        return self._indent(last) >= 0.8 or numbers.mark(paragraph[0].text) is not None

    def _apart(self, last: Line, line: Line) -> bool:
        """Whether there is more room between the lines than between those of a paragraph."""
        if last.column != line.column:
            return False
        return not 0 < line.top - last.top <= self.most * max(last.size, line.size)

    def _is_heading(self, line: Line) -> bool:
        """Whether a line is in larger type than the body, in the middle of its column."""
        return line.size > 1.05 * self.body and self._is_centred(line)

    def _is_centred(self, line: Line) -> bool:
        frame = self._frame(line)
        return abs((line.x0 + line.x1) / 2 - (frame.left + frame.right) / 2) < 1.5 * line.em

    def _one_heading(self, paragraph: list[Line], line: Line) -> bool:
        words = line.text.strip()
        if zones.is_number(words) or numbers.mark(words) or abs(line.size - paragraph[-1].size) > 0.08 * line.size:
            return False
        return line.column == paragraph[-1].column and not _OPENING.match(words) and len(paragraph) < 5

    def _frame(self, line: Line) -> Frame:
        return self.frames[line.column]

    def _indent(self, line: Line) -> float:
        """How far from the left margin a line begins, in characters."""
        return (line.x0 - self._frame(line).left) / line.em

    def _room(self, line: Line) -> float:
        return self._frame(line).right - line.x1


def text(paragraph: Sequence[Line]) -> str:
    """The words of a paragraph; a space only where words of letters meet."""
    out = ""
    for line in paragraph:
        words = line.text.strip()
        spaced = out[-1:].isascii() and out[-1:].isalpha() and words[:1].isascii() and words[:1].isalpha()
        out += (" " if spaced else "") + words
    return out


def _is_open(paragraph: Sequence[Line]) -> bool:
    """Whether a bracket that the paragraph begins with is still open."""
    words = text(paragraph)
    return words[:1] in ("（", "(") and len(paragraph) < 8 and sum(map(words.count, "（(")) > sum(map(words.count, "）)"))


def _stands_alone(words: str) -> bool:
    words = words.strip()
    return zones.is_date(words) or zones.is_number(words) or _LEADERS.search(words) is not None


def _need(line: Line) -> float:
    """The width of what begins a line and may not be parted."""
    words = line.text.lstrip()
    found = _WORD.match(words)
    end = found.end() if found else 1
    while end < len(words) and words[end] in _CLOSING:
        end += 1
    return units(words[:end]) * line.em


def _frames(lines: Sequence[Line]) -> dict[tuple[int, int, int], Frame]:
    """The margins of every column; a column of few lines has those of its like on other pages."""
    columns: dict[tuple[int, int, int], list[Line]] = defaultdict(list)
    for line in lines:
        columns[line.column].append(line)
    own = {column: _own(of) for column, of in columns.items()}
    alike: dict[tuple[int, int], list[tuple[int, Frame]]] = defaultdict(list)
    for column, frame in own.items():
        alike[column[1:]].append((len(columns[column]), frame))
    out: dict[tuple[int, int, int], Frame] = {}
    for column, frame in own.items():
        em = columns[column][0].em
        settled = _settled(frame, alike[column[1:]], em)
        full = sum(abs(line.x1 - frame.right) <= 0.6 * em for line in columns[column])
        out[column] = Frame(settled.left, frame.right) if full >= max(4, len(columns[column]) // 4) else settled
    return out


def _own(lines: Sequence[Line]) -> Frame:
    em = median(line.em for line in lines)
    return Frame(_edge([line.x0 for line in lines], em, 1), _edge([line.x1 for line in lines], em, -1))


def _settled(frame: Frame, others: list[tuple[int, Frame]], em: float) -> Frame:
    """A frame with the margins that most of its like have, where it lies within them."""
    weights: Counter[tuple[float, float]] = Counter()
    for weight, other in others:
        weights[round(other.left / em), round(other.right / em)] += weight
    (left, right), _ = weights.most_common(1)[0]
    near = [other for _, other in others if (round(other.left / em), round(other.right / em)) == (left, right)]
    typical = Frame(median(other.left for other in near), median(other.right for other in near))
    inside = -0.7 * em <= frame.left - typical.left <= 3.5 * em and frame.right <= typical.right + 2 * em
    return Frame(min(frame.left, typical.left), max(frame.right, typical.right)) if inside else frame


def _edge(places: list[float], em: float, sign: int) -> float:
    """The outermost place that a tenth of the lines share, to half a character, and not three times as many a character within it.

    Of punctuation that hangs in the margin; the outermost place of all where no lines share one.
    """
    ordered = sorted(places, key=lambda place: sign * place)
    least = max(2, len(places) // 10)
    for place in ordered:
        inward = [sign * (other - place) for other in places]
        near = sum(0 <= by <= 0.6 * em for by in inward)
        within = sum(0.6 * em < by <= 1.2 * em for by in inward)
        if near >= least and within < 3 * near:
            return place
    return ordered[0]


def _low(values: list[float]) -> float:
    """A pitch that is common among the smaller ones: room between paragraphs makes only some of them larger."""
    return sorted(values)[len(values) // 3] if values else 1.5


def _body(lines: Sequence[Line]) -> float:
    """The size of type in which most characters are set."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.size, 1)] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 1.0
