"""`manage.py ensure_demo_account`: an account to try the server with, on your own machine only."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from classifier.accounts import demo
from classifier.process.addresses import is_loopback


class Command(BaseCommand):
    help = (
        "Creates the account demo/demo with admin rights, only with DEBUG, on a loopback address and behind no proxy."
    )

    def handle(self, **options: Any) -> None:
        if not is_allowed(settings.HOST):
            demo.close_account()
            self.stdout.write(
                "No demo account on a server that others can reach. Create an account: manage.py createsuperuser"
            )
            return
        demo.open_account()
        self.stdout.write(f"Demo account: {demo.NAME} / {demo.PASSWORD}")


def is_allowed(host: str) -> bool:
    """Whether a server that listens on `host` may have an account with a known password: nobody else can reach it."""
    development: bool = settings.DEVELOPMENT and not settings.BEHIND_TLS_PROXY
    return development and is_loopback(host)
