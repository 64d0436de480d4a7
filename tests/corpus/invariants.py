"""What holds for the outline of any text."""


def check(text, clauses):
    """Asserts spans, ids, parents, and that each character is in exactly one clause's own words."""
    by_id = {clause.id: clause for clause in clauses}
    assert len(by_id) == len(clauses), "two clauses of one id"
    owned = bytearray(len(text))
    for clause in clauses:
        assert 0 <= clause.start <= clause.own_end <= clause.end <= len(text), clause
        if clause.parent:
            parent = by_id[clause.parent]
            assert parent.start <= clause.start and clause.end <= parent.end, (parent, clause)
            assert parent.path == clause.path[:-1], clause
        for i in range(clause.start, clause.own_end):
            assert not owned[i] or text[i].isspace(), f"{text[i]!r} at {i} is in two clauses"
            owned[i] = 1
    lost = [i for i, char in enumerate(text) if not char.isspace() and not owned[i]]
    assert not lost, f"in no clause: {[text[i] for i in lost[:20]]}"
    assert [clause.start for clause in clauses] == sorted(clause.start for clause in clauses), "not in reading order"
