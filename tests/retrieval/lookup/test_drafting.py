"""What a clause is about: its heading, or its first words, never cut within a part of a sentence."""

import pytest

from zhice.corpus.model import Clause, Document
from zhice.retrieval.lookup import drafting

LONG = "完成国家自主创新示范区三年行动计划确定的各项年度指标任务并按照要求分别报送市政府和省科技厅以及国家有关主管部门备案审查"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("推进知识产权质押融资。", "推进知识产权质押融资。"),
        (
            "开展高新技术企业培育,建立培育库,完善服务体系,组织企业申报,开展政策培训和业务辅导,落实税收优惠政策,加强统计监测分析。",
            "开展高新技术企业培育,建立培育库,完善服务体系,组织企业申报,开展政策培训和业务辅导,落实税收优惠政策…",
        ),
        (f"{LONG},再报国务院。", f"{LONG}…"),  # a long first part stands whole
        (f"{LONG}。再报国务院。", LONG),
    ],
)
def test_topic(text, topic):
    clause = Clause("d/1", "item", "", "", 0, len(text), len(text), "", (), ())
    assert drafting.topic(Document("d", "d", text), clause) == topic
