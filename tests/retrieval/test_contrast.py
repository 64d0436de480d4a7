"""Another subject with the same predicate: told from a clause about the thing that is asked, and from other names of it."""

import pytest

from zhice.corpus import library
from zhice.index import store as stores
from zhice.index.embedding import HashEmbedder
from zhice.retrieval import contrast
from zhice.retrieval.lookup.drafting import cite
from zhice.retrieval.model import Query
from zhice.retrieval.query.collection import Collection

RULES = """平湖市中介服务管理办法

第一条 专利代理师首次执业，应当自执业之日起30日内备案。
第二条 擅自开展专利代理业务的，处5万元罚款。
第三条 消防车辆悬挂专用号牌，由交通部门负责。
第四条 培育科技企业20家。
第五条 鼓励社会资金投入专利运营。
第六条 支持企业在境外设立机构。
第七条 专利代理师执业应当实习满1年。
"""


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    folder = tmp_path_factory.mktemp("contrast")
    (folder / "rules.txt").write_text(RULES, "utf-8")
    stores.build(library.load_folder(folder), HashEmbedder(), folder / "store")
    return Collection.of(stores.load(folder / "store"))


CASES = [  # question, the clause that comes nearest, what is asked and what is told instead
    ("商标代理人首次执业要在几日内备案", 1, ("商标代理", "专利代理")),
    ("擅自开展商标代理业务罚多少", 2, ("商标代理", "专利代理")),
    ("注册会计师执业要实习满几年", 7, ("会计师执业", "代理师执业")),
    ("旅行社悬挂专用号牌由谁负责", 3, ("旅行社悬挂", "车辆悬挂")),
    ("物业企业要培育多少家", 4, ("物业企业", "科技企业")),
    ("专利代理师首次执业要在几日内备案", 1, None),
    ("民间资金怎么投入", 5, None),  # a synonym
    ("企业能在国外设立机构吗", 6, None),  # 国外 and 境外 have a character in common
    ("平湖市企业要培育多少家", 4, None),  # the place that is asked about
    ("中国企业要培育多少家", 4, None),  # 中国 tells no kind
    ("新专利代理师首次执业要在几日内备案", 1, None),
    ("注册专利代理师首次执业要在几日内备案", 1, None),  # ends as the other does
]


@pytest.mark.parametrize(("question", "article", "told"), CASES)
def test_another_subject(question, article, told, collection):
    document = collection.documents[0]
    clause = next(c for c in collection.clauses[document.id] if c.label == f"第{'一二三四五六七'[article - 1]}条")
    query = Query(question, regions=("平湖市",) if "平湖" in question else ())
    assert contrast.find(query, [cite(document, clause)], collection) == (contrast.Contrast(*told) if told else None)


KINDS = """平湖市产业发展办法

第一条 建成种苗引繁示范基地3个，由市农业局负责。
第二条 建成示范基地5个，由市商务局负责。
第三条 建成国家重点示范基地2个，由市科技局负责。
第四条 成立粮食应急工作指挥部，由市长任总指挥。
"""
ASKED_KINDS = [  # question, the clause that comes nearest, what is asked and what is told instead
    ("双创示范基地由谁负责", 1, ("双创示范基地", "引繁示范基地")),
    ("种苗示范基地由谁负责", 1, None),  # said, though not right before it
    ("双创示范基地由谁负责", 2, None),  # a bare one may be of any kind
    ("双创示范基地由谁负责", 3, None),  # 重点 tells no kind
    ("重点示范基地由谁负责", 1, None),
    ("平湖市示范基地由谁负责", 1, None),  # the place that is asked about
    ("那套示范基地由谁负责", 1, None),  # nor does 那套, a word of no dictionary that points at something
    ("一般示范基地由谁负责", 1, None),
    ("哪些部门示范基地有人负责", 1, None),  # 部门 asks
    ("平湖市石油应急工作指挥部的总指挥是谁", 4, ("石油应急工作指挥部", "粮食应急工作指挥部")),
    ("粮食应急工作指挥部的总指挥是谁", 4, None),
]


@pytest.mark.parametrize(("question", "article", "told"), ASKED_KINDS)
def test_another_kind(question, article, told, tmp_path):
    (tmp_path / "kinds.txt").write_text(KINDS, "utf-8")
    parsed = library.load_folder(tmp_path)[0]
    clause = next(c for c in parsed.clauses if c.label == f"第{'一二三四'[article - 1]}条")
    query = Query(question, regions=("平湖市",) if "平湖" in question else ())
    assert contrast.other_kind(query, [cite(parsed.document, clause)]) == (contrast.Contrast(*told) if told else None)


HOW_SURE = [  # the question, how sure the search is, whether the clause is told to be about another thing
    ("双创示范基地由谁负责", 0.9, True),
    ("双创示范基地由谁负责", 0.98, True),  # another kind, however sure it is
    ("石油应急工作指挥部的总指挥是谁", 0.98, True),
    ("种苗引繁中心由谁负责", 0.9, True),
    ("种苗引繁中心由谁负责", 0.98, False),  # so sure that the noun is taken for another wording
]


@pytest.mark.parametrize(("question", "sure", "refused"), HOW_SURE)
def test_only_another_kind_counts_where_the_search_is_certain(question, sure, refused, tmp_path):
    (tmp_path / "kinds.txt").write_text(KINDS, "utf-8")
    stores.build(library.load_folder(tmp_path), HashEmbedder(), tmp_path / "store")
    held = Collection.of(stores.load(tmp_path / "store"))
    document = held.documents[0]
    clause = next(c for c in held.clauses[document.id] if c.label == ("第四条" if "石油" in question else "第一条"))
    assert (contrast.reason(Query(question), [cite(document, clause)], held, sure) != "") is refused


NAMED_PLACES = [  # question, whether the plan of 大连 answers it
    ("大连市与台湾省共建的国际科技合作基地要达到多少家", False),  # it says nothing of the other place
    ("辽宁省大连市的国际科技合作基地要达到多少家", True),  # the other one lies around it
]


@pytest.mark.parametrize(("question", "answered"), NAMED_PLACES)
def test_a_second_place_must_be_spoken_of(question, answered, assistant):
    answer = assistant.ask(question)
    assert answer.answered == answered
    assert answered or "台湾省" in answer.reason


KINDS_OF_THINGS = [  # question over the five policies, the kind that none of them says; "" where it is answered, with the figure
    ("大连市国家级文化企业孵化器要达到多少家", "文化企业", ""),
    ("湖州市高技能护理人才到2012年要达到多少人", "护理人才", ""),
    ("湖州市旅游驰名商标要达到多少件", "旅游", ""),
    ("湖州市旅游类驰名商标要达到多少件", "旅游", ""),
    ("湖州市文化驰名商标要达到多少件", "文化", ""),
    ("大连市2018年餐饮众创空间要达到多少家", "餐饮", ""),
    ("大连市国家级科技型企业孵化器要做到几家", "", "12家"),
    ("湖州市到2012年要有几件驰名的商标", "", "60件"),
    ("湖州的高技能技工到2012年要多少名", "", "3万人"),
    ("自主创新行动计划要培育农业科技公司多少家", "", "60家以上"),
]


@pytest.mark.parametrize(("question", "kind", "figure"), KINDS_OF_THINGS)
def test_a_figure_of_another_kind_of_thing_is_no_answer(question, kind, figure, assistant):
    answer = assistant.ask(question)
    assert answer.answered == (figure != "")
    assert figure in answer.text and f"“{kind}”" in (answer.reason or "“”")
