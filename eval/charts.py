"""Two charts as inline SVG; colours and type come from the page's style."""

from collections.abc import Sequence
from html import escape

from zhice.eval.curves import Bin, Point

WIDTH, HEIGHT = 440, 340
LEFT, RIGHT, TOP, BOTTOM = 62, 14, 18, 62
TICKS = 5


def reliability(bins: Sequence[Bin]) -> str:
    """Observed success against confidence, one bar a bin with its count; the diagonal is perfect calibration."""
    frame = _Frame(1.0)
    marks = [_line(frame, [(0, 0), (1, 1)], "ideal")]
    for one in bins:
        x, y = frame.x(one.low), frame.y(one.success)
        width = frame.x(one.high) - x
        marks.append(f'<rect class="bar" x="{x + 1:.1f}" y="{y:.1f}" width="{width - 2:.1f}" height="{frame.y(0) - y:.1f}"/>')
    for one in bins:
        x, y = frame.x(one.confidence), frame.y(one.success)
        middle = (frame.x(one.low) + frame.x(one.high)) / 2
        marks.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>')
        marks.append(f'<text class="count" x="{middle:.1f}" y="{max(y - 9, TOP + 4):.1f}">{one.count}</text>')
    said = "；".join(f"{one.low:.1f}–{one.high:.1f}：{one.count} 题，答对 {one.success:.2f}" for one in bins)
    return frame.chart("可靠性曲线 Reliability curve", said, "置信度 Confidence", "答对的比例 Observed success", marks)


def risk_coverage(points: Sequence[Point]) -> str:
    """The share of wrong answers among the surest, against how many are kept."""
    top = _top(max((risk for _, risk in points), default=0.0))
    frame = _Frame(top)
    marks: list[str] = []
    if points:
        curve = [(0.0, points[0][1]), *points]
        marks = [_area(frame, curve), _line(frame, curve, "curve")]
        x, y = frame.x(points[-1][0]), frame.y(points[-1][1])
        marks.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>')
        marks.append(f'<text class="count end" x="{x - 6:.1f}" y="{y - 9:.1f}">{points[-1][1]:.3f}</text>')
    said = f"全部保留时答错的比例 {points[-1][1]:.3f}" if points else "没有回答"
    return frame.chart("风险—覆盖曲线 Risk–coverage curve", said, "保留的回答 Coverage", "答错的比例 Risk", marks)


def _top(largest: float) -> float:
    """The end of an axis that leaves some room above the largest value, in steps that read well."""
    return next((end for end in (0.05, 0.1, 0.25, 0.5) if largest <= 0.85 * end), 1.0)


class _Frame:
    """Axes from 0 to 1 along x and from 0 to `top` along y."""

    def __init__(self, top: float) -> None:
        self.top = top

    def x(self, value: float) -> float:
        return LEFT + value * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - value / self.top * (HEIGHT - TOP - BOTTOM)

    def chart(self, title: str, said: str, across: str, up: str, marks: Sequence[str]) -> str:
        middle = (TOP + HEIGHT - BOTTOM) / 2
        return (
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img"><title>{escape(title)}</title><desc>{escape(said)}</desc>'
            f"{self._axes()}{''.join(marks)}"
            f'<text class="axis" x="{(LEFT + WIDTH - RIGHT) / 2:.1f}" y="{HEIGHT - 14}">{escape(across)}</text>'
            f'<text class="axis" x="18" y="{middle:.1f}" transform="rotate(-90 18 {middle:.1f})">{escape(up)}</text></svg>'
        )

    def _axes(self) -> str:
        out: list[str] = []
        left, right, low = self.x(0), self.x(1), self.y(0)
        digits = 2 if self.top < 0.5 else 1
        for i in range(TICKS + 1):
            x, y = self.x(i / TICKS), self.y(self.top * i / TICKS)
            out.append(f'<line class="grid" x1="{left:.1f}" y1="{y:.1f}" x2="{right:.1f}" y2="{y:.1f}"/>')
            out.append(f'<text class="tick up" x="{left - 8:.1f}" y="{y + 5:.1f}">{self.top * i / TICKS:.{digits}f}</text>')
            out.append(f'<text class="tick" x="{x:.1f}" y="{low + 20:.1f}">{i / TICKS:.1f}</text>')
        return "".join(out)


def _path(frame: _Frame, points: Sequence[Point]) -> str:
    return " ".join(f"{frame.x(x):.1f},{frame.y(y):.1f}" for x, y in points)


def _line(frame: _Frame, points: Sequence[Point], kind: str) -> str:
    return f'<polyline class="{kind}" points="{_path(frame, points)}"/>'


def _area(frame: _Frame, points: Sequence[Point]) -> str:
    closed = [*points, (points[-1][0], 0.0), (points[0][0], 0.0)]
    return f'<polygon class="area" points="{_path(frame, closed)}"/>'
