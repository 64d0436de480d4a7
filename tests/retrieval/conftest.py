"""Two small plans of one town."""

import pytest

RAIL = """平湖市轨道交通建设工作方案

平政发〔2022〕6号

一、主要任务
(一)推进线路建设。市交通局组织编制线网规划。市公安局负责施工期间的道路疏导。市财政局负责筹集建设资金。
(二)做好征地拆迁。由市自然资源局牵头,市住建局、平湖铁路公司配合。
(三)发展接驳公交。开行接驳公交专线三十条。(市交通局、市城管局负责)
(四)保障安全运营。定期开展消防演练。(责任单位:市应急局、各有关区人民政府)
二、组织领导
成立市轨道交通建设领导小组,由主要领导担任组长。
"""
FAIRS = """平湖市会展业发展计划

一、展会
1.第三届茶博会展出面积五万平方米,由市农业局承办。
2.家博会展出面积八万平方米,由市商务局承办。
"""


@pytest.fixture(scope="session")
def planned(tmp_path_factory):
    """An assistant over two small plans of one town with the default embedder."""
    from zhice.index.store import build_folders
    from zhice.retrieval.assistant import Assistant
    from zhice.settings import Settings

    root = tmp_path_factory.mktemp("planned")
    folder = root / "plans"
    folder.mkdir()
    for name, text in (("rail", RAIL), ("fairs", FAIRS)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    entries = (f'[[document]]\nfile = "{name}.txt"\nid = "{name}"\nregion = "平湖市"\n' for name in ("rail", "fairs"))
    (root / "plans.toml").write_text("".join(entries), "utf-8")
    build_folders([folder], Settings(store=root / "store"))
    return Assistant.open(root / "store")
