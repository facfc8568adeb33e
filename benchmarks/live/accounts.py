"""Accounts made inside Django on a live server's data, printed for whoever speaks to it.

`python -m benchmarks.live.accounts tokens NUMBER` prints tokens, each of an account of its own;
`python -m benchmarks.live.accounts session NUMBER` makes so many accounts, and prints a superuser's session key;
`python -m benchmarks.live.accounts sessions NUMBER` prints keys of sessions, each of a superuser of its own.
"""

import os
import sys
from typing import Any

SUPERUSER = "ada"


def make_tokens(count: int) -> list[str]:
    """A token each for so many new accounts."""
    from django.contrib.auth.models import User
    from django.db import transaction

    from classifier.accounts.sign_in import sign_in

    with transaction.atomic():
        first = User.objects.count()
        users = [User.objects.create(username=f"user{first + number}") for number in range(count)]
        return [sign_in(user).token for user in users]


def make_session(*, others: int) -> str:
    """The key of a session of the superuser, who is made first; so many others follow her."""
    from django.contrib.auth.models import User

    superuser = User.objects.create_superuser(SUPERUSER, password=None)
    User.objects.bulk_create([User(username=f"other{number}", password="!") for number in range(others)])  # noqa: S106
    return _session_of(superuser)


def make_sessions(count: int) -> list[str]:
    """The key of a session each for so many new superusers."""
    from django.contrib.auth.models import User

    first = User.objects.count()
    return [
        _session_of(User.objects.create_superuser(f"staff{first + number}", password=None)) for number in range(count)
    ]


def _session_of(user: Any) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from classifier.accounts.sessions import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "classifier_project.settings")
    django.setup()
    what, number = sys.argv[1], int(sys.argv[2])
    made = {
        "tokens": lambda: make_tokens(number),
        "session": lambda: [make_session(others=number)],
        "sessions": lambda: make_sessions(number),
    }
    print(*made[what](), sep="\n")


if __name__ == "__main__":
    main()
