"""Rows deleted by staff: what goes with them is counted, not listed, and many go in many short transactions."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as djangos_delete_selected
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import CASCADE, PROTECT, RESTRICT, Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from classifier.storage.pages import relations_to

MOST = 10_000
"""Rows of one action: whoever asks waits for some seconds."""
BATCH = 200
"""Rows of one transaction: others write between two of them."""
SHOWN = 20
"""Rows that the page names before it asks."""
Going = tuple[list[str], dict[str, int], set[str], list[str]]
"""As Django's pages have it: names, how many of what, kinds that the asker may not delete, and what stands against."""


def what_goes(site: admin.AdminSite, model: type[Model], chosen: Any, request: HttpRequest) -> Going:
    """What a deletion would take along, by one count for each table. `chosen` is a list of rows, or a query."""
    total = chosen.count() if isinstance(chosen, QuerySet) else len(chosen)
    names = [str(row) for row in chosen[:SHOWN]] + ([f"… and {total - SHOWN:,} more"] if total > SHOWN else [])
    counts: dict[str, int] = {str(model._meta.verbose_name_plural): total}
    lacking: set[str] = set()
    protected: list[str] = []
    for relation in _relations(model):
        related: Any = relation.related_model
        count = related._base_manager.filter(**{f"{relation.field.name}__in": chosen}).count()
        name = str(related._meta.verbose_name_plural)
        if count and relation.on_delete is CASCADE:
            counts[name] = counts.get(name, 0) + count
            lacking |= {str(related._meta.verbose_name)} if _may_not_delete(site, related, request) else set()
        elif count and relation.on_delete in (PROTECT, RESTRICT):
            protected.append(f"{count:,} {name}")
    return names, counts, lacking, protected


@admin.action(description="Delete selected %(verbose_name_plural)s", permissions=["delete"])
def delete_selected(list_: Any, request: HttpRequest, rows: "QuerySet[Any]") -> HttpResponseBase | None:
    """Asks, and then deletes. Django's own would name, send and delete all of them at once."""
    _, _, lacking, protected = list_.get_deleted_objects(rows, request)
    if not request.POST.get("post") or protected:
        return _page(list_, request, rows)
    if lacking:
        raise PermissionDenied
    keys = list(rows.order_by().values_list("pk", flat=True)[: MOST + 1])
    going = keys[:MOST]
    for start in range(0, len(going), BATCH):
        batch = list_.model._base_manager.filter(pk__in=going[start : start + BATCH])
        list_.log_deletions(request, batch)
        list_.delete_queryset(request, batch)
    list_.message_user(request, list_.deleted_message(len(going)), messages.SUCCESS)
    if len(keys) > MOST:
        left = f"These were the first {MOST:,}, as many as go at a time. Delete the others in the same way."
        list_.message_user(request, left, messages.WARNING)
    return None


def _page(list_: Any, request: HttpRequest, rows: "QuerySet[Any]") -> HttpResponseBase | None:
    """Django's page that asks; it sends back what was ticked, and not the key of every row."""
    page = djangos_delete_selected(list_, request, rows)
    if isinstance(page, TemplateResponse) and page.context_data is not None:
        page.context_data["ticked"] = request.POST.getlist(ACTION_CHECKBOX_NAME)
        page.context_data["select_across"] = request.POST.get("select_across", "")
    return page


def _relations(model: type[Model]) -> Iterator[Any]:
    """From all tables with rows that belong to this one's; not those that Django keeps by itself."""
    return (relation for relation in relations_to(model) if not relation.related_model._meta.auto_created)


def _may_not_delete(site: admin.AdminSite, model: type[Model], request: HttpRequest) -> bool:
    return site.is_registered(model) and not site.get_model_admin(model).has_delete_permission(request)
