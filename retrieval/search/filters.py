"""Narrowing: the part of an index that filters leave, by the facts of documents, the departments of clauses and years."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

import numpy as np

from zhice.corpus.model import Clause
from zhice.errors import QueryError
from zhice.retrieval.model import Query
from zhice.retrieval.query import department_names
from zhice.retrieval.search.scope import Scope
from zhice.retrieval.search.searcher import Mask, Searcher

FILTERS = ("document", "clause", "region", "number", "issuer", "department", "year")
"""The names of filters: ids of documents and of clauses, three facts of documents, who has a duty, and the year.

A clause is of a department when it, or the clause above that governs it, gives that department a duty; of a year when it
names it, or when its document was issued in it.
"""
Filters = Mapping[str, str | Sequence[str]]
NOTHING = "按所选的筛选，语料里没有剩下任何条款：请去掉一个筛选再问。"
OUTSIDE = "问题所指的文件不在所选的筛选之内：请去掉筛选再问。"


def mask(filters: Filters, searcher: Searcher) -> Mask:
    """The passages that have one of the values of each filter; raises QueryError for a filter that is written wrong."""
    chosen = {name: _values(name, value) for name, value in filters.items()}
    if unknown := [name for name in chosen if name not in FILTERS]:
        raise QueryError(f"没有名为 '{unknown[0]}' 的筛选；可用的有：{'、'.join(FILTERS)}。")
    kept: Mask = np.ones(len(searcher.document_of), dtype=bool)
    for name, values in chosen.items():
        kept &= _having(name, values, searcher)
    return kept


def within(asked: Scope, searcher: Searcher) -> Scope:
    """What the filters of a narrowed searcher leave of a scope."""
    if searcher.kept is None or asked.missing:
        return asked
    left = np.unique(searcher.document_of[searcher.kept]).tolist()
    documents = tuple(searcher.collection.documents[n].id for n in left)
    kept = set(documents)
    inside = tuple(d for d in asked.documents if d in kept) if asked.documents else documents
    if not inside:
        return Scope(missing=OUTSIDE if documents else NOTHING)
    groups = (tuple(d for d in group if d in kept) for group in asked.groups)
    return replace(asked, documents=inside, groups=tuple(filter(None, groups)))


def placed(query: Query, searcher: Searcher) -> Query:
    """A question that names no place, with the place that all documents left by filters are of: 辽阳市 beside it is 辽阳市 in it."""
    if searcher.kept is None or query.regions or query.language != "zh":
        return query
    left = np.unique(searcher.document_of[searcher.kept]).tolist()
    places = {searcher.collection.documents[n].region for n in left}
    if len(places) != 1 or not (place := places.pop()):
        return query
    return replace(query, text=f"{place}{query.text}", regions=(place,))


def _having(name: str, values: Set[str], searcher: Searcher) -> Mask:
    collection = searcher.collection
    if name == "clause":
        return searcher.of_clauses(values)
    if name == "department":
        clauses = (clause for key in collection.store.catalogue.with_duties() for clause in collection.clauses[key])
        return searcher.of_clauses({clause.id for clause in clauses if _tasks_one_of(values, clause, searcher)})
    if name == "year":
        said = searcher.mask(tuple(d.id for d in collection.documents if d.issued[:4] in values))
        for year in values:
            said[collection.store.postings.holding(year)] = True
        return said
    fact = "id" if name == "document" else name
    return searcher.mask(tuple(d.id for d in collection.documents if getattr(d, fact) in values))


def _tasks_one_of(departments: Set[str], clause: Clause, searcher: Searcher) -> bool:
    """Whether the clause that governs a clause gives one of some departments a duty."""
    governing = searcher.collection.duties_of(clause)
    duties = governing.duties if governing is not None else ()
    return any(department_names.same(duty.department, given) for duty in duties for given in departments)


def _values(name: str, value: object) -> Set[str]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, Sequence | Set) or not all(isinstance(one, str) for one in values):
        raise QueryError(f"筛选 '{name}' 的值应是文字或文字的列表，而不是 {value!r:.60}。")
    return set(values)
