"""The API keeps up with the library it serves, in small; `python -m tests.web.load STORE` measures it in large."""

import pytest

from tests.web import load


@pytest.mark.alone
def test_no_request_fails_and_the_api_costs_little(assistant):
    api, alone, took, failed = load.measure(assistant, 4)
    assert not failed
    assert len(took) > load.CLIENTS
    assert api > 0.6 * alone  # 0.8 over a minute; a few seconds of a busy machine tell less
