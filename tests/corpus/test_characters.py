"""Traditional characters: converted in what is written in them, while simplified texts and names of places stay."""

import pytest

from zhice.corpus import characters


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("乾县水利局负责河道巡查。", "乾县水利局负责河道巡查。"),  # simplified: nothing is converted
        ("乾县与若干县", "乾县与若干县"),
        ("瞭望塔的著作权", "瞭望塔的著作权"),
        ("乾縣水利局負責河道巡查。", "乾县水利局负责河道巡查。"),  # traditional: all but the name
        ("乾安縣發放若干補貼，曬乾糧食", "乾安县发放若干补贴，晒干粮食"),
        ("乾安县的補貼標準", "乾安县的补贴标准"),  # a question of both scripts
        ("", ""),
    ],
)
def test_simplified(raw, plain):
    assert characters.simplified(raw) == plain


def test_a_text_of_names_only_is_not_traditional():
    assert not characters.is_traditional("乾安县、乾县")
    assert characters.is_traditional("綠化條例")
