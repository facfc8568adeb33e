"""What the lists of the admin have in common."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from classifier.admin.base import CheckedLists
from classifier.models import DeviceToken, ModelVersion
from classifier.tests.rows import make_prediction

LIST = "admin:classifier_prediction_changelist"
TOKENS = "admin:classifier_devicetoken_changelist"


MODELS = "admin:classifier_modelversion_changelist"
for_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows more years than 1 to 9999")


@pytest.mark.parametrize(
    ("name", "query"),
    [
        pytest.param(LIST, "created_at__gte=0001-01-01T00:00:00%2B14:00", marks=for_sqlite),
        pytest.param(LIST, "created_at__lt=9999-12-31T23:59:59-14:00", marks=for_sqlite),
        (LIST, "created_at__year=0"),
        (LIST, "created_at__range="),
        (LIST, "label=a%00b"),
        pytest.param("admin:auth_user_changelist", "date_joined__gte=0001-01-01T00:00:00%2B14:00", marks=for_sqlite),
        ("admin:auth_user_changelist", "username=%00"),
        ("admin:auth_group_changelist", "name=%00"),
    ],
)
def test_a_filter_that_the_database_cannot_be_asked_leads_back_to_the_whole_list(
    staff_client: Client, serving: ModelVersion, name: str, query: str
) -> None:
    answer = staff_client.get(f"{reverse(name)}?{query}")

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse(name)}?e=1")


@pytest.mark.parametrize(
    "query", [pytest.param("created_at__gte=0001-01-01T00:00:00%2B14:00", marks=for_sqlite), "label=%00"]
)
def test_an_export_of_such_a_list_is_none(staff_client: Client, user: User, serving: ModelVersion, query: str) -> None:
    chosen = [str(make_prediction(user, serving, "tabby").pk)]

    answer = staff_client.post(f"{reverse(LIST)}?{query}", {"action": "export_csv", "_selected_action": chosen})

    assert answer.status_code == 302


def queries_for(staff_client: Client, capture: Any, name: str) -> int:
    with capture() as queries:
        assert staff_client.get(reverse(name)).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", [LIST, MODELS, TOKENS])
def test_a_list_takes_no_more_queries_for_more_rows(
    staff_client: Client, user: User, serving: ModelVersion, name: str
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def fill(count: int) -> None:
        for number in range(count):
            owner = User.objects.create_user(f"u{User.objects.count()}")
            version = ModelVersion.objects.create(name=owner.username, version="1", manifest=serving.manifest)
            make_prediction(owner, version, f"label{number}")
            DeviceToken.objects.create(owner)

    fill(3)
    few = queries_for(staff_client, lambda: CaptureQueriesContext(connection), name)
    fill(27)
    many = queries_for(staff_client, lambda: CaptureQueriesContext(connection), name)

    assert few == many


def test_every_list_is_made_with_what_they_have_in_common() -> None:
    listed = [model for model in apps.get_models() if admin.site.is_registered(model)]

    assert listed
    assert all(isinstance(admin.site.get_model_admin(model), CheckedLists) for model in listed)
