"""A judge that is no learned one: what says more of a question is likelier to answer it."""

import numpy as np
import pytest


@pytest.fixture(scope="session")
def judge():
    """Log-odds of 3, 0 and -3 by how much of the question a passage says: above .6, above .15, less; the likeliest decides."""
    from zhice.retrieval.answer.judge import Curve, Judge, Trees

    nodes = {"feature": [0, 0, 0, 0, 0], "left": [1, 1, 3, 3, 4], "right": [2, 1, 4, 3, 4], "roots": [0]}
    values = {"threshold": [0.15, 0.0, 0.6, 0.0, 0.0], "value": [0.0, -3.0, 0.0, 0.0, 3.0]}
    arrays = {name: np.array(of) for name, of in (nodes | values).items()}
    bounds = {"answer": 0.7, "caveat": 0.4, "side": 0.3, "share": 0.2, "budget": 800.0}
    return Judge(Trees(("spoken",), **arrays, depth=2, start=0.0), Curve(0.0, {"odds_1": 1.0}, {"odds_1": 0.0}), bounds)
