"""A closed account: signed out everywhere, nameless, and then gone with all that belonged to it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from classifier.accounts import batches, deletion
from classifier.accounts.devices import make_token
from classifier.errors import AccountGoneError
from classifier.models import AccountDeletion, BrowserSession, DeviceToken, ModelVersion, StorageUse
from classifier.predictions import services
from classifier.predictions.intake import Sender
from classifier.tests.examples import upload

PASSWORD = "correct horse battery"
SIGN_IN = {"username": "ada", "password": PASSWORD}


def test_an_account_that_is_to_go_is_signed_out_everywhere_at_once(
    user: User, api_client: APIClient, client: Client, anonymous: APIClient
) -> None:
    client.force_login(user)

    deletion.request_deletion(user)

    assert api_client.get("/api/v1/me/").status_code == 401
    assert client.get("/account/").status_code == 302
    assert anonymous.post("/api/v1/auth/login/", SIGN_IN).status_code == 401
    assert not DeviceToken.objects.exists()
    assert not BrowserSession.objects.filter(user__isnull=False).exists()


def test_a_token_made_in_the_same_moment_opens_nothing(user: User, anonymous: APIClient) -> None:
    deletion.request_deletion(user)
    _, token = make_token(user, "phone")

    response = anonymous.get("/api/v1/me/", headers={"Authorization": f"Token {token}"})

    assert response.status_code == 401


def test_its_name_is_free_and_its_address_forgotten_at_once(user: User, anonymous: APIClient) -> None:
    User.objects.filter(pk=user.pk).update(email="ada@example.org", first_name="Ada")

    deletion.request_deletion(user)

    closed = User.objects.get(pk=user.pk)
    assert (closed.email, closed.first_name, closed.is_active) == ("", "", False)
    assert anonymous.post("/api/v1/auth/register/", SIGN_IN).status_code == 201


def test_asking_twice_changes_nothing(user: User) -> None:
    deletion.request_deletion(user)
    before = User.objects.values().get(), AccountDeletion.objects.values().get()

    deletion.request_deletion(user)

    assert (User.objects.values().get(), AccountDeletion.objects.values().get()) == before


def test_an_account_that_is_gone_can_be_asked_for(user: User) -> None:
    deletion.request_deletion(user)
    deletion.finish(user.pk)

    deletion.request_deletion(user)

    assert not AccountDeletion.objects.exists()


def test_a_photo_on_its_way_is_not_stored_for_an_account_that_is_to_go(user: User, serving: ModelVersion) -> None:
    services.classify_upload(sender=Sender(user), upload=upload())
    deletion.request_deletion(user)

    with pytest.raises(AccountGoneError):
        services.classify_upload(sender=Sender(user), upload=upload())

    assert StorageUse.objects.get().photos == 1


def test_what_belongs_to_it_goes_a_few_rows_at_a_time(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MAX_ROWS", 2)
    user.groups.add(*(Group.objects.create(name=str(number)) for number in range(3)))
    for number in range(5):
        LogEntry.objects.create(user=user, object_repr=str(number), action_flag=1)
    deletion.request_deletion(user)

    with CaptureQueriesContext(connection) as queries:
        deletion.finish(user.pk)

    assert sum("DELETE" in query["sql"] and "django_admin_log" in query["sql"] for query in queries) >= 3
    assert not User.objects.exists()
    assert not LogEntry.objects.exists()
    assert not AccountDeletion.objects.exists()


def test_the_accounts_wait_in_their_order(user: User, other_user: User) -> None:
    deletion.request_deletion(other_user)
    deletion.request_deletion(user)

    assert deletion.all_requested() == [other_user.pk, user.pk]
    deletion.finish(other_user.pk)
    assert deletion.all_requested() == [user.pk]
