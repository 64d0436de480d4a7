"""PDFs with text: paragraphs, running heads, columns, tables, metadata, and files that cannot be read."""

import pytest

from tests.corpus.pdfs import grid, line, pdf, rule
from zhice.corpus.formats import pdf as reader
from zhice.corpus.formats.source import TEXT
from zhice.errors import CorpusError


def read(*pages):
    return reader.read(pdf(*pages), "办法.pdf")


def words(source):
    return [text for _, text in source.lines]


HEAD, FOOT = 40, 790


def edges(number):
    return [line(200, HEAD, "青禾市人民政府公报 2023年第5期", 10), line(280, FOOT, f"- {number} -", 10)]


# Twenty characters of 14 points from 80: the right margin is at 360.
FIRST = [
    *edges(3),
    line(120, 90, "青禾市支持小微企业", 20),
    line(150, 130, "发展的若干措施", 20),
    line(160, 170, "青政发〔2023〕12号"),
    line(80, 200, "各县区人民政府，市政府各部门："),
    line(108, 225, "一、加大财政支持"),
    line(108, 250, "（一）设立小微企业发展基金，首期规模"),
    line(80, 275, "5亿元，由市财政局牵头，市工信局、市金融"),
    line(80, 300, "办配合，重点投向先进制造业、现代服务业和"),
]
SECOND = [
    *edges(4),
    line(80, 90, "数字经济。基金的使用每年向社会公布一次。"),
    line(80, 115, "结余结转下一年度。"),
    line(108, 140, "（二）对首次升规的小微企业，按照第三条"),
    line(80, 165, "第二项规定的标准奖励20万元。"),
]
THIRD = [*edges(5), line(108, 90, "二、本措施自公布之日起施行。"), line(240, 140, "青禾市人民政府"), line(245, 165, "2023年6月8日")]


def test_lines_are_joined_into_paragraphs_over_the_ends_of_pages():
    source = read(FIRST, SECOND, THIRD)
    assert words(source) == [
        "青禾市支持小微企业发展的若干措施",
        "青政发〔2023〕12号",
        "各县区人民政府，市政府各部门：",
        "一、加大财政支持",
        "（一）设立小微企业发展基金，首期规模5亿元，由市财政局牵头，市工信局、市金融办配合，重点投向先进制造业、现代服务业和"
        "数字经济。基金的使用每年向社会公布一次。结余结转下一年度。",
        "（二）对首次升规的小微企业，按照第三条第二项规定的标准奖励20万元。",
        "二、本措施自公布之日起施行。",
        "青禾市人民政府",
        "2023年6月8日",
    ]
    assert source.pages == (1, 1, 1, 1, 1, 2, 3, 3, 3)
    assert (source.how, source.confidence, source.losses) == (TEXT, 1.0, ())


def test_what_repeats_within_the_text_is_text_and_a_chapter_has_its_own_running_head():
    def page(head, *rows):
        return [line(200, HEAD, head, 10), *(line(80, 90 + 25 * i, row) for i, row in enumerate(rows))]

    titles = enumerate("甲乙丙", 1)
    pages = [page("青禾大学学籍管理办法", f"{title}管理办法如下。", f"校发〔2023〕{i}号", "全文略。") for i, title in titles]
    last = [*page("青禾大学宿舍守则", "第一条 宿舍十点熄灯。"), line(80, 700, "第二条 本守则自公布之日起施行。")]
    assert words(read(*pages, last)) == [
        *("甲管理办法如下。", "校发〔2023〕1号", "全文略。", "乙管理办法如下。", "校发〔2023〕2号", "全文略。"),
        *("丙管理办法如下。", "校发〔2023〕3号", "全文略。", "第一条 宿舍十点熄灯。", "第二条 本守则自公布之日起施行。"),
    ]


def test_paragraphs_without_indents_are_parted_by_the_room_between_them():
    source = read(
        [
            line(80, 90, "本市鼓励企业建立研发机构，对首次认定的省"),
            line(80, 110, "级以上研发机构给予一次性补助。补助从预算"),
            line(80, 130, "中列支，由市科技局会同市财政局审核发放。"),
            line(80, 160, "申请单位应当在本市登记注册，并按期报送研"),
            line(80, 180, "发投入情况。"),
            line(80, 210, "本通知由市科技局解释。"),
        ]
    )
    assert words(source) == [
        "本市鼓励企业建立研发机构，对首次认定的省级以上研发机构给予一次性补助。补助从预算中列支，由市科技局会同市财政局审核发放。",
        "申请单位应当在本市登记注册，并按期报送研发投入情况。",
        "本通知由市科技局解释。",
    ]


LEFT = ["第一条 为了规范公园管", "理，制定本办法。公园是", "指向公众开放的绿地，包", "括综合公园和社区公园。"]
RIGHT = ["第二条 市园林局主管全", "市公园，区园林部门负责", "辖区内公园的日常养护工", "作，街道办事处协助。"]


def test_columns_are_read_one_after_the_other():
    marks = [line(150, 60, "青禾市公园管理办法（试行）草案征求意见稿", 16)]
    for i, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        marks += [line(80, 110 + 25 * i, left), line(300, 110 + 25 * i, right)]
    assert words(read(marks)) == [
        "青禾市公园管理办法（试行）草案征求意见稿",
        "第一条 为了规范公园管理，制定本办法。公园是指向公众开放的绿地，包括综合公园和社区公园。",
        "第二条 市园林局主管全市公园，区园林部门负责辖区内公园的日常养护工作，街道办事处协助。",
    ]


COLUMNS = [80, 140, 300, 460]


def row(top, *cells):
    return [line(x + 4, top + 4, cell, 12) for x, cell in zip(COLUMNS, cells, strict=False) if cell]


def test_a_table_goes_on_after_a_page_end():
    first = [line(80, 640, "附件 任务分解表"), *grid(COLUMNS, [670, 695, 720, 745])]
    first += [*row(670, "序号", "任务", "单位"), *row(695, "1", "建成充电桩300个", "市交通局")]
    first += row(720, "2", "改造老旧小区", "市住建局、")
    second = [*grid(COLUMNS, [60, 85, 110, 135]), *row(60, "序号", "任务", "单位")]
    second += [*row(85, "", "12个", "市民政局"), *row(110, "3", "新建公厕", "市城管局")]
    source = read(first, second)
    assert words(source) == [
        "附件 任务分解表",
        "序号 | 任务 | 单位",
        "序号：1 | 任务：建成充电桩300个 | 单位：市交通局",
        "序号：2 | 任务：改造老旧小区12个 | 单位：市住建局、市民政局",
        "序号：3 | 任务：新建公厕 | 单位：市城管局",
    ]
    assert source.pages == (1, 1, 1, 1, 2)


def test_merged_cells_stand_in_each_of_their_rows_and_lines_of_a_cell_are_one():
    marks = [rule(80, top, 460, top) for top in (100, 125, 200)] + [rule(140, 160, 460, 160)]
    marks += [rule(x, 100, x, 200) for x in COLUMNS]
    marks += [*row(100, "类别", "事项", "期限"), *row(140, "审批")]
    marks += [*row(128, "", "户外广告设", "5个工作"), *row(142, "", "置许可", "日")]
    marks += row(165, "", "占道施工", "3日")
    assert words(read(marks)) == [
        "类别 | 事项 | 期限",
        "类别：审批 | 事项：户外广告设置许可 | 期限：5个工作日",
        "类别：审批 | 事项：占道施工 | 期限：3日",
    ]


def test_a_frame_around_text_is_no_table():
    marks = [rule(70, 80, 400, 80), rule(70, 200, 400, 200), rule(70, 80, 70, 200), rule(400, 80, 400, 200), rule(390, 80, 390, 200)]
    assert words(read([*marks, line(80, 100, "第一条 本办法适用于本市。")])) == ["第一条 本办法适用于本市。"]


def test_a_printed_web_page_gives_facts_and_loses_its_head_and_foot():
    def page(number, *marks):
        head = [line(20, 12, "2024/3/5 09:12", 8), line(180, 12, "青禾市人民政府关于绿化的通知_政策_青禾市", 8)]
        return [*head, *marks, line(20, 815, "https://www.example.gov.cn/zc/1.htm", 8), line(560, 815, f"{number}/2", 8)]

    table = [line(80, 300, "索 引 号：000/2024-01", 11), line(300, 300, "发文机关：青禾市", 11), line(368, 316, "人民政府", 11)]
    table += [line(80, 332, "标", 11), line(102, 332, "题：关于绿化的通知", 11), line(300, 332, "成文日期：2024年3月1日", 11)]
    source = read(page(1, line(108, 90, "一、城区新增绿地20公顷。")), page(2, line(108, 90, "二、本通知自印发之日起施行。"), *table))
    assert words(source) == ["一、城区新增绿地20公顷。", "二、本通知自印发之日起施行。"]
    assert source.facts == {"索引号": "000/2024-01", "发文机关": "青禾市人民政府", "标题": "关于绿化的通知", "成文日期": "2024年3月1日"}


def test_a_raised_figure_is_the_mark_of_its_footnote_which_follows_the_paragraph():
    first = [line(108, 90, "全市安排存量用地"), line(220, 89, "1", 7), line(225, 90, "200公顷，其中预留")]
    first += [line(80, 115, "指标50公顷，优先用于民生和重大项目并由市")]
    first += [line(80, 700, "1", 6), line(84, 703, "存量用地：已办理转用手续的土地。", 10)]
    second = [line(80, 90, "里统一调配。")]
    assert words(read(first, second)) == [
        "全市安排存量用地[1]200公顷，其中预留指标50公顷，优先用于民生和重大项目并由市里统一调配。",
        "[1]存量用地：已办理转用手续的土地。",
    ]


def test_raised_characters_that_are_no_figures_stay():
    assert words(read([line(80, 87, "℃", 7), line(87, 90, "以上的高温天气停止户外作业")])) == ["℃以上的高温天气停止户外作业"]


def test_what_stands_off_the_page_or_on_its_side_is_no_text():
    upwards = "BT /F 14 Tf 0 1 -1 0 40 300 Tm <4FA7> Tj ET"
    assert words(read([line(80, 90, "第一条 甲。"), line(700, 90, "页外"), line(80, 900, "页下"), upwards])) == ["第一条 甲。"]


def test_bold_type_drawn_twice_is_read_once_and_radicals_are_characters():
    marks = [line(108, 90, "第一章 总则"), line(108.4, 90, "第一章 总则"), line(108, 115, "第一条 本市⼈⼝。")]
    assert words(read(marks)) == ["第一章 总则", "第一条 本市人口。"]


LOCK = f"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdf([line(80, 90, "密")], extra=LOCK), "encrypted"),
        (pdf([line(80, 90, "断")])[:200], "broken"),
        (b"%PDF-1.4\n", "broken"),
        (pdf([]), "no words in it"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_one_line(data, said):
    with pytest.raises(CorpusError, match=said) as failed:
        reader.read(data, "坏.pdf")
    assert str(failed.value).startswith("坏.pdf: ") and "\n" not in str(failed.value)
