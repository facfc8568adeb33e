"""Pages of the history by cursor: the last page is as fast as the first, and new photos shift nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request

from classifier.conf import conf
from classifier.models import Prediction
from classifier.predictions.filters import LEAST_SURE, NEWEST

PARAMETER = "ordering"


@dataclass(frozen=True, slots=True)
class Order:
    """In which order predictions are shown. A position is a value and an id, so that nothing is skipped where many
    have the same value."""

    field: str
    is_descending: bool
    write: Callable[[Any], str]
    read_value: Callable[[str], Any]

    def position_of(self, row: Prediction) -> str:
        return f"{self.write(getattr(row, self.field))}_{row.pk}"

    def read(self, position: str) -> tuple[Any, UUID]:
        """Raises ValueError or OverflowError for an invalid position."""
        value, _, key = position.partition("_")
        return self.read_value(value), UUID(key)

    def rows_from(self, rows: QuerySet[Any], position: str | None, *, reverse: bool = False) -> QuerySet[Any]:
        """The rows after a position, or before it, the nearest first; all of them without one."""
        is_down = self.is_descending != reverse
        sign, than = ("-", "lt") if is_down else ("", "gt")
        if position is not None:
            value, key = self.read(position)
            beyond = Q(**{f"{self.field}__{than}": value}) | Q(**{f"id__{than}": key})
            # the first bound alone lets the database start at the right place of its index
            rows = rows.filter(Q(**{f"{self.field}__{than}e": value}) & beyond)
        return rows.order_by(f"{sign}{self.field}", f"{sign}id")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _probability(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError(text)
    return value


ORDERS = {
    NEWEST: Order("created_at", True, datetime.isoformat, _moment),
    LEAST_SURE: Order("probability", False, repr, _probability),
}


def order_of(ordering: str | None) -> Order:
    return ORDERS.get(ordering or NEWEST, ORDERS[NEWEST])


class HistoryPagination(CursorPagination):
    """Newest first, or as the query's `ordering` says."""

    page_size_query_param = "page_size"
    max_page_size = 100
    ordering = ("-created_at", "-id")
    page: list[Any]
    cursor: Any
    order = ORDERS[NEWEST]

    def get_page_size(self, request: Request) -> int:
        self.page_size = conf.history_page_size
        return super().get_page_size(request) or self.page_size

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Raises DRF's NotFound for an invalid cursor."""
        self.base_url = request.build_absolute_uri()
        self.order = order_of(request.query_params.get(PARAMETER))
        self.cursor = self.decode_cursor(request) or _cursor_at(None)
        size = self.get_page_size(request)
        rows = list(self.order.rows_from(queryset, self.cursor.position, reverse=self.cursor.reverse)[: size + 1])
        self.page = rows[:size]
        self.has_next, self.has_previous = len(rows) > size, self.cursor.position is not None
        if self.cursor.reverse:
            self.page.reverse()
            self.has_next, self.has_previous = self.has_previous, self.has_next
        self.display_page_controls = self.has_next or self.has_previous
        return self.page

    def decode_cursor(self, request: Request) -> Any:  # DRF's stubs take a position for a number
        cursor: Any = super().decode_cursor(request)
        try:
            if cursor and cursor.position is not None:
                self.order.read(cursor.position)
        except (ValueError, OverflowError) as error:
            raise NotFound(self.invalid_cursor_message) from error
        return cursor

    def get_next_link(self) -> str | None:
        return self._link(self.page[-1:], reverse=False) if self.has_next else None

    def get_previous_link(self) -> str | None:
        return self._link(self.page[:1], reverse=True) if self.has_previous else None

    def _link(self, edge: list[Prediction], *, reverse: bool) -> str:
        """The link from the last row on that side, or from where an empty page began."""
        position = self.order.position_of(edge[0]) if edge else self.cursor.position
        return self.encode_cursor(_cursor_at(position, reverse=reverse))


@dataclass(frozen=True, slots=True)
class Page:
    """Some predictions in their order, and the query strings of the pages before and after; empty if there is none."""

    predictions: list[Prediction]
    newer: str
    older: str


def page_of(rows: QuerySet[Prediction], request: HttpRequest) -> Page:
    """The page that a request asks for, paged as in the API. Raises DRF's NotFound for an invalid cursor."""
    pagination = HistoryPagination()
    predictions = pagination.paginate_queryset(rows, Request(request))
    newer, older = pagination.get_previous_link(), pagination.get_next_link()
    return Page(predictions, urlsplit(newer or "").query, urlsplit(older or "").query)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The predictions before and after one, and the query string of the page that begins with it."""

    previous: Prediction | None
    next: Prediction | None
    page: str


def neighbours_of(row: Prediction, rows: QuerySet[Prediction], query: QueryDict) -> Neighbours:
    """Among the rows, in the order of the query, which has no cursor."""
    order = order_of(query.get(PARAMETER))
    position = order.position_of(row)
    previous, following = (order.rows_from(rows, position, reverse=is_back).first() for is_back in (True, False))
    if previous is None:
        return Neighbours(None, following, query.urlencode())
    pagination, start = HistoryPagination(), _cursor_at(order.position_of(previous))
    pagination.base_url = f"?{query.urlencode()}"
    return Neighbours(previous, following, urlsplit(pagination.encode_cursor(start)).query)


def _cursor_at(position: str | None, *, reverse: bool = False) -> Any:  # DRF's stubs take a position for a number
    return Cursor(offset=0, reverse=reverse, position=position)  # type: ignore[arg-type]
