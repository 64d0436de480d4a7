"""Who may use the API, and how fast."""

import hashlib
import stat

import pytest
from fastapi.testclient import TestClient

from tests.web.fake import FakeAssistant
from zhice.errors import ZhiceError
from zhice.settings import Settings
from zhice.web.api import keys
from zhice.web.api.guard import Buckets, Guard
from zhice.web.api.keys import Keys
from zhice.web.app import create_app

KEY = "zhice-of-the-test"
DIGEST = hashlib.sha256(KEY.encode()).hexdigest()
OTHER = hashlib.sha256(b"other").hexdigest()
ASKED = {"question": "知识产权质押"}


def client(guard):
    return TestClient(create_app(FakeAssistant(), guard), raise_server_exceptions=False)


@pytest.fixture(scope="module")
def locked():
    return client(Guard(Keys((OTHER, DIGEST))))


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (f"Bearer {KEY}", 200),
        (f"bearer  {KEY}", 200),
        ("Bearer other", 200),
        (None, 401),
        ("", 401),
        ("Bearer", 401),
        ("Bearer ", 401),
        (f"Basic {KEY}", 401),
        (KEY, 401),
        (f"Bearer {KEY}x", 403),
        (f"Bearer {KEY[:-1]}", 403),
        (f"Bearer {KEY.upper()}", 403),
        (f"Bearer {DIGEST}", 403),
        (f"Bearer {KEY} {KEY}", 403),
        ("Bearer 密钥".encode(), 403),
    ],
)
def test_a_key_is_asked_for_where_keys_are_set(locked, header, status):
    response = locked.post("/api/v1/ask", json=ASKED, headers={} if header is None else {"Authorization": header})
    assert response.status_code == status
    if status == 200:
        assert response.json()["answered"]
    else:
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["request_id"] == response.headers["x-request-id"]
        assert ("www-authenticate" in response.headers) == (status == 401)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/api/v1/health", 200),
        ("GET", "/api/docs", 200),
        ("GET", "/api/openapi.json", 200),
        ("GET", "/api/v1/metrics", 401),
        ("GET", "/api/v1/documents", 401),
        ("GET", "/api/v1/clauses/a", 401),
        ("GET", "/api/v1/ledger", 401),
        ("POST", "/api/v1/search", 401),
        ("POST", "/api/v1/health/", 401),
        ("GET", "/api//v1/health", 401),
        ("GET", "/api/v1/none", 401),
        ("GET", "/api/%0Av1/metrics", 401),
    ],
)
def test_what_is_open_without_a_key(locked, method, path, status):
    assert locked.request(method, path).status_code == status


def test_without_keys_everybody_may_ask():
    open_ = client(Guard())
    assert open_.post("/api/v1/ask", json=ASKED, headers={"Authorization": "Bearer anything"}).status_code == 200
    assert "securitySchemes" not in open_.get("/api/openapi.json").json()["components"]


def test_the_document_tells_that_a_key_is_needed(locked):
    document = locked.get("/api/openapi.json").json()
    assert document["components"]["securitySchemes"] == {"key": {"type": "http", "scheme": "bearer"}}
    assert document["paths"]["/v1/ask"]["post"]["security"] == [{"key": []}]
    assert "security" not in document["paths"]["/v1/health"]["get"]


class TestFile:
    def test_a_new_key_is_kept_as_its_digest(self, tmp_path):
        path = tmp_path / "store" / "api-keys"
        first, second = keys.new(path, "采购系统\n2026"), keys.new(path, "")
        held = keys.read(path)
        assert held.digests == tuple(hashlib.sha256(key.encode()).hexdigest() for key in (first, second))
        assert held.holds(first) and held.holds(second) and not held.holds(f"{first}x") and not held.holds("")
        assert first not in path.read_text("utf-8")
        assert f"{held.digests[0]} 采购系统 2026\n" in path.read_text("utf-8")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert len(first) > 40

    @pytest.mark.parametrize(
        ("text", "said"),
        [("", "没有密钥"), ("# only words\n\n", "没有密钥"), (f"{DIGEST}\nhunter2\n", "api-keys:2:"), (DIGEST.upper(), "api-keys:1:")],
    )
    def test_a_file_that_is_wrong_admits_nobody(self, tmp_path, text, said):
        path = tmp_path / "api-keys"
        path.write_text(text, "utf-8")
        with pytest.raises(ZhiceError, match=said) as caught:
            keys.read(path)
        assert "hunter2" not in str(caught.value)

    def test_where_it_is(self, tmp_path, monkeypatch):
        monkeypatch.delenv("ZHICE_API_KEYS_FILE", raising=False)
        assert keys.of(Settings(store=tmp_path)) == Keys()
        made = keys.new(tmp_path / "api-keys", "")
        assert keys.of(Settings(store=tmp_path)).holds(made)
        monkeypatch.setenv("ZHICE_API_KEYS_FILE", str(tmp_path / "elsewhere"))
        with pytest.raises(ZhiceError, match="elsewhere"):
            keys.of(Settings(store=tmp_path))


class TestRate:
    @pytest.mark.parametrize(
        ("moments", "waits"),
        [
            ([0, 0, 0], [0, 0, 0]),
            ([0, 0, 0, 0], [0, 0, 0, 0.5]),
            ([0, 0, 0, 0.25], [0, 0, 0, 0.25]),
            ([0, 0, 0, 0.5, 0.5], [0, 0, 0, 0, 0.5]),
            ([0, 0, 0, 0, 0, 0.5], [0, 0, 0, 0.5, 0.5, 0]),
            ([0, 0, 0, 100, 100, 100, 100], [0, 0, 0, 0, 0, 0, 0.5]),
        ],
    )
    def test_two_a_second_and_three_at_once(self, moments, waits):
        clock = iter(moments)
        buckets = Buckets(2.0, 3.0, lambda: next(clock))
        assert [buckets.take("a") for _ in moments] == waits

    def test_each_client_has_its_own(self):
        buckets = Buckets(1.0, 1.0, lambda: 0.0)
        assert [buckets.take(name) for name in ("a", "b", "a")] == [0.0, 0.0, 1.0]

    def test_too_many_requests(self):
        hasty = client(Guard(Keys((OTHER, DIGEST)), rate=0.001, burst=2))
        mine, yours = {"Authorization": f"Bearer {KEY}"}, {"Authorization": "Bearer other"}
        assert [hasty.post("/api/v1/ask", json=ASKED, headers=mine).status_code for _ in range(3)] == [200, 200, 429]
        refused = hasty.get("/api/v1/documents", headers=mine)
        assert 0 < int(refused.headers["retry-after"]) <= 1000
        assert refused.json()["status"] == 429
        assert hasty.post("/api/v1/ask", json=ASKED, headers=yours).status_code == 200
        assert hasty.get("/api/v1/health", headers=mine).status_code == 200
        assert [hasty.get("/api/v1/metrics").status_code for _ in range(3)] == [401, 401, 429]
