"""What was read, as `zhice index` tells it: a line for each file with something to tell, and a line for all."""

from collections import Counter
from collections.abc import Iterator, Sequence

from zhice.corpus.formats.source import CONVERTED, OCR, TEXT
from zhice.corpus.reading import UNSURE, Report

HOW = {TEXT: "文字", CONVERTED: "转换后的文字", OCR: "图像识别"}


def lines(reports: Sequence[Report]) -> Iterator[str]:
    """Files as plain text without a word to say are counted, the others have a line each."""
    for report in reports:
        if report.skipped:
            yield f"跳过 {report.file}：{report.skipped}"
        elif told := _told(report):
            yield f"读出 {report.file}：{told}"
    yield summary(reports)


def summary(reports: Sequence[Report]) -> str:
    """`读出 3 份（文字 2，图像识别 1），其中 1 份有缺失；跳过 1 份`."""
    read = [report for report in reports if not report.skipped]
    how = "，".join(f"{HOW.get(kind, kind)} {count}" for kind, count in Counter(report.how for report in read).items())
    lost = sum(bool(report.losses) for report in read)
    return f"读出 {len(read)} 份（{how}），其中 {lost} 份有缺失；跳过 {len(reports) - len(read)} 份"


def _told(report: Report) -> str:
    """How a file was read, what is missing, and what to mind; "" for text with nothing to say."""
    sure = f"（可信度 {report.confidence:.2f}{'，偏低' if report.confidence < UNSURE else ''}）" if report.how == OCR else ""
    how = "" if report.how == TEXT else f"{HOW.get(report.how, report.how)}{sure}"
    losses = [f"缺 {loss.what}{f' {loss.where}' if loss.where else ''}{f'（{loss.why}）' if loss.why else ''}" for loss in report.losses]
    return "；".join(filter(None, (how, *losses, *(f"注意：{warning}" for warning in report.warnings))))
