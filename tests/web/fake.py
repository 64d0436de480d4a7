"""A real assistant over three hand-made documents: it answers by substring, so that the chat can be tested alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Event

from tests.web.said import line, lines, ours, quote
from zhice.corpus.model import Clause, Document
from zhice.errors import QueryError
from zhice.index.model import Passage
from zhice.retrieval.answer.side_by_side import Comparison, Side
from zhice.retrieval.model import Answer, Citation, Hit, Query

PLAN = """大连市科技创新计划
大政发〔2018〕7号
为建设科技强市，制定本计划。
一、总体目标
到2018年，全市技术交易额达到140亿元。
二、重点任务
(一)促进成果转化
1.推进知识产权质押融资。鼓励银行开展知识产权质押贷款。
(责任单位:市科技局、市金融局，各区市县政府)
2.建设技术市场。技术市场服务全市，至2020年成交额达到200亿元。
(责任单位:市科技局)
大连市人民政府
2018年5月16日"""

SERVICE = "第{0}条 各有关部门应当按照职责分工，做好第{0}类人才的服务保障工作，及时兑现政策。"
RULES = "\n".join(
    (
        "人才引进若干规定",
        "第一章 总则",
        "第一条 为吸引人才，制定本规定。",
        "第二条 市人力资源社会保障局负责人才引进工作。",
        *(SERVICE.format(number) for number in "三四五六七八九"),
        "第十条 知识产权质押贷款按照有关规定给予贴息。",
        "第十一条 本规定自发布之日起施行。",
    )
)

HOSTILE = """<script>window.pwned = 1</script>
第一条 <img src=x onerror="window.pwned = 2"> 与 ${window.pwned = 3} 与 {{window}} & "引号" 应当照原样显示。"""


@dataclass(frozen=True)
class Info:
    documents: int = 3
    clauses: int = 24
    passages: int = 24
    built: str = "2025-01-02T03:04:05"
    model: str = "fake"


def clause(document: Document, kind: str, label: str, heading: str, words: str, path: tuple[str, ...] = ()) -> Clause:
    """The clause of a document that is made of `words`."""
    start = document.text.index(words)
    identity = f"{document.id}/{'.'.join(path) or kind}"
    end = start + len(words)
    return Clause(identity, kind, label, heading, start, end, end, "", path, (heading,) if heading else ())


def cut(document: Document, styles: dict[str, str]) -> list[Clause]:
    """A clause for each line, of the kind that `styles` names for how the line begins."""
    result = []
    for words in document.text.split("\n"):
        start = next((start for start in styles if words.startswith(start)), "")
        kind = styles.get(start, "paragraph")
        heading = words.removeprefix(start).strip() if kind in {"chapter", "section"} else ""
        result.append(clause(document, kind, start, heading, words, (start.strip("、"),) if start else ()))
    return result


class FakeAssistant:
    """Answers a question about 质押 or 技术交易额, refuses the rest, and breaks when told to."""

    def __init__(self) -> None:
        self.plan = Document("dalian", "科技创新计划", PLAN, "大政发〔2018〕7号", "大连市人民政府", "大连市", "2018-05-16")
        self.rules = Document("rules", "人才引进若干规定", RULES, source="C:\\政策\\rules.txt")
        self.hostile = Document("hostile\"'<b>", "<script>window.pwned = 4</script>", HOSTILE, source="<i>.txt")
        self.documents = [self.plan, self.rules, self.hostile]
        self.info = Info()
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.released = Event()
        self.narrowed: list[dict[str, Sequence[str]]] = []

    def snapshot(self) -> "FakeAssistant":
        return self

    def reload(self) -> bool:
        return False

    def clauses(self, document_id: str) -> list[Clause]:
        styles = {
            "dalian": {
                "大连市科技创新计划": "title",
                "大政发": "number",
                "一、": "section",
                "二、": "section",
                "(一)": "section",
            },
            "rules": {"人才引进若干规定": "title", "第一章": "chapter", "第一条": "article"},
        }
        document = next(document for document in self.documents if document.id == document_id)
        return cut(document, styles.get(document_id, {}))

    def why(self, question: str, history: Sequence[str] = (), filters: Mapping[str, Sequence[str]] | None = None) -> list[Hit]:
        found = ((cited.clause, cited.document, cited.text) for cited in (self._task(), self._article()))
        passages = [Passage(c.id, c.id, d.id, c.start, c.end, text, f"{d.name} › 二、重点任务") for c, d, text in found]
        parts = {"words": 1.0, "dense": 0.86, "said": 0.5, "heading": 0.25}
        return [Hit(passage, 1.0 / rank, rank, parts, ("质押",)) for rank, passage in enumerate(passages, 1)]

    def ask(self, question: str, history: Sequence[str] = (), filters: Mapping[str, Sequence[str]] | None = None) -> Answer:
        self.asked.append((question, tuple(history)))
        self.narrowed.append(dict(filters or {}))
        if not question.strip():
            raise QueryError("请输入问题。")
        if len(question) > 2000:
            raise QueryError("问题太长，请精简到 2000 字以内。")
        if "慢" in question:
            self.released.wait(30)
        if "故障" in question:
            raise RuntimeError("broken on purpose")
        if "质押" in question:
            return self._pledge(question)
        if "注入" in question:
            return Answer(True, "content", (line(quote("<b>粗体</b>"), ours(" 与 [2]", 1)),), citations=(self._injection(),))
        return self._refusal()

    def compare(self, topic: str, documents: Sequence[str]) -> Comparison:
        if len(documents) < 2:
            raise QueryError(f"选了 {len(documents)} 份文件：请选择 2 份以上。")
        sides = []
        for one in documents:
            document = next(document for document in self.documents if document.id == one)
            said = (one for one in self.clauses(document.id) if topic in document.text[one.start : one.end])
            sides.append(Side(document, tuple(Citation(document, one, ((0, one.end - one.start),)) for one in said)))
        return Comparison(topic, tuple(sides), ())

    def _task(self) -> Citation:
        words = PLAN[PLAN.index("1.推进") : PLAN.index("\n2.建设")]
        item = clause(self.plan, "item", "1.", "推进知识产权质押融资", words, ("二", "(一)", "1"))
        duty = words.index("市科技局")
        return Citation(self.plan, item, ((0, 12), (duty, duty + 4), (duty + 5, duty + 9)))

    def _article(self) -> Citation:
        words = "第十条 知识产权质押贷款按照有关规定给予贴息。"
        return Citation(self.rules, clause(self.rules, "article", "第十条", "", words, ("十",)), ((4, len(words)),))

    def _injection(self) -> Citation:
        words = HOSTILE.split("\n")[1]
        return Citation(self.hostile, clause(self.hostile, "article", "第一条", "", words, ("<u>一</u>",)), ((4, 30),))

    def _pledge(self, question: str) -> Answer:
        told = [
            line(ours("知识产权质押融资的责任单位：", 1)),
            *lines("市科技局\n市金融局\n各区市县政府"),
            line(ours("相关规定：", 2), quote("知识产权质押贷款按照有关规定给予贴息。", 2)),
        ]
        query = Query(question, regions=("大连市",) if "大连" in question else (), years=("2018",) if "2018" in question else ())
        return Answer(True, "who", tuple(told), citations=(self._task(), self._article()), suggestions=("质押贷款如何贴息？",), query=query)

    def _refusal(self) -> Answer:
        reason = "已载入的文件中没有找到可以回答这个问题的条款。"
        return Answer(False, "none", reason=reason, nearest=(self._article(), self._task()))
