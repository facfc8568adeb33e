"""Signed-in devices in the admin."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from classifier.admin.base import ReadOnlyAdmin
from classifier.models import BrowserSession, DeviceToken


@admin.register(DeviceToken)
class DeviceTokenAdmin(ReadOnlyAdmin):
    """Deleting a row signs that device out. The token itself is not stored."""

    list_display = ("__str__", "user", "created", "last_used_at", "expiry")
    list_select_related = ("user",)
    search_fields = ("user__username", "device_name", "token_key")
    search_help_text = "Owner, device, or the first characters of a token"
    fields = ("device_name", "token_key", "user", "created", "last_used_at", "expiry")
    readonly_fields = fields


@admin.register(BrowserSession)
class BrowserSessionAdmin(ReadOnlyAdmin):
    """Deleting a row signs that browser out. What opens the session is not stored."""

    list_display = ("__str__", "user", "created_at", "last_used_at", "expire_date")
    list_select_related = ("user",)
    search_fields = ("user__username", "device_name")
    search_help_text = "Owner or browser"
    fields = ("device_name", "user", "created_at", "last_used_at", "expire_date")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> "QuerySet[BrowserSession]":
        """Visitors' sessions are nobody's devices."""
        return super().get_queryset(request).filter(user__isnull=False)
