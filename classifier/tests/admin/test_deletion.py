"""Rows deleted by staff: many of them, in short transactions and with honest words."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from classifier.accounts import batches
from classifier.admin import deletion
from classifier.models import AccountDeletion, DeviceToken, ModelVersion, Prediction, StorageUse
from classifier.predictions import account_deletion
from classifier.tests.admin.actions import act
from classifier.tests.rows import make_prediction

LIST, USERS = "admin:classifier_prediction_changelist", "admin:auth_user_changelist"
TOKENS, MODELS = "admin:classifier_devicetoken_changelist", "admin:classifier_modelversion_changelist"


@pytest.fixture
def rows(user: User, serving: ModelVersion) -> list[Prediction]:
    StorageUse.objects.create(owner=user, photos=150, byte_size=150)
    return [make_prediction(user, serving, f"label {number}") for number in range(150)]


def test_the_page_that_asks_counts_and_names_some(staff_client: Client, rows: list[Prediction]) -> None:
    page = act(staff_client, LIST, "delete_selected", rows[0].pk, select_across="1").content.decode()

    assert "Predictions: 150" in page
    assert page.count("<li>label") == deletion.SHOWN
    assert "… and 130 more" in page
    assert page.count('name="_selected_action"') == 1


def test_all_that_a_filter_finds_goes_though_it_is_more_than_a_form_has_fields(
    staff_client: Client, rows: list[Prediction]
) -> None:
    page = act(staff_client, LIST, "delete_selected", rows[0].pk, select_across="1", post="yes").content.decode()

    assert "150 predictions deleted." in page
    assert not Prediction.objects.exists()
    assert StorageUse.objects.get().photos == 0
    assert LogEntry.objects.count() == 150


def test_no_statement_deletes_more_than_a_batch(
    staff_client: Client, rows: list[Prediction], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in ((deletion, "BATCH"), (batches, "FIRST_ROWS"), (batches, "MAX_ROWS")):
        monkeypatch.setattr(module, name, 60)

    with CaptureQueriesContext(connection) as queries:
        act(staff_client, LIST, "delete_selected", rows[0].pk, select_across="1", post="yes")

    deletions = [query["sql"] for query in queries if 'DELETE FROM "classifier_prediction"' in query["sql"]]
    assert [sql.count(",") + 1 for sql in deletions] == [60, 60, 30]


def test_more_than_go_at_a_time_are_told(
    staff_client: Client, rows: list[Prediction], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deletion, "MOST", 100)

    page = act(staff_client, LIST, "delete_selected", rows[0].pk, select_across="1", post="yes").content.decode()

    assert "100 predictions deleted." in page
    assert "These were the first 100" in page
    assert Prediction.objects.count() == 50


@pytest.mark.parametrize("path", ["action", "page"])
def test_an_account_is_closed_at_once_and_its_photos_go_afterwards(
    staff_client: Client, user: User, rows: list[Prediction], path: str
) -> None:
    with CaptureQueriesContext(connection) as queries:
        if path == "action":
            page = act(staff_client, USERS, "delete_selected", user.pk, post="yes").content.decode()
        else:
            address = reverse("admin:auth_user_delete", args=[user.pk])
            page = staff_client.post(address, {"post": "yes"}, follow=True).content.decode()

    assert "photos are being removed" in page
    assert 'id="result_list"' in page
    assert "deleted-" not in page
    assert AccountDeletion.objects.get().user_id == user.pk
    assert not any('DELETE FROM "classifier_prediction"' in query["sql"] for query in queries)
    assert Prediction.objects.count() == 150
    account_deletion.delete_requested(pause=lambda _: None)
    assert not Prediction.objects.exists()
    assert not User.objects.filter(pk=user.pk).exists()


def test_the_page_of_one_account_loads_none_of_its_rows(
    staff_client: Client, user: User, rows: list[Prediction]
) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = staff_client.get(reverse("admin:auth_user_delete", args=[user.pk])).content.decode()

    assert "Predictions: 150" in page
    assert not any("label" in query["sql"] for query in queries)


def test_a_model_with_predictions_is_kept(staff_client: Client, rows: list[Prediction], second: ModelVersion) -> None:
    ModelVersion.objects.update(is_active=False)

    page = act(staff_client, MODELS, "delete_selected", rows[0].model_version_id, post="yes").content.decode()

    assert "150 predictions" in page
    assert ModelVersion.objects.count() == 2


def test_whoever_may_not_delete_what_belongs_to_it_deletes_nothing(
    client: Client, user: User, other_user: User
) -> None:
    DeviceToken.objects.create(user)
    other_user.is_staff = True
    other_user.save()
    names = ["delete_user", "view_user"]
    other_user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(other_user)

    asking: Any = act(client, USERS, "delete_selected", user.pk)
    confirmed: Any = act(client, USERS, "delete_selected", user.pk, post="yes")

    assert "device token" in asking.content.decode()
    assert confirmed.status_code == 403
    assert not AccountDeletion.objects.exists()


def test_all_rows_of_a_page_can_be_ticked(staff_client: Client, user: User) -> None:
    for _ in range(120):
        DeviceToken.objects.create(user)
    page = staff_client.get(reverse(TOKENS))
    shown = [row.pk for row in page.context["cl"].result_list]

    assert "50 " in act(staff_client, TOKENS, "delete_selected", *shown, post="yes").content.decode()
    assert DeviceToken.objects.count() == 70
