"""Tasks that prose tells without a role verb; expected sentences are read from the plan below."""

import pytest

from zhice.corpus import library
from zhice.index import store as stores
from zhice.index.embedding import HashEmbedder
from zhice.retrieval.assistant import Assistant

PLAN = """平湖市城市内涝治理方案

平政发〔2022〕21号

一、分工
(一)落实职责。市住房城乡建设局要在每年汛前清掏雨水管网。自然资源部门应当划拨泵站用地,并及时办理手续。企业应当配合施工。
(二)编制规划。排水规划由市水利局会同市财政局编制。
(三)完善预案。市水利局、市气象局负责发布预警。
二、其他
(四)市水利局每年接受人大监督,群众向市水利局反映的问题应当公开。
(五)定期会商。在市水利局统筹下,各区要按月会商。
"""


@pytest.fixture(scope="module")
def drained(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drained")
    (folder / "drained.txt").write_text(PLAN, "utf-8")
    stores.build(library.load_folder(folder), HashEmbedder(), folder / "store")
    return Assistant(stores.load(folder / "store"), HashEmbedder())


TOLD = [  # question, the sentences told, words of other clauses
    ("住房城乡建设局要做什么", ("市住房城乡建设局要在每年汛前清掏雨水管网。",), ("划拨", "反映的问题")),  # A要…
    ("自然资源部门承担哪些任务", ("自然资源部门应当划拨泵站用地,并及时办理手续。",), ("清掏",)),  # 应当, a department of any level
    ("水利局负责哪些工作", ("市水利局会同市财政局编制", "市水利局、市气象局负责发布预警"), ("反映的问题", "按月会商")),
]


@pytest.mark.parametrize(("question", "sentences", "others"), TOLD)
def test_what_a_department_is_to_do_is_told(question, sentences, others, drained):
    answer = drained.ask(question)
    assert answer.kind == "tasks"
    assert all(words in answer.text for words in sentences)
    assert not any(words in answer.text for words in others)


def test_a_role_that_prose_does_not_tell_is_not_made_up(drained):
    """What the bureau does is quoted; that it leads is said of none of it."""
    assert "牵头" not in drained.ask("住房城乡建设局牵头哪些工作").text
