"""Hugging Face's dialect, with its own client and without."""

import base64
import errno
import tempfile
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import InferenceClient
from huggingface_hub.errors import HfHubHTTPError
from rest_framework.test import APIClient

from classifier.models import ModelVersion
from classifier.tests.compat.replay import replay
from classifier.tests.examples import jpeg, upload
from classifier.tests.recorded import check_recorded

RECORDED = Path(__file__).parent / "recorded"


@pytest.fixture
def hugging_face(address: str, token: str) -> InferenceClient:
    return InferenceClient(model=f"{address}/hf/models/colours", token=token)


def test_its_client_gets_labels_and_scores(hugging_face: InferenceClient) -> None:
    found = hugging_face.image_classification(jpeg("red"))

    assert found[0].label == "red"
    assert sum(element.score for element in found) == pytest.approx(1, abs=1e-5)


def test_its_client_gets_as_many_as_it_asks_for(hugging_face: InferenceClient) -> None:
    assert [element.label for element in hugging_face.image_classification(jpeg("blue"), top_k=1)] == ["blue"]


def test_its_client_sends_files_too(hugging_face: InferenceClient, tmp_path: Path) -> None:
    (tmp_path / "green.jpg").write_bytes(jpeg("lime"))

    answers = [
        hugging_face.image_classification(photo) for photo in (tmp_path / "green.jpg", str(tmp_path / "green.jpg"))
    ]

    assert [answer[0].label for answer in answers] == ["green", "green"]


def test_its_client_tells_what_is_wrong(hugging_face: InferenceClient) -> None:
    with pytest.raises(HfHubHTTPError, match="415") as caught:
        hugging_face.image_classification(b"GIF89a" + bytes(20))

    assert caught.value.response.json()["error_type"] == "unsupported_image"


def test_its_client_is_refused_without_a_token(address: str) -> None:
    with pytest.raises(HfHubHTTPError, match="401"):
        InferenceClient(model=f"{address}/hf", token="none of ours").image_classification(jpeg())


@pytest.mark.parametrize(("name", "options"), [("hf_raw", {}), ("hf_json", {"top_k": 2})])
def test_what_its_client_sends_is_on_record(
    hugging_face: InferenceClient, heard: list[dict[str, Any]], name: str, options: dict[str, Any]
) -> None:
    hugging_face.image_classification((RECORDED / "blue.jpg").read_bytes(), **options)

    check_recorded(RECORDED / f"{name}_request.json", heard[0])


@pytest.mark.parametrize("name", ["hf_raw", "hf_json"])
def test_what_is_on_record_is_answered_as_on_record(serving: ModelVersion, token: str, name: str) -> None:
    answer = replay(RECORDED / f"{name}_request.json", token)

    check_recorded(RECORDED / f"{name}_answer.json", {"status": answer.status_code, "body": answer.json()})


@pytest.mark.parametrize("path", ["hf", "hf/", "hf/colours", "hf/models/colours", "hf/models/colours/"])
def test_the_model_may_be_named(serving: ModelVersion, api_client: APIClient, path: str) -> None:
    answer = api_client.post(f"/compat/{path}", jpeg("red"), content_type="application/x-www-form-urlencoded")

    assert answer.json()[0]["label"] == "red"


def test_another_model_is_not_found(serving: ModelVersion, api_client: APIClient) -> None:
    answer = api_client.post("/compat/hf/models/microsoft/resnet-50", jpeg(), content_type="image/jpeg")

    assert answer.status_code == 404
    assert "'colours'" in answer.json()["error"]


def test_a_model_that_is_being_loaded_says_for_how_long(api_client: APIClient) -> None:
    answer = api_client.post("/compat/hf/", jpeg(), content_type="image/jpeg")

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer.json()["estimated_time"] == 5.0


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"inputs": "no base64!"}, "not base64"),
        ({"inputs": "https://example.org/cat.jpg"}, "does not fetch photos"),
        ({"inputs": 5}, "base64 string"),
        ({}, "base64 string"),
        ({"inputs": "", "parameters": []}, None),
        ({"inputs": "", "parameters": [1]}, "object"),
        ({"inputs": "", "parameters": {"top_k": 0}}, "top_k"),
        ({"inputs": "", "parameters": {"top_k": "3"}}, "top_k"),
        ({"inputs": "", "parameters": {"function_to_apply": "sigmoid"}}, "softmax"),
    ],
)
def test_a_wrong_request_is_told_so(
    serving: ModelVersion, api_client: APIClient, body: dict[str, Any], reason: str | None
) -> None:
    answer = api_client.post("/compat/hf/", body, format="json")

    assert answer.status_code == 400
    assert reason is None or reason in answer.json()["error"]


def test_a_data_url_is_taken(serving: ModelVersion, api_client: APIClient) -> None:
    url = "data:image/jpeg;base64," + base64.b64encode(jpeg("blue")).decode()

    assert api_client.post("/compat/hf/", {"inputs": url}, format="json").json()[0]["label"] == "blue"


@pytest.mark.parametrize("as_json", [True, False])
def test_a_photo_that_is_too_large_is_refused(
    serving: ModelVersion, api_client: APIClient, settings: Any, as_json: bool
) -> None:
    settings.CLASSIFIER_MAX_UPLOAD_BYTES, photo = 100, jpeg()

    answer = (
        api_client.post("/compat/hf/", {"inputs": base64.b64encode(photo).decode()}, format="json")
        if as_json
        else api_client.post("/compat/hf/", photo, content_type="image/jpeg")
    )

    assert answer.status_code == 413


def test_the_body_is_not_read_beyond_what_is_allowed(
    serving: ModelVersion, api_client: APIClient, settings: Any
) -> None:
    settings.CLASSIFIER_MAX_UPLOAD_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100, 100

    answer = api_client.post("/compat/hf/", b"{" + b" " * 200, content_type="application/json")

    assert answer.status_code == 413


def test_uploads_are_counted_with_all_others(serving: ModelVersion, api_client: APIClient, settings: Any) -> None:
    settings.CLASSIFIER_UPLOADS_PER_MINUTE = 1
    api_client.post("/api/v1/predict/", {"image": upload()}, format="multipart")

    answer = api_client.post("/compat/hf/", jpeg(), content_type="image/jpeg")

    assert answer.status_code == 429
    assert answer["Retry-After"]


def test_a_busy_server_says_so(serving: ModelVersion, api_client: APIClient, settings: Any) -> None:
    settings.CLASSIFIER_MAX_CONCURRENT_PHOTOS = settings.CLASSIFIER_MAX_WAITING_PHOTOS = 0

    answer = api_client.post("/compat/hf/", jpeg(), content_type="image/jpeg")

    assert (answer.status_code, answer.json()["error_type"]) == (503, "busy")


def test_a_disk_that_is_full_is_told(
    serving: ModelVersion, api_client: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(tempfile.SpooledTemporaryFile):  # type: ignore[type-arg]
        def write(self, data: Any) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", Full)

    answer = api_client.post("/compat/hf/", jpeg(), content_type="image/jpeg")

    assert (answer.status_code, answer.json()["error_type"]) == (507, "storage_full")
