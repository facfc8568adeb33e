"""The page of a model version's calibration."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from classifier.models import ModelVersion
from classifier.tests.rows import make_prediction, say


def page_of(client: Client, version: ModelVersion, query: str = "") -> str:
    response = client.get(reverse("admin:classifier_modelversion_calibration", args=[version.pk]) + query)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_threshold_is_chosen_without_scripts(staff_client: Client, user: User, serving: ModelVersion) -> None:
    for probability in (0.5, 0.65, 0.9):
        make_prediction(user, serving, "red", probability=probability)

    assert "60 % would have made 1 of 3 answers unsure" in page_of(staff_client, serving)
    assert "70 % would have made 2 of 3 answers unsure" in page_of(staff_client, serving, "?threshold=70")


@pytest.mark.parametrize("nonsense", ["much", "-1", "101", "²"])
def test_a_threshold_that_is_none_is_the_usual_one(staff_client: Client, serving: ModelVersion, nonsense: str) -> None:
    assert "60 % would have made 0 of 0" in page_of(staff_client, serving, f"?threshold={nonsense}")


def test_the_usual_threshold_is_that_of_the_version(
    staff_client: Client, user: User, serving: ModelVersion, settings: Any
) -> None:
    serving.manifest["sure_probability"] = 0.42
    serving.save()
    assert "42 % would have made 0 of 0" in page_of(staff_client, serving)

    settings.CLASSIFIER_SURE_PROBABILITY = 0.7
    assert "70 % would have made 0 of 0" in page_of(staff_client, serving)


def test_what_was_confirmed_is_told(staff_client: Client, user: User, serving: ModelVersion) -> None:
    rows = [make_prediction(user, serving, "red", probability=0.85) for _ in range(4)]
    for row, label in zip(rows, ("red", "red", "red", "blue"), strict=True):
        say(row, label)

    page = page_of(staff_client, serving)

    assert '<th scope="row">80% to 90%</th><td>75%</td><td>30% and 95%</td><td>4</td>' in page
    assert "4 photos are confirmed; 50 are needed" in page


def test_a_model_leads_to_its_calibration(staff_client: Client, serving: ModelVersion) -> None:
    page = staff_client.get(reverse("admin:classifier_modelversion_change", args=[serving.pk])).content.decode()

    assert reverse("admin:classifier_modelversion_calibration", args=[serving.pk]) in page


def test_staff_who_may_not_see_models_are_not_told(client: Client, serving: ModelVersion) -> None:
    client.force_login(User.objects.create_user("clerk", password="of the front desk", is_staff=True))

    page = client.get(reverse("admin:classifier_modelversion_calibration", args=[serving.pk]))

    assert page.status_code == 403
