"""A plot of growth as SVG: two panels, time and memory of a search against the number of passages, both axes logarithmic."""

from collections.abc import Sequence
from html import escape
from math import ceil, floor, log10

from zhice.eval.bench.runs import Result
from zhice.eval.bench.systems import OURS
from zhice.eval.bench.table import NAMES

WIDTH, HEIGHT = 420, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 86, 40, 48
PANELS = {"p50": "检索中位数 query p50", "resident": "检索时内存 memory when searching"}
_COLOURS = {OURS: "#c2410c", "langchain": "#1d4ed8", "txtai": "#15803d"}
_STYLE = (
    "text{font:12px sans-serif;fill:#1f2937}.title{font-weight:600;font-size:14px}.grid{stroke:#d1d5db}polyline{fill:none;stroke-width:2}"
)

Line = list[tuple[float, float]]  # passages, value


def svg(results: Sequence[Result]) -> str:
    """The plot; values are multiples of ours at the smallest size."""
    panels = "".join(f'<g transform="translate({n * WIDTH} 0)">{_panel(results, measure)}</g>' for n, measure in enumerate(PANELS))
    said = "；".join(f"{label}：{_said(lines(results, measure))}" for measure, label in PANELS.items())
    size = f'viewBox="0 0 {WIDTH * len(PANELS)} {HEIGHT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><title>随段落数的变化 Growth</title><desc>{escape(said)}</desc>'
        f'<style>{_STYLE}</style><rect width="100%" height="100%" fill="#fff"/>{panels}</svg>\n'
    )


def lines(results: Sequence[Result], measure: str) -> dict[str, Line]:
    """For each system its values by rising size, as multiples of ours at the smallest."""
    ordered = sorted(results, key=lambda result: result.texts)
    unit = ordered[0].systems[OURS][measure]
    names = dict.fromkeys(name for result in ordered for name in result.systems)
    return {name: [(r.texts, r.systems[name][measure] / unit) for r in ordered if name in r.systems] for name in names}


def _said(drawn: dict[str, Line]) -> str:
    return "，".join(f"{NAMES[name]} " + " ".join(f"{int(x)}→{y:.2f}" for x, y in line) for name, line in drawn.items())


def _panel(results: Sequence[Result], measure: str) -> str:
    drawn = lines(results, measure)
    across = _Axis([x for line in drawn.values() for x, _ in line], LEFT, WIDTH - RIGHT)
    up = _Axis([y for line in drawn.values() for _, y in line], HEIGHT - BOTTOM, TOP)
    marks = [f'<text class="title" x="{LEFT}" y="20">{escape(PANELS[measure])}</text>']
    for power in up.powers:
        y = up.at(10**power)
        marks.append(f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>')
        marks.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10**power:g}×</text>')
    for power in across.powers:
        x = across.at(10**power)
        marks.append(f'<line class="grid" x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{HEIGHT - BOTTOM}"/>')
        marks.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{10**power:,}</text>')
    marks.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">段落 passages</text>')
    named = sorted(drawn, key=lambda name: drawn[name][-1][1])
    places = _apart([up.at(drawn[name][-1][1]) for name in named])
    for name, y in zip(named, places, strict=True):
        marks.append(_drawn(name, [(across.at(a), up.at(b)) for a, b in drawn[name]], y))
    return "".join(marks)


def _drawn(name: str, points: Line, y: float) -> str:
    colour = _COLOURS[name]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in points)
    label = f'<text x="{points[-1][0] + 8:.1f}" y="{y + 4:.1f}" style="fill:{colour}">{escape(NAMES[name])}</text>'
    return f'<polyline points="{path}" stroke="{colour}"/>{dots}{label}'


def _apart(places: Sequence[float], gap: float = 15) -> list[float]:
    """The places of labels, given from the lowest on the page up, moved so that none covers another."""
    out: list[float] = []
    for place in places:
        out.append(min(place, out[-1] - gap) if out else place)
    return out


class _Axis:
    """A logarithmic axis over whole powers of ten, from one place on the page to another."""

    def __init__(self, values: Sequence[float], start: float, stop: float) -> None:
        low, high = floor(log10(min(values))), ceil(log10(max(values)))
        self.powers = range(low, max(high, low + 1) + 1)
        self._start, self._step = start, (stop - start) / (len(self.powers) - 1)

    def at(self, value: float) -> float:
        """Where a value is."""
        return self._start + (log10(value) - self.powers[0]) * self._step
