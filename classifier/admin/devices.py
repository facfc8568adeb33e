"""The devices on the operator's desk."""

from django.contrib import admin

from classifier.admin.base import ReadOnlyAdmin
from classifier.models import DeviceToken


@admin.register(DeviceToken)
class DeviceTokenAdmin(ReadOnlyAdmin):
    """Who is signed in; deleting a token signs that device out. The token itself is kept nowhere."""

    list_display = ("__str__", "user", "created", "last_used_at", "expiry")
    list_select_related = ("user",)
    search_fields = ("user__username", "device_name", "token_key")
    search_help_text = "Owner, device, or the first characters of a token"
    fields = ("device_name", "token_key", "user", "created", "last_used_at", "expiry")
    readonly_fields = fields
