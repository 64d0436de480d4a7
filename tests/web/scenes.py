"""Every view of the product as a reader comes to see it: what is checked of all of them is asked of this table."""

from dataclasses import dataclass

import pytest

from tests.web.browsing import ASKED, answer, ask

expect = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install -r requirements-dev.txt").expect


@dataclass(frozen=True)
class Scene:
    """An address, what is attached once it is there, the question asked then, what answers it, what is pressed after that.

    A file that is brought stands for a question.
    """

    path: str = "/"
    shows: str = ".narrow"
    question: str = ""
    said: str = ".answer"
    press: str = ""
    opens: str = ""
    brings: str = ""


COMPARED = "/compare?doc=liaoyang-2017&doc=dalian-2018-54&topic=高新技术企业"
SCENES = {
    "start": Scene(opens="#source .library"),
    "chat": Scene(question=ASKED, said=".department", opens="#source .cited"),
    "number": Scene(question="大连市2018年技术交易额目标是多少？", said=".deciding mark"),
    "table": Scene(question="大连市和辽阳市的高新技术企业目标分别是多少？", said=".comparison table"),
    "tasks": Scene(question="大连市科技局负责哪些任务", said=".tasks h3"),
    "refusal": Scene(question="明天天气怎么样", said=".refusal"),
    "why": Scene(question=ASKED, press=".why-button", opens=".why li"),
    "filters": Scene(question="大连市2018年技术交易额目标是多少？", press=".narrow summary", opens=".narrow select >> nth=0"),
    "document": Scene("/?doc=dalian-2018-54&clause=dalian-2018-54%2F7.13", press="[data-contents]", opens=".contents"),
    "gone": Scene("/?doc=dalian-2018-54&clause=dalian-2018-54%2F999", opens=".gone"),
    "upload": Scene(opens=".own .outline", brings="第一条 区航天局负责月球基地，2031年建成3处。\n第二条 本规定自发布之日起施行。"),
    "history": Scene(question=ASKED, press="[data-chats]", opens="#chats li"),
    "rating": Scene(question=ASKED, press="[data-reasons]", opens=".reasons textarea"),
    "feedback": Scene("/feedback", shows="#ratings p, #ratings li"),
    "ledger": Scene("/ledger", shows=".view .told"),
    "compare": Scene(COMPARED, shows=".view .told"),
    "compare-start": Scene("/compare", shows=".view .choosing"),
}


def played(visit, url, scene, size, **options):
    """A page that shows the scene."""
    page = visit(url + scene.path, size, shows=scene.shows, **options)
    if scene.question:
        ask(page, scene.question)
        expect(answer(page).locator(scene.said).or_(page.locator(f".turn > {scene.said}")).first).to_be_visible()
    if scene.brings:
        page.set_input_files("#chooser", {"name": "规定.txt", "mimeType": "text/plain", "buffer": scene.brings.encode()})
    if scene.press:
        page.locator(scene.press).first.click()
    if scene.opens:
        expect(page.locator(scene.opens).first).to_be_visible()
    return page
