"""Places in English questions, by their pinyin or English name, with and without an ending. The questions are made up for these tests."""

import pytest

from zhice.corpus import regions
from zhice.retrieval.query import places
from zhice.retrieval.query.parsing import understand

NAMED = [
    ("Which department is in charge of science parks in Shuangtaizi District?", "双台子区"),
    ("What is the R&D target in Liaoyang?", "辽阳市"),
    ("What is the R&D target of Liaoyang City?", "辽阳市"),
    ("how many incubators does dalian plan by 2020", "大连市"),
    ("What does Liaoning Province say about county industrial zones?", "辽宁省"),
    ("What does Hu Zhou plan for patents?", "湖州市"),
    ("How are talents supported in Deqing County?", "德清县"),
    ("What is Shenyang's target for incubators?", "沈阳市"),
    ("What is the incubator target in Xi'an?", "西安市"),
    ("What is the incubator target in Xi’an?", "西安市"),
    ("What is the incubator target in Xian?", "西安市"),
    ("What is the plan of Shaanxi Province?", "陕西省"),
    ("What is the plan of Shanxi Province?", "山西省"),
    ("What is the plan of the Inner Mongolia Autonomous Region?", "内蒙古自治区"),
    ("What are the policies of Guangxi Zhuang Autonomous Region?", "广西壮族自治区"),
    ("What does Tibet do for tourism?", "西藏自治区"),
    ("What does Harbin plan?", "哈尔滨市"),
    ("Hohhot or Urumqi?", "呼和浩特市 乌鲁木齐市"),
    ("Does Hong Kong have a plan?", "香港特别行政区"),
    ("How is Pudong New Area different?", "浦东新区"),
    ("What is planned in Chaoyang District, Beijing?", "朝阳区 北京市"),
    ("What is planned in Wafangdian?", "瓦房店市"),  # a long name that one place alone has
    ("What is planned in Zhuanghe City?", "庄河市"),
    ("What is planned in Zhuanghe?", ""),  # the short name of a county may be anything
    ("Targets of Yanbian Korean Autonomous Prefecture", "延边朝鲜族自治州"),
    ("Targets of Fuxin Mongol Autonomous County", "阜新蒙古族自治县"),
    ("Targets of Fuxin City", "阜新市"),
    ("What happens in Lüliang?", "吕梁市"),
    ("Who is responsible in Xun County?", "浚县"),
    ("Who is responsible in Gong Zhu Ling?", "公主岭市"),
    ("Which county leads, Xinjiang County?", "新绛县"),
    ("What is Xinjiang's target?", "新疆维吾尔自治区"),
    ("How does the district government help the county in this city?", ""),
    ("How can a man change his plan for the new area?", ""),
    ("Can Ping An Bank lend against patents?", ""),
    ("Who manages the Changan Automobile company?", ""),
    ("Which laboratory belongs to Dalian University of Technology?", ""),
]


@pytest.mark.parametrize(("question", "names"), NAMED)
def test_the_places_that_a_question_names(question, names):
    assert [region.name for region in places.find(question, ())] == names.split()


@pytest.mark.parametrize(
    ("question", "held", "name"),
    [
        ("Which plan does Suzhou have?", (), "苏州市"),
        ("Which plan does Suzhou have?", ("宿州市",), "宿州市"),  # spelled alike: the one that documents are about
        ("What of Chaoyang District?", ("长春市",), "朝阳区"),
        ("What is planned in Zhuanghe?", ("庄河市",), "庄河市"),
        ("What does Shanxi plan?", ("陕西省",), "山西省"),  # 陕西 is written Shaanxi
    ],
)
def test_places_that_documents_are_about_come_first(question, held, name):
    assert [region.name for region in places.find(question, [regions.get(place) for place in held])] == [name]


def test_a_district_of_a_city_that_documents_are_about_comes_first():
    (region,) = places.find("What of Chaoyang District?", [regions.get("长春市")])
    assert regions.within(region)[0].name == "长春市"


@pytest.mark.parametrize(
    ("question", "names"),
    [("What is Shenyang's target for incubators?", ("沈阳市",)), ("Which department leads in Shuangtaizi District?", ("双台子区",))],
)
def test_the_query_has_them(question, names, collection):
    assert understand(question, collection).regions == names


def test_a_place_without_documents_is_told(assistant):
    answer = assistant.ask("What is Shenyang's target for incubators?")
    assert not answer.answered
    assert "沈阳市" in answer.reason


@pytest.mark.parametrize(("name", "short"), [("昌吉回族自治州", "昌吉"), ("阜新蒙古族自治县", "阜新"), ("大连市", "大连")])
def test_how_a_text_calls_a_place(name, short):
    assert places.base(regions.get(name)) == short
