"""Accounts made inside Django on a live server's data, printed for whoever speaks to it.

`python -m benchmarks.live.accounts tokens NUMBER` prints tokens, each of an account of its own;
`python -m benchmarks.live.accounts session NUMBER` makes so many accounts, and prints a superuser's session key.
"""

import os
import sys

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
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User

    from classifier.accounts.sessions import SessionStore

    superuser = User.objects.create_superuser(SUPERUSER, password=None)
    User.objects.bulk_create([User(username=f"other{number}", password="!") for number in range(others)])  # noqa: S106
    session = SessionStore()
    session[SESSION_KEY] = str(superuser.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = superuser.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "classifier_project.settings")
    django.setup()
    what, number = sys.argv[1], int(sys.argv[2])
    print(*(make_tokens(number) if what == "tokens" else [make_session(others=number)]), sep="\n")


if __name__ == "__main__":
    main()
