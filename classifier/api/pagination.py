"""How the history is paged: by cursor, newest first, as quick on the last page as on the first."""

from typing import Any

from rest_framework.pagination import CursorPagination

from classifier.conf import conf


class HistoryPagination(CursorPagination):
    ordering = ("-created_at", "-id")
    page_size_query_param = "page_size"
    max_page_size = 100

    def get_page_size(self, request: Any) -> int:
        self.page_size = conf.history_page_size
        return super().get_page_size(request) or self.page_size
