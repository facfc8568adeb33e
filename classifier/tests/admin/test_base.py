"""What the lists of the admin have in common."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from classifier.models import DeviceToken, ModelVersion
from classifier.tests.rows import make_prediction

LIST = "admin:classifier_prediction_changelist"
TOKENS = "admin:classifier_devicetoken_changelist"


MODELS = "admin:classifier_modelversion_changelist"


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
