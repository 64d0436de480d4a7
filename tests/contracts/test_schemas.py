"""Dify's and OpenAI's interfaces keep to their OpenAPI documents: cases that schemathesis draws from these."""

import pytest
from hypothesis import HealthCheck, settings

from tests.web.fake import FakeAssistant
from zhice.web.api import dify, openai
from zhice.web.api.guard import Guard
from zhice.web.api.metrics import Metrics

schemathesis = pytest.importorskip("schemathesis", reason="no schemathesis: pip install -r requirements-dev.txt")

CASES = 60
CONFIG = {
    "seed": 20261122,
    "generation": {"deterministic": True, "database": "none", "no-shrink": True},
    # A question of marks alone, and messages of which none is a user's, are refused though the document cannot say so.
    # Clients of these are many and loose: "3" for 3 is taken.
    "checks": {
        "positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404"]},
        "negative_data_rejection": {"enabled": False},
    },
}
DRAWING = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))


def documented(protocol):
    fake = FakeAssistant()
    document = protocol.create(fake, Guard(), Metrics(fake)).openapi()
    return schemathesis.openapi.from_dict(document, config=schemathesis.Config.from_dict(CONFIG))


of_dify = documented(dify)
of_openai = documented(openai).exclude(path="/models/{name}")  # a name with a line feed in it is no path of a mount


@of_dify.parametrize()
@DRAWING
def test_dify(case, address):
    case.call_and_validate(base_url=f"{address}/api/dify", headers={"Authorization": "Bearer k"})


@of_openai.parametrize()
@DRAWING
def test_openai(case, address):
    case.call_and_validate(base_url=f"{address}/v1")
