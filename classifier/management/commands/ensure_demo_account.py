"""`manage.py ensure_demo_account`: an account to try the server with, on your own machine only."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand

from classifier.server.addresses import is_loopback

NAME = PASSWORD = "demo"


class Command(BaseCommand):
    help = (
        "Creates the account demo/demo with admin rights, only with DEBUG, on a loopback address and behind no proxy."
    )

    def handle(self, **options: Any) -> None:
        if not is_allowed(settings.HOST):
            close_demo_account()
            self.stdout.write(
                "No demo account on a server that others can reach. Create an account: manage.py createsuperuser"
            )
            return
        user, _ = User.objects.get_or_create(username=NAME)
        user.is_staff = user.is_superuser = user.is_active = True
        user.set_password(PASSWORD)
        user.save()
        self.stdout.write(f"Demo account: {NAME} / {PASSWORD}")


def is_allowed(host: str) -> bool:
    """Whether a server that listens on `host` may have an account with a known password: nobody else can reach it."""
    development: bool = settings.DEVELOPMENT and not settings.BEHIND_TLS_PROXY
    return development and is_loopback(host)


def close_demo_account() -> None:
    """Deactivates the demo account. An account of that name with another password belongs to somebody and stays."""
    user = User.objects.filter(username=NAME, is_active=True).first()
    if user and user.check_password(PASSWORD):
        user.is_active = False
        user.save(update_fields=["is_active"])
