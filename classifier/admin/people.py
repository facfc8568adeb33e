"""Accounts and groups in the admin: Django's own lists, with filters that are checked."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from classifier.admin.base import CheckedLists

if TYPE_CHECKING:
    OwnUserAdmin = UserAdmin[User]
else:
    OwnUserAdmin = UserAdmin

admin.site.unregister([User, Group])


@admin.register(User)
class CheckedUserAdmin(CheckedLists, OwnUserAdmin):
    pass


@admin.register(Group)
class CheckedGroupAdmin(CheckedLists, GroupAdmin):
    pass
