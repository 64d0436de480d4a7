"""Lines of answers, as tests write them."""

from zhice.retrieval.model import Line, Segment


def quote(text, citation=1, role=""):
    """A slice of a citation."""
    return Segment("quote", text, citation, role)


def ours(text, citation=0, role=""):
    """Words of ours."""
    return Segment("label", text, citation, role)


def line(*segments, kind=""):
    """A line of segments; a string is words of ours that stand on nothing."""
    return Line(tuple(ours(one) if isinstance(one, str) else one for one in segments), kind)


def lines(text):
    """A line of words of ours for each line of a text."""
    return tuple(map(line, text.split("\n")))
