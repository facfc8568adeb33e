"""Predictions deleted by the hundred, and classified again by their owner."""

import uuid
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from classifier.model_registry import versions
from classifier.models import ModelVersion, Prediction, StorageUse
from classifier.tests.examples import photo_files, upload
from classifier.tests.rows import make_prediction

URL = "/api/v1/predictions/"
DELETE = f"{URL}delete/"


@pytest.mark.django_db(transaction=True)
class TestDelete:
    def test_those_named_go_with_their_photos_and_the_others_stay(
        self, api_client: APIClient, user: User, serving: ModelVersion, home: Path
    ) -> None:
        ids = [api_client.post(URL, {"image": upload()}, format="multipart").json()["id"] for _ in range(3)]

        response = api_client.post(DELETE, {"ids": ids[:2]})

        assert (response.status_code, response.json()) == (200, {"deleted": 2})
        assert [str(row.pk) for row in Prediction.objects.all()] == ids[2:]
        assert len(photo_files(home / "media")) == 2
        assert StorageUse.objects.get(owner=user).photos == 1

    def test_what_is_somebody_elses_unknown_or_named_twice_is_left_out(
        self, api_client: APIClient, user: User, other_user: User, serving: ModelVersion
    ) -> None:
        own, theirs = make_prediction(user, serving, "tabby"), make_prediction(other_user, serving, "tabby")

        response = api_client.post(DELETE, {"ids": [str(own.pk), str(own.pk), str(theirs.pk), str(uuid.uuid4())]})

        assert response.json() == {"deleted": 1}
        assert Prediction.objects.get() == theirs

    @pytest.mark.parametrize(
        "ids", [[], ["red"], "red", None, [str(uuid.UUID(int=number)) for number in range(501)], [["x"]]]
    )
    def test_what_is_no_list_of_ids_deletes_nothing(
        self, api_client: APIClient, user: User, serving: ModelVersion, ids: object
    ) -> None:
        make_prediction(user, serving, "tabby")

        response = api_client.post(DELETE, {"ids": ids})

        assert response.status_code == 400
        assert response.json()["errors"][0]["attr"].startswith("ids")
        assert Prediction.objects.count() == 1

    def test_five_hundred_go_at_once(self, api_client: APIClient, user: User, serving: ModelVersion) -> None:
        ids = [str(make_prediction(user, serving, "tabby").pk) for _ in range(500)]

        assert api_client.post(DELETE, {"ids": ids}).json() == {"deleted": 500}
        assert not Prediction.objects.exists()


@pytest.mark.django_db
class TestClassify:
    @pytest.fixture
    def stored(self, api_client: APIClient, serving: ModelVersion) -> str:
        key: str = api_client.post(URL, {"image": upload()}, format="multipart").json()["id"]
        return key

    def test_the_active_model_answers_and_the_answer_before_is_kept(
        self, api_client: APIClient, stored: str, serving: ModelVersion, second: ModelVersion
    ) -> None:
        before = Prediction.objects.get()
        versions.activate(second)

        response = api_client.post(f"{URL}{stored}/classify/")

        assert response.status_code == 200
        assert response.json() == api_client.get(f"{URL}{stored}/").json()
        assert response.json()["model"] == {"name": second.name, "version": second.version}
        earlier = Prediction.objects.get().previous_predictions.get()
        assert (earlier.model_version, earlier.probability) == (serving, before.probability)

    def test_the_model_that_answered_before_is_not_asked_again(self, api_client: APIClient, stored: str) -> None:
        before = api_client.get(f"{URL}{stored}/").json()

        assert api_client.post(f"{URL}{stored}/classify/").json() == before
        assert not Prediction.objects.get().previous_predictions.exists()

    def test_a_lost_photo_keeps_its_prediction(self, api_client: APIClient, stored: str, second: ModelVersion) -> None:
        versions.activate(second)
        Path(Prediction.objects.get().image.path).unlink()

        response = api_client.post(f"{URL}{stored}/classify/")

        assert (response.status_code, response.json()["errors"][0]["code"]) == (410, "photo_lost")
        assert Prediction.objects.get().model_version != second

    def test_nobody_else_may(
        self, stored: str, other_user: User, anonymous: APIClient, client_of: object, staff: User
    ) -> None:
        assert anonymous.post(f"{URL}{stored}/classify/").status_code == 401
        for stranger in (other_user, staff):
            assert client_of(stranger).post(f"{URL}{stored}/classify/").status_code == 404  # type: ignore[operator]
