"""Finds an account's predictions by a part of a label, or by the beginning of a word of a name."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Exists, OuterRef, Q, QuerySet

from classifier.models import Prediction, SearchText, SearchWord
from classifier.search import index
from classifier.search.text import beginning, fold

MOST_WORDS = 100
"""What more words of labels contain is no help to the index."""
FEW, MANY = 1000, 10_000
"""Of what is found: few are looked up and sorted; many are passed by, the first in their order first."""


Keys: TypeAlias = QuerySet[SearchText, Any]
"""Of predictions, still in the database."""


@dataclass(frozen=True, slots=True)
class Found:
    """Those of the rows in which a text was found."""

    rows: QuerySet[Prediction]
    some: Keys | None = None
    """Where it is more than a few: so many keys of what was found, among other rows, too."""


def found(rows: QuerySet[Prediction], text: str, *, owner_id: int | None) -> Found:
    """An owner's rows are found by the index; without an owner it is no help."""
    part = fold(text)
    if not part:
        return Found(rows)
    query = _query(owner_id, part) if owner_id is not None else None
    if query is None:
        return Found(rows.filter(_has(part, "search_text__")))
    kept = SearchText.objects.filter(_has(part), pk__in=index.rows_with(query)).values("prediction")
    some = kept[: FEW + 1]
    if some.count() <= FEW:
        return Found(among(rows, kept))
    if index.has_more_than(MANY, query):
        return Found(rows.filter(_has(part, "search_text__")), some)
    return Found(rows.filter(pk__in=kept), some)


def among(rows: QuerySet[Prediction], keys: Keys) -> QuerySet[Prediction]:
    """Those of the rows that have these keys, each looked up by its key.

    Without statistics, SQLite takes an owner's rows for a handful, and would read all of them.
    """
    looked_up = rows.order_by().filter(pk=OuterRef("pk"))
    return Prediction.objects.select_related("model_version", "feedback").filter(Exists(looked_up), pk__in=keys)


def _has(part: str, path: str = "") -> Q:
    """What is found: the index says no more than where to look."""
    is_label = Q(**{f"{path}labels__contains": part})
    words = beginning(part)
    return is_label | Q(**{f"{path}names__contains": words}) if words else is_label


def _query(owner_id: int, part: str) -> str | None:
    """For the index: all rows that have the part, and perhaps others; None when it cannot tell."""
    queries = []
    groups = [_words_with(piece) for piece in part.split()]
    if all(group != [] for group in groups):
        few = [index.any_of(index.label_word(owner_id, word) for word in group) for group in groups if group]
        if not few:
            return None
        queries.append(index.all_of(few))
    if words := beginning(part).split():
        *whole, last = words
        names = [index.name_word(owner_id, word) for word in whole]
        queries.append(index.all_of([*names, index.name_beginning(owner_id, last)]))
    return index.any_of(queries) if queries else index.label_word(owner_id, part)


def _words_with(piece: str) -> list[str] | None:
    """The words of labels that contain it; None when they are too many."""
    words = list(SearchWord.objects.filter(word__contains=piece).values_list("word", flat=True)[: MOST_WORDS + 1])
    return words if len(words) <= MOST_WORDS else None
