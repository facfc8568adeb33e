"""Accounts and groups in the admin: Django's own lists, with filters that are checked."""

from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest

from classifier.accounts.deletion import request_deletion
from classifier.admin.base import CheckedLists
from classifier.models import AccountDeletion

if TYPE_CHECKING:
    OwnUserAdmin = UserAdmin[User]
else:
    OwnUserAdmin = UserAdmin

admin.site.unregister([User, Group])


@admin.register(User)
class CheckedUserAdmin(CheckedLists, OwnUserAdmin):
    """Accounts; those that are being deleted are none of them any more."""

    def get_queryset(self, request: HttpRequest) -> "QuerySet[User]":
        return super().get_queryset(request).exclude(pk__in=AccountDeletion.objects.values("pk"))

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        request_deletion(obj)
        self.message_user(request, "Nobody can sign in to it any more. Its photos are being removed.", messages.INFO)

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[User]") -> None:
        for user in queryset:
            request_deletion(user)

    def deleted_message(self, count: int) -> str:
        return f"{super().deleted_message(count)} Nobody can sign in to them any more. Their photos are being removed."


@admin.register(Group)
class CheckedGroupAdmin(CheckedLists, GroupAdmin):
    pass
