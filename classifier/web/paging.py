"""Pages of a history by cursor: as quick on the last page as on the first, and steady while photos arrive."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from classifier.models import Prediction


@dataclass(frozen=True, slots=True)
class Page:
    """Some predictions, newest first; a cursor is empty where there is nothing further."""

    predictions: tuple[Prediction, ...]
    newer: str
    older: str


def page_of(rows: "QuerySet[Prediction]", *, size: int, before: str = "", after: str = "") -> Page:
    """The predictions next older than the cursor `before`, or next newer than `after`, or the newest.

    A cursor that is none counts as not given.
    """
    newer_than, older_than = _read(after), _read(before)
    if newer_than:
        found = list(rows.filter(_newer(newer_than)).order_by("created_at", "id")[: size + 1])
        page = found[:size][::-1]
        return Page(tuple(page), _cursor(page, 0) if len(found) > size else "", _cursor(page, -1))
    found = list((rows.filter(_older(older_than)) if older_than else rows).order_by("-created_at", "-id")[: size + 1])
    page = found[:size]
    return Page(tuple(page), _cursor(page, 0) if older_than else "", _cursor(page, -1) if len(found) > size else "")


def _cursor(page: list[Prediction], index: int) -> str:
    return f"{page[index].created_at.isoformat()}_{page[index].pk}" if page else ""


def _read(cursor: str) -> tuple[datetime, UUID] | None:
    moment, _, key = cursor.partition("_")
    try:
        read = datetime.fromisoformat(moment), UUID(key)
    except ValueError:
        return None
    return read if read[0].tzinfo else None


def _older(than: tuple[datetime, UUID]) -> Q:
    # The first bound alone lets the database start at the right place of its index.
    return Q(created_at__lte=than[0]) & (Q(created_at__lt=than[0]) | Q(id__lt=than[1]))


def _newer(than: tuple[datetime, UUID]) -> Q:
    return Q(created_at__gte=than[0]) & (Q(created_at__gt=than[0]) | Q(id__gt=than[1]))
