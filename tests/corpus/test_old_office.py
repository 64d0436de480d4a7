"""Old Office files made byte by byte: which kind one is by its streams, and the cells of an old workbook."""

import pytest

from tests.corpus.compound import ERROR, compound, date, xls
from zhice.corpus.formats import kinds, sheet
from zhice.corpus.formats.source import Loss
from zhice.errors import CorpusError


@pytest.mark.parametrize(
    ("stream", "name", "kind"),
    [
        ("WordDocument", "a.doc", "doc"),
        ("WordDocument", "a.xls", "doc"),
        ("WordDocument", "a.wps", "wps"),
        ("Workbook", "a.wps", "xls"),
        ("Book", "a", "xls"),
        ("PowerPoint Document", "a.doc", "ppt"),
        ("Else", "a.doc", "ole"),
    ],
)
def test_what_an_old_file_is(stream, name, kind):
    assert kinds.of(compound({stream: b"x"}), name) == kind


@pytest.mark.parametrize("stream", ["EncryptedPackage", "EncryptionInfo"])
def test_an_encrypted_one_is_told(stream):
    with pytest.raises(CorpusError, match=r"^a\.docx: encrypted; save it without a password"):
        kinds.of(compound({stream: b"x"}), "a.docx")


ROWS = [
    ["任务", "部门", "日期", "完成", "金额"],
    ["修路", "市交通局", date(45413), True, 3.0],
    [None, "市城管局", ERROR, False, 2.5],
    ["种树", "市园林局", date(45413.5), True, 1.0],
]


def test_the_cells_of_an_old_workbook():
    read = sheet.read(xls({"清单": ROWS, "底稿": [["草稿"]]}, hidden=["底稿"], merged=[(1, 2, 0, 0)]), "a.xls")
    assert read.lines == (
        (1, "任务 | 部门 | 日期 | 完成 | 金额"),
        (2, "任务：修路 | 部门：市交通局 | 日期：2024-05-01 | 完成：是 | 金额：3"),
        (3, "任务：修路 | 部门：市城管局 | 完成：否 | 金额：2.5"),
        (4, "任务：种树 | 部门：市园林局 | 日期：2024-05-01 12:00 | 完成：是 | 金额：1"),
    )
    assert read.losses == (Loss("sheet", "底稿", "hidden"),)
