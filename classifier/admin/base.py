"""What all lists in the admin have in common."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.http import HttpRequest

from classifier.admin.deletion import what_goes

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


class CheckedChangeList(ChangeList):
    """A list whose filters the database can be asked.

    Those that it cannot lead back to the whole list, as those do that Django itself does not understand.
    """

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> "QuerySet[Any]":
        rows: QuerySet[Any] = super().get_queryset(request, exclude_parameters)
        if "\0" in "".join(self.params.values()):
            raise IncorrectLookupParameters
        try:
            with suppress(EmptyResultSet):
                rows.query.get_compiler(rows.db).as_sql()
        except (ValueError, OverflowError, TypeError) as error:
            raise IncorrectLookupParameters(error) from error
        return rows


class CheckedLists(ModelAdmin):
    """What every list in the admin is made with."""

    list_per_page = 50  # ticking all of a page sends as many fields, of which a form may have a hundred
    delete_selected_confirmation_template = "classifier/admin_delete_selected.html"

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What a deletion would delete, counted: Django would load and name all of it."""
        return what_goes(self.admin_site, self.model, objs, request)

    def deleted_message(self, count: int) -> str:
        """What staff are told when so many rows were chosen and deleted."""
        opts = self.opts
        return f"{count:,} {opts.verbose_name if count == 1 else opts.verbose_name_plural} deleted."

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[ChangeList]:
        return CheckedChangeList


class ReadOnlyAdmin(CheckedLists):
    """Rows that the application writes and staff may only view or delete."""

    class Media:
        css = {"all": ("classifier/admin.css",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
