"""The demo account, whose password everybody knows: for a server that nobody else can reach."""

from functools import lru_cache

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import User

NAME = PASSWORD = "demo"  # noqa: S105  # everybody may know it


def open_account() -> None:
    """Makes the account, with admin rights, or opens it again."""
    user, _ = User.objects.get_or_create(username=NAME)
    user.is_staff = user.is_superuser = user.is_active = True
    user.set_password(PASSWORD)
    user.save()


def close_account() -> None:
    """Deactivates the demo account. An account of that name with another password belongs to somebody and stays."""
    user = User.objects.filter(username=NAME, is_active=True).first()
    if user and user.check_password(PASSWORD):
        user.is_active = False
        user.save(update_fields=["is_active"])


def offered() -> dict[str, str]:
    """What a page may fill in by itself to sign somebody in; nothing where others can reach the server."""
    if not settings.OWN_MACHINE:
        return {}
    accounts = User.objects.filter(username=NAME, is_active=True)
    password_hash = accounts.values_list("password", flat=True).first()
    return {"username": NAME, "password": PASSWORD} if password_hash and _is_known(password_hash) else {}


@lru_cache(maxsize=1)
def _is_known(password_hash: str) -> bool:
    """Kept: to check a password takes a third of a second, on purpose."""
    return check_password(PASSWORD, password_hash)
