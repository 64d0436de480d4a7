"""Quotes as they are read with ease: the deciding sentence strong, what stands around it quieter, and long words folded."""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from zhice.retrieval.model import Line, Segment
from zhice.web.citing import Shown
from zhice.web.texts import say

OPEN = 200
"""After about how many characters a quote is folded."""
SPARE = 60
"""How many characters are not worth a fold."""
HEADED = 60
"""How many characters a sentence has at most that stands at the head of a task like a title."""
_STOP = re.compile(r"[。；;！!？?]|$")
_HEAD = re.compile(rf"[^。；;]{{2,{HEADED}}}[。；;]")
Segments = tuple[Segment, ...]


def lines(told: Sequence[Line], shown: Shown) -> list[str]:
    """Lines one after another; what follows the deciding sentence of its own clause is quieter."""
    before = (None, *told)
    return [paragraph(line, shown, behind=_behind(line, last)) for last, line in zip(before, told, strict=False)]


def paragraph(line: Line, shown: Shown, *, behind: bool = False) -> str:
    """A line by itself; `behind` says that its clause's deciding sentence was told before it."""
    if line.kind or len(numbers := [number for number, _ in line.runs]) != 1 or not numbers[0]:
        return shown.paragraph(line)
    if behind:
        return _folded(line.segments, "rest", shown, chip=False)
    if not any(segment.role == "key" for segment in line.segments):
        first = numbers == [1]  # the likeliest of all is told as it stands
        return shown.paragraph(line) if first or shown.whole else _folded(line.segments, "", shown, chip=True)
    strong, rest = split(line.segments, _decided(line.segments))
    return f'<p class="deciding">{shown.words(Line(strong))}</p>{_folded(rest, "rest", shown, chip=False)}'


def task(segments: Segments, shown: Shown) -> str:
    """What is to be done: its title strong, all else as a quote."""
    strong, rest = split(segments, _headed(segments, shown))
    if not strong:
        return _folded(segments, "topic", shown, chip=True)
    return f'<p class="topic"><strong>{shown.plain(strong)}</strong>{shown.chips(strong)}</p>{_folded(rest, "rest", shown, chip=False)}'


def split(segments: Segments, at: int) -> tuple[Segments, Segments]:
    """Segments before and from a place of their words on."""
    before: list[Segment] = []
    for number, segment in enumerate(segments):
        if at < len(segment.text):
            head = (replace(segment, text=segment.text[:at]),) if at else ()
            return (*before, *head), (replace(segment, text=segment.text[at:]), *segments[number + 1 :])
        before.append(segment)
        at -= len(segment.text)
    return tuple(before), ()


def _behind(line: Line, last: Line | None) -> bool:
    """Whether a line tells the rest of the clause whose deciding sentence stands before it."""
    if last is None or last.kind or line.kind:
        return False
    keyed = [any(segment.role == "key" for segment in one.segments) for one in (last, line)]
    return keyed == [True, False] and {s.citation for s in last.segments} == {s.citation for s in line.segments}


def _decided(segments: Segments) -> int:
    """Where the sentence ends that has the last of the deciding words."""
    text, end, at = "".join(segment.text for segment in segments), 0, 0
    for segment in segments:
        at += len(segment.text)
        end = at if segment.role == "key" else end
    stop = _STOP.search(text, end)
    return stop.end() if stop else len(text)


def _headed(segments: Segments, shown: Shown) -> int:
    """Where the title of a task ends: the heading of its clause, or a first sentence that is short; 0 without one."""
    text, number = "".join(segment.text for segment in segments), segments[0].citation
    heading = shown.citations[number - 1].clause.heading if 0 < number <= len(shown.citations) else ""
    if heading and 0 <= (at := text.find(heading)) < HEADED:
        end = at + len(heading)
        return end + text.startswith(("。", "；", "."), end)
    found = _HEAD.match(text)
    return found.end() if found else 0


def _folded(segments: Segments, style: str, shown: Shown, *, chip: bool) -> str:
    """A paragraph, what is long of it folded at the end of a sentence; with a chip where none was shown."""
    if not "".join(segment.text for segment in segments).strip():
        return ""
    opened, rest = (segments, ()) if shown.whole else split(segments, _fold(segments))
    named = f' class="{style}"' if style else ""
    told = f"<p{named}>{shown.words(Line(opened)) if chip else shown.plain(opened)}</p>"
    if not rest:
        return told
    more = escape(say("answer.more_words", shown.language, n=sum(len(segment.text) for segment in rest)))
    return f'{told}<details class="fold"><summary>{more}</summary><p{named}>{shown.plain(rest)}</p></details>'


def _fold(segments: Segments) -> int:
    """Where words are folded: at the end of a sentence, behind all that is marked; their length where no fold is worth it."""
    text = "".join(segment.text for segment in segments)
    marked = _decided(segments) if any(segment.role == "key" for segment in segments) else 0
    if len(text) <= max(OPEN, marked) + SPARE:
        return len(text)
    stops = [at + 1 for mark in "。；;，," if (at := text.rfind(mark, OPEN // 2, OPEN + SPARE)) >= 0]
    return max(marked, stops[0] if stops else OPEN)
