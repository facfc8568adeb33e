"""The Open Inference Protocol as any client may speak it, and what is refused."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from classifier.inference import instance
from classifier.inference.open_inference.messages import HEADER_LENGTH
from classifier.models import ModelVersion
from classifier.tests.examples import BrokenEngine, jpeg, service_with

INFER = "/compat/v2/models/colours/infer"
RED = {"name": "image", "datatype": "UINT8", "shape": [1, 1, 3], "data": [255, 0, 0]}


def infer(client: APIClient, body: Any, **headers: str) -> Any:
    data: Any = body if isinstance(body, bytes) else json.dumps(body)
    return client.generic("POST", INFER, data, content_type="application/json", headers=headers)


def test_health_needs_no_token(serving: ModelVersion, anonymous: APIClient) -> None:
    answers = [anonymous.get(f"/compat/v2/health/{what}") for what in ("live", "ready")]

    assert [answer.json() for answer in answers] == [{"live": True}, {"ready": True}]


def test_without_a_model_the_server_lives_but_is_not_ready(db: None, anonymous: APIClient) -> None:
    answers = [anonymous.get(f"/compat/v2/health/{what}") for what in ("live", "ready")]

    assert [answer.status_code for answer in answers] == [200, 503]


@pytest.mark.parametrize("path", ["", "/ready", "/versions/1", "/versions/1/ready"])
def test_a_model_needs_a_token(serving: ModelVersion, anonymous: APIClient, path: str) -> None:
    answer = anonymous.get(f"/compat/v2/models/colours{path}")

    assert answer.status_code == 401
    assert "credentials" in answer.json()["error"]


@pytest.mark.parametrize("scheme", ["Token", "Bearer", "bearer"])
def test_a_token_is_taken_under_either_name(serving: ModelVersion, token: str, scheme: str) -> None:
    answer = APIClient().get("/compat/v2/models/colours", headers={"Authorization": f"{scheme} {token}"})

    assert answer.status_code == 200


def test_another_version_does_not_serve(serving: ModelVersion, api_client: APIClient) -> None:
    answer = api_client.get("/compat/v2/models/colours/versions/7")

    assert answer.status_code == 404
    assert serving.version in answer.json()["error"]


@pytest.mark.parametrize("datatype", ["UINT8", "FP64", "BYTES"])
@pytest.mark.parametrize("sides", [[2**31 - 1] * 3 + [0], [0] + [2**31 - 1] * 7, [2**31], [2**16, 2**16], [-1]])
@pytest.mark.parametrize("is_binary", [True, False])
def test_a_shape_that_no_tensor_has_is_refused(
    serving: ModelVersion, api_client: APIClient, datatype: str, sides: list[int], is_binary: bool
) -> None:
    sent: dict[str, Any] = {"parameters": {"binary_data_size": 0}} if is_binary else {"data": []}

    answer = infer(api_client, {"inputs": [{"name": "image", "datatype": datatype, "shape": sides, **sent}]})

    assert answer.status_code == 400
    assert "shape" in answer.json()["error"]


def test_an_output_can_be_requested_once(serving: ModelVersion, api_client: APIClient) -> None:
    answer = infer(api_client, {"inputs": [RED], "outputs": [{"name": "label"}, {"name": "label"}]})

    assert answer.status_code == 400
    assert answer.json()["error"] == "The output 'label' is requested more than once."


@pytest.mark.parametrize("length", ["9" * 5000, "9" * 30, "-1", "1e3", "\u0663"])
def test_a_length_of_the_json_that_is_none_is_refused(
    serving: ModelVersion, api_client: APIClient, length: str
) -> None:
    answer = infer(api_client, {"inputs": [RED]}, **{HEADER_LENGTH: length})

    assert answer.status_code == 400


@pytest.mark.parametrize("part", [{"id": "x" * 100_000}, {"id": ["x"]}, {"outputs": [{"name": "x" * 100_000}]}])
def test_what_a_client_makes_long_does_not_come_back(
    serving: ModelVersion, api_client: APIClient, part: dict[str, Any]
) -> None:
    answer = infer(api_client, {"inputs": [RED], **part})

    assert answer.status_code == 400
    assert len(answer.content) < 300


def test_a_picture_without_a_batch_is_one_photo(serving: ModelVersion, api_client: APIClient) -> None:
    answer = infer(api_client, {"inputs": [RED], "outputs": [{"name": "label"}]})

    assert answer.json()["outputs"] == [{"name": "label", "datatype": "BYTES", "shape": [1, 1], "data": ["red"]}]


def test_in_json_a_file_is_base64(serving: ModelVersion, api_client: APIClient) -> None:
    photo = base64.b64encode(jpeg("blue")).decode()
    tensor = {"name": "image", "datatype": "BYTES", "shape": [1], "data": [photo]}

    answer = infer(api_client, {"inputs": [tensor], "outputs": [{"name": "label"}]})

    assert answer.json()["outputs"][0]["data"] == ["blue"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": "pixels"}, "named 'image'"),
        ({"datatype": "BF16"}, "is not known"),
        ({"datatype": "FP32"}, "UINT8"),
        ({"shape": [3]}, "height"),
        ({"shape": [1, 3, 1]}, "height"),
        ({"shape": [0, 1, 3], "data": []}, "height"),
        ({"shape": [1, -1, 3]}, "whole numbers"),
        ({"shape": [2, 1, 3]}, "elements"),
        ({"data": [256, 0, 0]}, "not UINT8"),
        ({"data": None}, "list"),
        ({"shape": [17, 1, 1, 3], "data": [0] * 51}, "1 to 16 photos"),
        ({"datatype": "BYTES", "shape": [1], "data": ["cat.jpg!"]}, "neither a file nor base64"),
        ({"parameters": {"binary_data_size": 9}}, "are left"),
    ],
)
def test_a_tensor_that_is_no_photo_is_refused(
    serving: ModelVersion, api_client: APIClient, change: dict[str, Any], reason: str
) -> None:
    answer = infer(api_client, {"inputs": [RED | change]})

    assert answer.status_code == 400
    assert reason in answer.json()["error"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"not JSON", "cannot be read"),
        (b"[" * 100_000, "cannot be read"),
        ([1], "must be an object"),
        ({}, "list"),
        ({"inputs": [RED, RED]}, "Send one input"),
        ({"inputs": [RED], "outputs": [{"name": "boxes"}]}, "output 'boxes' does not exist"),
        ({"inputs": [RED], "outputs": [{"name": "label", "parameters": {"classification": 2}}]}, "probabilities"),
        ({"inputs": [RED], "outputs": [{"name": "probabilities", "parameters": {"classification": -1}}]}, "whole"),
    ],
)
def test_a_request_that_cannot_be_followed_is_refused(
    serving: ModelVersion, api_client: APIClient, body: Any, reason: str
) -> None:
    answer = infer(api_client, body)

    assert answer.status_code == 400
    assert reason in answer.json()["error"]


@pytest.mark.parametrize("length", ["-1", "9999", "many", "\N{SUPERSCRIPT TWO}"])
def test_a_wrong_header_length_is_refused(serving: ModelVersion, api_client: APIClient, length: str) -> None:
    assert infer(api_client, {"inputs": [RED]}, **{HEADER_LENGTH: length}).status_code == 400


def test_more_classes_than_there_are_give_all(serving: ModelVersion, api_client: APIClient) -> None:
    outputs = [{"name": "probabilities", "parameters": {"classification": 99}}]

    answer = infer(api_client, {"inputs": [RED], "outputs": outputs})

    assert answer.json()["outputs"][0]["shape"] == [1, 3]


def test_a_picture_of_too_many_pixels_is_refused(serving: ModelVersion, api_client: APIClient, settings: Any) -> None:
    settings.CLASSIFIER_MAX_IMAGE_PIXELS = 0

    assert infer(api_client, {"inputs": [RED]}).status_code == 413


def test_each_photo_of_a_request_is_counted(serving: ModelVersion, api_client: APIClient, settings: Any) -> None:
    settings.CLASSIFIER_UPLOADS_PER_MINUTE = 2
    three = RED | {"shape": [3, 1, 1, 3], "data": [255, 0, 0] * 3}

    assert infer(api_client, {"inputs": [three]}).status_code == 429


def test_a_body_that_swells_beyond_the_limit_is_refused(
    serving: ModelVersion, api_client: APIClient, settings: Any
) -> None:
    import gzip

    settings.CLASSIFIER_MAX_UPLOAD_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    assert infer(api_client, gzip.compress(bytes(100_000)), **{"Content-Encoding": "gzip"}).status_code == 413


@pytest.mark.parametrize(
    ("encoding", "body", "status"), [("br", b"", 415), ("gzip", b"no gzip", 400), ("gzip", b"\x1f\x8b\x08", 400)]
)
def test_what_cannot_be_unpacked_is_refused(
    serving: ModelVersion, api_client: APIClient, encoding: str, body: bytes, status: int
) -> None:
    assert infer(api_client, body, **{"Content-Encoding": encoding}).status_code == status


def test_a_network_that_fails_is_told_in_the_same_shape(
    serving: ModelVersion, model_folder: Path, api_client: APIClient
) -> None:
    instance.use(service_with(BrokenEngine(), model_folder))

    answer = infer(api_client, {"inputs": [RED]})

    assert answer.status_code == 500
    assert list(answer.json()) == ["error"]
    assert "broken" not in answer.json()["error"]


def test_an_unknown_path_is_told_in_json(anonymous: APIClient, db: None) -> None:
    answer = anonymous.get("/compat/v2/repository/index")

    assert answer.status_code == 404
    assert "does not exist" in answer.json()["error"]
