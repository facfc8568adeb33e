"""How many predictions the admin's list has: of all of them, what accounts hold is known without reading each."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Sum
from django.utils.functional import cached_property

from classifier.models import StorageUse

MOST_COUNTED = 10_000
"""One by one; of more, accounts' totals are taken."""


class PredictionPaginator(Paginator[Any]):
    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        if rows.query.has_filters():
            return int(rows.order_by().count())
        counted = int(rows.order_by()[: MOST_COUNTED + 1].count())
        if counted <= MOST_COUNTED:
            return counted
        return max(counted, StorageUse.objects.aggregate(photos=Sum("photos"))["photos"] or 0)
