"""Twenty readers bring a file each at the same moment and ask it: each is answered from his own, and reads nothing of another's."""

import re
from concurrent.futures import ThreadPoolExecutor

from tests.web.wire import Reader

PEOPLE = range(41, 61)
ASKED = "2031年月球基地常住人口达到多少人？"
PLAN = """月球基地建设方案
一、建设月球基地
到2031年，月球基地常住人口达到{0}人。
二、附则
本方案自发布之日起施行。"""


def test_each_reads_his_own_file_only(own, serving):
    from zhice.retrieval.assistant import Assistant
    from zhice.settings import Settings

    url = serving(own, assistant=Assistant.open(own, Settings(store=own, model="hash")))
    stranger = Reader(url)

    def chat(people):
        reader = Reader(url)
        return reader.bring(f"{people}人.txt", PLAN.format(people).encode()), *reader.ask(ASKED)[:2]

    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        chats = dict(zip(PEOPLE, pool.map(chat, PEOPLE), strict=True))
    for people, (panel, transcript, source) in chats.items():
        assert f"可以提问了：“{people}人.txt”" in panel
        for html in (panel, transcript, source):
            assert set(re.findall(r"(\d+)人", html)) == {str(people)}
    transcript, *_ = stranger.ask(ASKED)
    assert not re.findall(r"\d+人", transcript)
    opened = stranger.happens("source", "open", [None], {"document": "41人", "clause": ""})[0]
    assert "没有编号为“41人”的文件" in opened
