"""Browser sessions: kept with their user, found by the cookie alone, ended one by one or all at once."""

from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DjangoSessionStore
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from classifier import migrations
from classifier.accounts.devices import sign_out_everywhere
from classifier.accounts.sessions import SessionStore, hashed
from classifier.models import BrowserSession


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_session_names_its_user_and_keeps_no_key_that_opens_it(client: Client, user: User) -> None:
    client.force_login(user)

    row = BrowserSession.objects.get()
    assert row.user == user
    assert client.cookies["sessionid"].value not in str(BrowserSession.objects.values())
    client.cookies["sessionid"] = row.session_key
    assert not is_signed_in(client)


def test_signing_out_deletes_the_session(client: Client, user: User) -> None:
    client.force_login(user)
    client.logout()

    assert not BrowserSession.objects.exists()


def test_a_session_that_was_ended_is_not_made_again_by_a_request_in_flight(db: None) -> None:
    session = SessionStore()
    session.create()
    BrowserSession.objects.all().delete()
    session["late"] = True

    with pytest.raises(UpdateError):
        session.save()


def test_an_expired_session_opens_nothing_and_is_cleared(client: Client, user: User) -> None:
    client.force_login(user)
    BrowserSession.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert not is_signed_in(client)
    SessionStore.clear_expired()
    assert not BrowserSession.objects.exists()


def test_its_last_use_is_noted_every_few_minutes(client: Client, user: User, django_assert_num_queries: Any) -> None:
    client.force_login(user)
    an_hour_ago = timezone.now() - timedelta(hours=1)
    BrowserSession.objects.update(last_used_at=an_hour_ago)

    client.get("/api/v1/me/")

    assert BrowserSession.objects.get().last_used_at > an_hour_ago
    with django_assert_num_queries(2):  # the session and its user
        client.get("/api/v1/me/")


def test_signing_out_everywhere_reads_no_session_of_others(
    user: User, other_user: User, django_assert_num_queries: Any
) -> None:
    for _ in range(20):
        Client().force_login(other_user)
    Client().force_login(user)

    with django_assert_num_queries(4):  # the code, the tokens, the sessions and the addresses of the account
        sign_out_everywhere(user)

    assert set(BrowserSession.objects.values_list("user", flat=True)) == {other_user.pk}


def test_who_was_signed_in_before_sessions_had_users_stays_signed_in(client: Client, user: User) -> None:
    client.force_login(user)
    old = DjangoSessionStore()
    old.update(client.session.items())
    old.create()
    DjangoSessionStore().create()  # a visitor's
    BrowserSession.objects.all().delete()

    (migration,) = (path.stem for path in Path(migrations.__path__[0]).glob("*_browser_sessions.py"))
    import_module(f"classifier.migrations.{migration}").take_over(apps, None)

    assert [row.session_key for row in BrowserSession.objects.all()] == [hashed(old.session_key)]
    assert not Session.objects.exists()
    client.cookies["sessionid"] = str(old.session_key)
    assert is_signed_in(client)


def test_a_session_ends_when_it_was_to_end_whatever_is_stored_in_it(client: Client, user: User) -> None:
    client.force_login(user)
    tomorrow = timezone.now() + timedelta(days=1)
    BrowserSession.objects.update(expire_date=tomorrow)

    session: Any = client.session
    session["notice"] = "Something happened."
    session.save()

    assert BrowserSession.objects.get().expire_date == tomorrow


def test_whoever_is_signed_in_reads_on_when_their_last_use_cannot_be_noted(
    client: Client, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(user)
    BrowserSession.objects.update(last_used_at=timezone.now() - timedelta(hours=1))

    def refuse(*_: object, **__: object) -> int:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(QuerySet, "update", refuse)

    assert is_signed_in(client)
