"""Who acts in a sentence of prose, also where no verb of a role tells it."""

import pytest

from zhice.corpus import prose

ROWS = (
    ("市科技局要建立台账。各有关单位积极支持。", [("市科技局要建立台账", ["市科技局"])]),
    ("市科技局拟安排课题。市科技局拟订的清单另行印发。", [("市科技局拟安排课题", ["市科技局"])]),  # 拟订 is an act of its own
    (
        "市财政局一直安排专项资金;市水利局今年已建成3座泵站。",
        [("市财政局一直安排专项资金", ["市财政局"]), ("市水利局今年已建成3座泵站", ["市水利局"])],
    ),
    ("办法由市财政局制定。", [("办法由市财政局制定", ["市财政局"])]),
    ("市发展改革委、市财政局应当定期监督;到2020年,建成10个中心。", [("市发展改革委、市财政局应当定期监督", ["市发展改革委", "市财政局"])]),
    ("企业要加强管理,自觉接受监督。", []),
    ("培育高新技术企业30家。", []),
)


@pytest.mark.parametrize(("text", "told"), ROWS)
def test_who_acts(text, told):
    found = prose.actors(text, 0, len(text))
    assert [(text[slice(*span)], [name.text for name in names]) for span, names in found] == told


def test_only_between_two_offsets():
    text = "市科技局要建立台账。市财政局要安排资金。"
    assert [text[slice(*span)] for span, _ in prose.actors(text, text.index("市财政局"), len(text))] == ["市财政局要安排资金"]
