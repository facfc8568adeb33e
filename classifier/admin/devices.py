"""Signed-in devices in the admin."""

from django.contrib import admin

from classifier.admin.base import ReadOnlyAdmin
from classifier.models import DeviceToken


@admin.register(DeviceToken)
class DeviceTokenAdmin(ReadOnlyAdmin):
    """Deleting a row signs that device out. The token itself is not stored."""

    list_display = ("__str__", "user", "created", "last_used_at", "expiry")
    list_select_related = ("user",)
    search_fields = ("user__username", "device_name", "token_key")
    search_help_text = "Owner, device, or the first characters of a token"
    fields = ("device_name", "token_key", "user", "created", "last_used_at", "expiry")
    readonly_fields = fields
