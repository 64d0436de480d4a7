"""What is left of a document that was printed and read back."""

import shutil

import pytest

from zhice.eval.formats import scans

ORIGINAL = ["公园管理办法", "第一条 公园免费开放。", "第二条 市园林局负责养护。"]


def tree(lines):
    return scans.tree(list(enumerate(lines, 1)))


@pytest.mark.parametrize(
    ("read", "clauses", "labels", "characters"),
    [
        (ORIGINAL, 1, 1, 1),
        (["公园管理办法", "第一条公园免费开放。", "第二条 市园林局 负责养护。"], 1, 1, 1),
        (["公园管理办法", "第一条 公园免费幵放。", "第二条 市园林局负责养护。"], 2 / 3, 1, 27 / 28),
        (["公园管理办法", "第一条 公园免费开放。第二条 市园林局负责养护。"], 1 / 3, 2 / 3, 1),
    ],
)
def test_spaces_do_not_count_and_characters_clauses_and_labels_do(read, clauses, labels, characters):
    score = scans.compared(tree(ORIGINAL), tree(read))
    assert (score.clauses, score.labels, score.characters) == pytest.approx((clauses, labels, characters), abs=1e-3)


def test_a_document_printed_by_libreoffice_is_read_back_whole(tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("no LibreOffice: install libreoffice-writer")
    path = tmp_path / "办法.txt"
    path.write_text("\n".join([*ORIGINAL, "第三条 " + "本市鼓励社会力量参与公园建设，" * 40 + "具体办法另行制定。"]), "utf-8")
    (result,) = scans.measure(path, ["pdf"], tmp_path, lambda _: None)
    assert result.score == scans.Score(1.0, 1.0, 1.0)
