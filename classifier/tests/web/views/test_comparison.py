"""The page on which another model is asked about a photo."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from classifier.errors import BusyError, PhotoLostError
from classifier.models import ModelVersion, Prediction
from classifier.predictions import services
from classifier.predictions.admission import gate
from classifier.predictions.intake import Sender
from classifier.tests.examples import upload
from classifier.tests.web.reading import read

LINK = "Ask another model about this photo"


@pytest.fixture
def stored(serving: ModelVersion, user: User) -> Prediction:
    return services.classify_upload(sender=Sender(user), upload=upload()).prediction


def test_without_another_model_there_is_nothing_to_ask(ada: Client, stored: Prediction) -> None:
    assert LINK not in read(ada, f"/predictions/{stored.pk}/")
    assert "There is no other model to ask" in read(ada, f"/predictions/{stored.pk}/compare/")


def test_of_a_lost_photo_no_model_can_be_asked(ada: Client, stored: Prediction, second: ModelVersion) -> None:
    Prediction.objects.update(photo_lost=True)

    page = read(ada, f"/predictions/{stored.pk}/compare/")

    assert "The photo is lost." in page
    assert "no other model" not in page


def test_both_answers_stand_beside_each_other(
    ada: Client, stored: Prediction, serving: ModelVersion, second: ModelVersion
) -> None:
    assert LINK in read(ada, f"/predictions/{stored.pk}/")
    asked = read(ada, f"/predictions/{stored.pk}/compare/")
    assert f'<option value="{second.pk}">{second}</option>' in asked
    assert "The other model" not in asked

    page = ada.post(f"/predictions/{stored.pk}/compare/", {"model": second.pk}).content.decode()

    assert "Both models say the same best label." in page
    assert page.index("The prediction</h2>") < page.index(f"{serving}</p>") < page.index("The other model</h2>")
    assert page.index("The other model</h2>") < page.index(f"{second}</p>")
    assert page.count(" ms in the network") == 2


def test_a_model_that_there_is_not_or_that_answered_already_is_not_asked(
    ada: Client, stored: Prediction, serving: ModelVersion, second: ModelVersion
) -> None:
    for choice in (serving.pk, 0, "x", ""):
        page = ada.post(f"/predictions/{stored.pk}/compare/", {"model": choice}).content.decode()

        assert "The other model" not in page
        assert 'class="error"' in page


def test_while_the_server_is_busy_nobody_is_asked(
    ada: Client, stored: Prediction, second: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "entered", _refuse)

    response = ada.post(f"/predictions/{stored.pk}/compare/", {"model": second.pk})

    assert response.status_code == 503
    assert str(BusyError()) in response.content.decode()


def test_a_photo_that_is_gone_is_said_to_be_gone(ada: Client, stored: Prediction, second: ModelVersion) -> None:
    stored.image.storage.delete(str(stored.image.name))

    response = ada.post(f"/predictions/{stored.pk}/compare/", {"model": second.pk})

    assert (response.status_code, str(PhotoLostError()) in response.content.decode()) == (410, True)


def test_staff_may_ask_about_a_photo_of_others_and_others_may_not(
    client: Client, staff: User, other_user: User, stored: Prediction, second: ModelVersion
) -> None:
    path = f"/predictions/{stored.pk}/compare/"
    assert client.get(path).status_code == 302
    client.force_login(other_user)
    assert client.get(path).status_code == client.post(path, {"model": second.pk}).status_code == 404
    client.force_login(staff)

    page = client.post(path, {"model": second.pk}).content.decode()

    assert "The other model" in page
    assert "Back to the prediction" not in page
    assert path in read(client, f"/admin/classifier/prediction/{stored.pk}/change/")


def _refuse(**_: object) -> None:
    raise BusyError
