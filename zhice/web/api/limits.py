"""What one request, and one client, may ask for."""

from zhice.retrieval.query.parsing import LONGEST

QUESTION = LONGEST
"""Characters of a question."""
HISTORY = 20
"""Earlier questions given with one."""
BODY = 256 * 1024
"""Bytes of a request: a question with its history, each character escaped."""
HITS = 100
"""Passages of one search."""
PAGE = 200
"""Rows of one page of a list."""
ID = 300
"""Characters of an id, a name or another filter."""
VALUES = 100
"""Values of one filter."""
RATE, BURST = 200.0, 400.0
"""Requests a second of one client, and how many at once after a rest; more than two cores can answer."""
CLIENTS = 10_000
"""Clients whose rate is remembered."""
