"""What speaks for a label, for the operator."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from classifier.models import ModelVersion, Prediction
from classifier.predictions import services
from classifier.predictions.intake import Sender
from classifier.tests.examples import encoded, two_colours, upload


@pytest.fixture
def stored(places: ModelVersion, user: User) -> Prediction:
    data = encoded(two_colours("red", (96, 0, 128, 32), size=(128, 128)), "PNG")
    return services.classify_upload(sender=Sender(user), upload=upload(data)).prediction


def test_a_prediction_leads_to_why_each_label(staff_client: Client, stored: Prediction) -> None:
    page = staff_client.get(reverse("admin:classifier_prediction_change", args=[stored.pk])).content.decode()

    path = reverse("admin:classifier_prediction_why", args=[stored.pk])
    assert f'href="{path}?label=red">why red</a>' in page
    assert "mostly the upper right" in staff_client.get(f"{path}?label=red").content.decode()


def test_a_label_that_the_model_has_not_is_refused(staff_client: Client, stored: Prediction) -> None:
    path = reverse("admin:classifier_prediction_why", args=[stored.pk])

    response = staff_client.get(path, {"wnid": "n00000000"})

    assert response.status_code == 400
    assert "no such label" in response.content.decode()


def test_staff_who_may_not_see_predictions_are_not_told(client: Client, stored: Prediction) -> None:
    clerk = User.objects.create_user("clerk", password="of the front desk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_modelversion"))
    client.force_login(clerk)

    assert client.get(reverse("admin:classifier_prediction_why", args=[stored.pk])).status_code == 403
