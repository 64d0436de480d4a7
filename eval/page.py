"""A report as a page that stands alone: figures, what confidence is worth, and every miss beside what was expected."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

from zhice.eval import as_they_are, charts, curves, report
from zhice.eval.measures import FIGURES, Figures, found
from zhice.eval.runs import ALL, Group, Judged, Report

LONGEST = 1200
CITED = 240
_STYLE = Path(__file__).with_name("page.css")
# The page needs nothing from outside, and the policy lets nothing in, should a document's text ever slip through.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_LABELS = {
    "success": "答对",
    "recall": "依据召回",
    "first": "首条即依据",
    "precision": "引用精度",
    "items": "要点",
    "who_f1": "部门 F1",
    "chars": "引用字数",
    "refusal_recall": "该拒已拒",
    "answering": "该答已答",
    "refusal_precision": "拒答精度",
    "balanced": "均衡",
    "auc": "可答可辨",
}
_KINDS = {
    "set": ("按题集", "By set"),
    "intent": ("按问题种类", "By intent"),
    "style": ("按问法", "By style"),
    "document": ("按文件", "By document"),
}


def as_html(shown: Report) -> str:
    """The page. All text in it is escaped."""
    head = (
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>回答准确率 Answer accuracy</title><style>{_STYLE.read_text('utf-8')}</style>"
    )
    body = f"{_summary(shown)}{_confidence(shown)}{_groups(shown)}{_misses(shown)}"
    return f'<!doctype html>\n<html lang="zh-CN"><head>{head}</head><body><main>{body}</main></body></html>\n'


def _summary(shown: Report) -> str:
    count, missed = len(shown.judged), len(report.failed(shown))
    figures = shown.figures
    cards = "".join(_card(_LABELS[name], name, _shown(name, figures[name])) for name in report.present(figures))
    said = f"{count} 题，答错 {missed} 题{f'，没有回答 {shown.missing} 题' if shown.missing else ''}。"
    english = f"{count} questions, {missed} missed{f', {shown.missing} without an answer' if shown.missing else ''}."
    return f'<h1>回答准确率 <small>Answer accuracy</small></h1><p>{said} <small>{english}</small></p><dl class="cards">{cards}</dl>'


def _confidence(shown: Report) -> str:
    outcomes = [(one.confidence, one.success) for one in shown.judged if one.answered]
    if not outcomes:
        return ""
    bins, points = curves.reliability(outcomes), curves.risk_coverage(outcomes)
    return (
        f"{_heading('置信度', 'Confidence')}"
        f'<p class="soft">只算作了回答的 {len(outcomes)} 题。 Over the {len(outcomes)} answered questions.</p><div class="charts">'
        + _figure(
            "可靠性曲线 Reliability curve",
            charts.reliability(bins),
            f"期望校准误差 ECE = {curves.calibration_error(bins):.3f}；柱上是题数，圆点在平均置信度处，虚线是完全校准。"
            "Counts above the bars; dots at the mean confidence; dashed: perfect calibration.",
        )
        + _figure(
            "风险—覆盖曲线 Risk–coverage curve",
            charts.risk_coverage(points),
            f"曲线下面积 AURC = {curves.area(points):.3f}；只留最有把握的一部分回答时，其中答错的比例。"
            "Share of wrong answers among the surest.",
        )
        + f"</div>{_bin_table(bins)}"
    )


def _figure(title: str, chart: str, note: str) -> str:
    return f'<figure><figcaption>{escape(title)}</figcaption>{chart}<p class="soft">{escape(note)}</p></figure>'


def _bin_table(bins: Sequence[curves.Bin]) -> str:
    head = ("置信度 confidence", "题数 n", "平均置信度 mean", "答对 success")
    rows = [(f"{b.low:.1f}–{b.high:.1f}", str(b.count), f"{b.confidence:.3f}", f"{b.success:.3f}") for b in bins]
    body = "".join(f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>' for row in rows)
    return f"<details><summary>各段的数字 <small>Figures of the bins</small></summary>{_table(head, body)}</details>"


def _groups(shown: Report) -> str:
    out = ""
    for kind, (label, english) in _KINDS.items():
        named = {name.removeprefix(f"{kind} "): group for name, group in shown.groups.items() if name.startswith(f"{kind} ")}
        if named:
            plain = {f"检索前 {as_they_are.SHOWN} 条原样 {as_they_are.NAME}": shown.plain} if shown.plain else {}
            out += _heading(label, english) + _group_table(named | {"合计 all": shown.groups[ALL]} | plain)
    return out


def _group_table(groups: Mapping[str, Group]) -> str:
    head = ("", "题数 n", *(f"{_LABELS[name]} {name}" for name in FIGURES))
    return _table(head, "".join(_group_row(name, group) for name, group in groups.items()))


def _group_row(name: str, group: Group) -> str:
    cells = "".join(_cell(figure, group.figures) for figure in FIGURES)
    return f'<tr><th scope="row" title="{escape(name)}">{escape(name)}</th><td>{group.count}</td>{cells}</tr>'


def _cell(name: str, figures: Figures) -> str:
    if name not in figures:
        return "<td>–</td>"
    share = f' class="share" style="--share:{figures[name]:.3f}"' if name == "success" else ""
    return f"<td{share}>{_shown(name, figures[name])}</td>"


def _table(head: Iterable[str], body: str) -> str:
    columns = "".join(f'<th scope="col">{"<br>".join(escape(name).rsplit(" ", 1))}</th>' for name in head)
    return f'<div class="scroll" tabindex="0"><table><thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table></div>'


def _misses(shown: Report) -> str:
    failed = report.failed(shown)
    listed = "".join(_miss(one) for one in failed) or "<p>没有答错的题。 <small>None.</small></p>"
    return f"{_heading(f'答错的题（{len(failed)}）', f'Misses ({len(failed)})')}{listed}"


def _miss(one: Judged) -> str:
    question = one.question
    where = " · ".join((question.intent, question.style, *question.docs))
    before = "".join(f'<p class="soft">上一问：{escape(text)}</p>' for text in question.history)
    return (
        f'<article class="miss"><h3><small>{escape(question.id)}</small> {escape(question.question)}</h3>'
        f'<p class="soft">{escape(where)}</p>{before}'
        f'<div class="pair"><div class="want"><h4>应答 Expected</h4>{_expected(one)}</div>'
        f'<div class="got"><h4>实答 Got</h4>{_got(one)}</div></div></article>\n'
    )


def _expected(one: Judged) -> str:
    question = one.question
    if not question.answerable:
        return "<p>拒答 <small>(a refusal)</small></p>"
    evidence, items = found(question, one.row)
    needed = "任引一处即可 any one" if question.any_of else "都要引用 all"
    out = f'<p class="said">{escape(question.answer)}</p>'
    if items:
        out += f"<h4>要点 Items</h4>{_marks(question.answer_items, items)}"
    return out + f"<h4>依据 Evidence（{needed}）</h4>{_marks(question.evidence, evidence)}"


def _marks(texts: Sequence[str], there: Sequence[bool]) -> str:
    """Each text with whether the answer has it, in words too for those who do not see the mark."""
    rows = (
        f'<li class="{"yes" if ok else "no"}" title="{"有" if ok else "缺"}">{escape(text)}</li>'
        for text, ok in zip(texts, there, strict=True)
    )
    return f'<ul class="marks">{"".join(rows)}</ul>'


def _got(one: Judged) -> str:
    if one.row is None:
        return "<p>没有回答 <small>(no answer)</small></p>"
    text = str(one.row.get("text") or "")
    if not one.answered:
        return f'<p>拒答 <small>(refused)</small></p><p class="said">{escape(str(one.row.get("reason") or text))}</p>'
    cited = "".join(_citation(citation) for citation in one.row.get("citations", ()))
    return (
        f'<p class="said">{escape(_cut(text, LONGEST))}</p><p class="soft">置信度 confidence {one.confidence:.2f}</p>'
        f"<details><summary>引用 Cited（{len(one.row.get('citations', ()))}）</summary><ol>{cited}</ol></details>"
    )


def _citation(citation: Mapping[str, object]) -> str:
    text = _cut(str(citation.get("text") or ""), CITED)
    return f"<li><small>{escape(str(citation['clause_id']))}</small><br>{escape(text)}</li>"


def _heading(label: str, english: str) -> str:
    return f"<h2>{escape(label)} <small>{escape(english)}</small></h2>"


def _card(label: str, name: str, value: str) -> str:
    return f"<div><dt>{escape(label)}<br>{escape(name)}</dt><dd>{value}</dd></div>"


def _shown(name: str, value: float) -> str:
    return f"{value:.0f}" if name == "chars" else report.shown(value)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
