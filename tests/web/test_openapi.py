"""The API keeps to its OpenAPI document, whatever is sent: cases that schemathesis draws from the document, sent over loopback."""

import pytest
from hypothesis import HealthCheck, settings

from tests.web.fake import FakeAssistant
from zhice.web.api import v1
from zhice.web.api.guard import Guard
from zhice.web.api.metrics import Metrics

requests = pytest.importorskip("requests", reason="no requests: pip install -r requirements-dev.txt")
schemathesis = pytest.importorskip("schemathesis", reason="no schemathesis: pip install -r requirements-dev.txt")

pytestmark = pytest.mark.alone  # the cases of all operations go by one name
CASES = 2000
OPERATIONS = 9
MOST = 260  # of one operation; those without parameters have few
CONFIG = {
    "seed": 20261122,
    "generation": {"deterministic": True, "database": "none", "no-shrink": True},
    # A question of marks alone, and a ledger of a place that is not held, are refused though the document cannot say so.
    "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404"]}},
}
DOCUMENT = v1.create(FakeAssistant(), Guard(), Metrics(FakeAssistant())).openapi()
schema = schemathesis.openapi.from_dict(DOCUMENT, config=schemathesis.Config.from_dict(CONFIG))
sent = {}


@pytest.fixture(scope="module")
def url(assistant):
    from zhice.web.serve import serve

    running = serve(assistant, port=0, guard=Guard(rate=1e9, burst=1e9), block=False)
    yield f"{running.url}api"
    running.close()


@pytest.fixture(scope="module")
def session():
    with requests.Session() as session:
        yield session


def test_the_document_is_the_one_that_is_served(url, session):
    served = session.get(f"{url}/openapi.json").json()
    assert served == DOCUMENT | {"servers": [{"url": "/api"}]}
    assert served["openapi"].startswith("3.1.")


@schema.parametrize()
@settings(max_examples=MOST, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_drawn_from_the_document(case, url, session):
    response = case.call_and_validate(base_url=url, session=session)
    statuses = sent.setdefault(case.operation.label, {})
    statuses[response.status_code] = statuses.get(response.status_code, 0) + 1


def test_that_was_enough():
    assert len(sent) == OPERATIONS
    assert sum(sum(statuses.values()) for statuses in sent.values()) >= CASES
    assert all(200 in statuses for statuses in sent.values()), sent
