"""`manage.py ensure_demo_account`: an account to try the server with, on one's own machine only."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand

from classifier.server.addresses import is_loopback

NAME = PASSWORD = "demo"


class Command(BaseCommand):
    help = "Makes the account demo/demo, with admin rights; only when DEBUG is on and HOST is a loopback address."

    def handle(self, **options: Any) -> None:
        if not is_allowed(settings.HOST):
            withdraw()
            self.stdout.write(
                "No demo account: it exists only with DEBUG on and HOST on loopback. Use createsuperuser."
            )
            return
        user, _ = User.objects.get_or_create(username=NAME)
        user.is_staff = user.is_superuser = user.is_active = True
        user.set_password(PASSWORD)
        user.save()
        self.stdout.write(f"Demo account: {NAME} / {PASSWORD}")


def is_allowed(host: str) -> bool:
    """Whether a server that listens there may have an account whose password everybody knows."""
    return settings.DEBUG and is_loopback(host)


def withdraw() -> None:
    """Closes the demo account; one of that name with a password of its own is somebody's, and stays."""
    user = User.objects.filter(username=NAME, is_active=True).first()
    if user and user.check_password(PASSWORD):
        user.is_active = False
        user.save(update_fields=["is_active"])
