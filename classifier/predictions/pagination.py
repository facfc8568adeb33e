"""Pages of the history by cursor: the last page is as fast as the first, and new photos shift nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request

from classifier.conf import conf
from classifier.models import Prediction


class HistoryPagination(CursorPagination):
    """Newest first. A position is a time and an id, so that nothing is skipped where photos have the same time."""

    page_size_query_param = "page_size"
    max_page_size = 100
    ordering = ("-created_at", "-id")
    page: list[Any]
    cursor: Any

    def get_page_size(self, request: Request) -> int:
        self.page_size = conf.history_page_size
        return super().get_page_size(request) or self.page_size

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Raises DRF's NotFound for an invalid cursor."""
        self.base_url = request.build_absolute_uri()
        self.cursor = self.decode_cursor(request) or Cursor(offset=0, reverse=False, position=None)
        size = self.get_page_size(request)
        rows = list(_rows_after(queryset, self.cursor)[: size + 1])
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
            _read(cursor.position if cursor else None)
        except (ValueError, OverflowError) as error:
            raise NotFound(self.invalid_cursor_message) from error
        return cursor

    def get_next_link(self) -> str | None:
        return self._link(self.page[-1:], reverse=False) if self.has_next else None

    def get_previous_link(self) -> str | None:
        return self._link(self.page[:1], reverse=True) if self.has_previous else None

    def _link(self, edge: list[Prediction], *, reverse: bool) -> str:
        """The link from the last row on that side, or from where an empty page began."""
        position: Any = f"{edge[0].created_at.isoformat()}_{edge[0].pk}" if edge else self.cursor.position
        return self.encode_cursor(Cursor(offset=0, reverse=reverse, position=position))


@dataclass(frozen=True, slots=True)
class Page:
    """Some predictions, newest first, and the query strings of the pages before and after; empty if there is none."""

    predictions: list[Prediction]
    newer: str
    older: str


def page_of(rows: QuerySet[Prediction], request: HttpRequest) -> Page:
    """The page that a request asks for, paged as in the API. Raises DRF's NotFound for an invalid cursor."""
    pagination = HistoryPagination()
    predictions = pagination.paginate_queryset(rows, Request(request))
    newer, older = pagination.get_previous_link(), pagination.get_next_link()
    return Page(predictions, urlsplit(newer or "").query, urlsplit(older or "").query)


def _rows_after(rows: QuerySet[Any], cursor: Any) -> QuerySet[Any]:
    start = _read(cursor.position)
    if start is None:
        bounds = Q()
    elif cursor.reverse:  # the first bound alone lets the database start at the right place of its index
        bounds = Q(created_at__gte=start[0]) & (Q(created_at__gt=start[0]) | Q(id__gt=start[1]))
    else:
        bounds = Q(created_at__lte=start[0]) & (Q(created_at__lt=start[0]) | Q(id__lt=start[1]))
    order = ("created_at", "id") if cursor.reverse else HistoryPagination.ordering
    return rows.filter(bounds).order_by(*order)


def _read(position: str | None) -> tuple[datetime, UUID] | None:
    """Raises ValueError or OverflowError for an invalid position."""
    if position is None:
        return None
    moment, _, key = position.partition("_")
    return datetime.fromisoformat(moment).astimezone(UTC), UUID(key)
