"""`manage.py remove_second_factor`: for somebody who has lost phone and recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from classifier.accounts import devices, second_factor


class Command(BaseCommand):
    help = "Turns an account's second factor off and signs it out everywhere. Make sure first who asks you to."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME", help="the account's user name")

    def handle(self, **options: Any) -> None:
        user = User.objects.filter(username=options["name"]).first()
        if user is None:
            raise CommandError(f"There is no account {options['name']!r}.")
        if not second_factor.remove(user):
            raise CommandError(f"{user} has no second factor.")
        devices.sign_out_everywhere(user)
        self.stdout.write(f"{user} signs in by password alone now, and is signed out everywhere.")
