"""The page that shows what speaks for a label, without JavaScript."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from classifier.model_registry import versions
from classifier.models import ModelVersion, Prediction
from classifier.predictions import services
from classifier.predictions.intake import Sender
from classifier.tests.examples import encoded, two_colours, upload
from classifier.tests.rows import make_prediction
from classifier.tests.web.reading import read


@pytest.fixture
def stored(places: ModelVersion, user: User) -> Prediction:
    data = encoded(two_colours("red", (96, 96, 128, 128), size=(128, 128)), "PNG")
    return services.classify_upload(sender=Sender(user), upload=upload(data)).prediction


def test_the_page_of_a_prediction_leads_to_each_of_its_labels(ada: Client, stored: Prediction) -> None:
    page = read(ada, f"/predictions/{stored.pk}/")

    links = [f'href="/predictions/{stored.pk}/why/?label={label}"' for label in ("red", "green", "blue")]
    assert all(link in page for link in links)


def test_the_page_lays_the_map_over_the_photo_and_says_it_in_words(ada: Client, stored: Prediction) -> None:
    page = read(ada, f"/predictions/{stored.pk}/why/", label="red")

    assert "What speaks for red: mostly the lower right" in page
    assert reverse("prediction-image", args=[stored.pk]) in page
    assert 'src="data:image/png;base64,' in page
    assert 'alt="Heat map: mostly the lower right speaks for red"' in page


def test_nothing_is_offered_where_the_model_cannot_tell(ada: Client, user: User, serving: ModelVersion) -> None:
    row = make_prediction(user, serving, "red", top=[{"wnid": "", "label": "red", "probability": 0.9}])

    assert "/why/" not in read(ada, f"/predictions/{row.pk}/")
    response = ada.get(f"/predictions/{row.pk}/why/")
    assert response.status_code == 404
    assert "cannot tell which parts" in response.content.decode()


def test_a_prediction_of_another_model_says_so(ada: Client, stored: Prediction, second: ModelVersion) -> None:
    versions.activate(second)

    response = ada.get(f"/predictions/{stored.pk}/why/")

    assert response.status_code == 404
    assert "Another model made this prediction" in response.content.decode()


def test_a_label_that_the_model_has_not_is_refused(ada: Client, stored: Prediction) -> None:
    response = ada.get(f"/predictions/{stored.pk}/why/", {"label": "mauve"})

    assert response.status_code == 400
    assert "no such label" in response.content.decode()


def test_nobody_sees_why_of_what_is_somebody_elses(stored: Prediction, client: Client, other_user: User) -> None:
    client.force_login(other_user)

    assert client.get(f"/predictions/{stored.pk}/why/").status_code == 404


def test_a_busy_server_says_so(ada: Client, stored: Prediction, settings: Any) -> None:
    settings.CLASSIFIER_MAX_CONCURRENT_PHOTOS = settings.CLASSIFIER_MAX_WAITING_PHOTOS = 0

    assert ada.get(f"/predictions/{stored.pk}/why/").status_code == 503
