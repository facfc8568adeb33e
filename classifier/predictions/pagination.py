"""Pages of the history by cursor: the last page is as fast as the first, and new photos shift nothing."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.http import HttpRequest
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request

from classifier.conf import conf
from classifier.models import Prediction
from classifier.predictions import orders
from classifier.predictions.orders import Order


class HistoryPagination(CursorPagination):
    """In the order of the rows, newest first if they have none: see `orders`.

    A position has what the order goes by, an id at the end, so that nothing is skipped where photos are alike in it.
    """

    page_size_query_param = "page_size"
    max_page_size = 100
    order: Order
    page: list[Any]
    cursor: Any

    def get_page_size(self, request: Request) -> int:
        self.page_size = conf.history_page_size
        return super().get_page_size(request) or self.page_size

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Raises DRF's NotFound for an invalid cursor."""
        self.order = orders.of(queryset)
        self.base_url = request.build_absolute_uri()
        self.cursor = self.decode_cursor(request) or Cursor(offset=0, reverse=False, position=None)
        size = self.get_page_size(request)
        rows = list(self._rows_after(queryset)[: size + 1])
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
        position: Any = self.order.position_of(edge[0]) if edge else self.cursor.position
        return self.encode_cursor(Cursor(offset=0, reverse=reverse, position=position))

    def _rows_after(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        order = self.order.reversed() if self.cursor.reverse else self.order
        position = self.cursor.position
        return (rows if position is None else rows.filter(order.after(position))).order_by(*order.fields)


@dataclass(frozen=True, slots=True)
class Page:
    """Some predictions, and the query strings of the pages before and after; empty if there is none."""

    predictions: list[Prediction]
    newer: str
    older: str


def page_of(rows: QuerySet[Prediction], request: HttpRequest) -> Page:
    """The page that a request asks for, paged as in the API. Raises DRF's NotFound for an invalid cursor."""
    pagination = HistoryPagination()
    predictions = pagination.paginate_queryset(rows, Request(request))
    newer, older = pagination.get_previous_link(), pagination.get_next_link()
    return Page(predictions, urlsplit(newer or "").query, urlsplit(older or "").query)
