"""The Open Inference Protocol with Triton's own client."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tritonclient.http import InferenceServerClient, InferInput, InferRequestedOutput, InferResult
from tritonclient.utils import InferenceServerException

from classifier import __version__
from classifier.models import ModelVersion
from classifier.tests.compat.replay import replay, told_answer
from classifier.tests.examples import jpeg, picture
from classifier.tests.recorded import check_recorded

RECORDED = Path(__file__).parent / "recorded"
COLOURS = ("red", "green", "blue")


class Triton:
    """The client, bound to one model and somebody's token."""

    def __init__(self, client: InferenceServerClient, token: str) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}"}

    def infer(self, photo: InferInput, *outputs: InferRequestedOutput, **options: Any) -> InferResult:
        return self.client.infer(
            "colours", [photo], outputs=list(outputs) or None, headers=dict(self.headers), **options
        )


@pytest.fixture
def triton(address: str, token: str) -> Iterator[Triton]:
    with InferenceServerClient(address.removeprefix("http://")) as client:
        yield Triton(client, token)


def pixels(*colours: str, size: tuple[int, int] = (8, 8), binary: bool = True) -> InferInput:
    values = np.stack([np.asarray(picture(colour, size)) for colour in colours])
    tensor = InferInput("image", list(values.shape), "UINT8")
    return tensor.set_data_from_numpy(values, binary_data=binary)


def files(*photos: bytes) -> InferInput:
    return InferInput("image", [len(photos)], "BYTES").set_data_from_numpy(np.array(photos, dtype=object))


def test_the_server_lives_and_is_ready(triton: Triton) -> None:
    assert triton.client.is_server_live()
    assert triton.client.is_server_ready()


def test_the_server_tells_what_it_speaks(triton: Triton) -> None:
    facts = triton.client.get_server_metadata()

    assert (facts["name"], facts["version"]) == ("image-classifier", __version__)
    assert facts["extensions"] == ["binary_tensor_data", "classification", "network_input"]


def test_the_serving_model_is_ready_and_no_other(triton: Triton, serving: ModelVersion) -> None:
    client, headers = triton.client, triton.headers

    assert client.is_model_ready("colours", headers=headers)
    assert client.is_model_ready("colours", serving.version, headers=headers)
    assert not client.is_model_ready("resnet50", headers=headers)
    assert not client.is_model_ready("colours", "1", headers=headers)


def test_the_model_tells_its_tensors(triton: Triton, serving: ModelVersion) -> None:
    facts = triton.client.get_model_metadata("colours", headers=triton.headers)

    assert (facts["name"], facts["versions"], facts["platform"]) == ("colours", [serving.version], "openvino")
    assert [tensor["name"] for tensor in facts["outputs"]] == ["probabilities", "label", "probability"]


def test_pixels_get_classifications(triton: Triton) -> None:
    result = triton.infer(pixels("red", "blue"), InferRequestedOutput("probabilities", class_count=2))

    found = [[text.decode().split(":") for text in row] for row in result.as_numpy("probabilities")]
    assert [(index, label) for _, index, label in (row[0] for row in found)] == [("0", "red"), ("2", "blue")]
    assert all(float(value) > 0.99 for value, _, _ in (row[0] for row in found))


def test_without_outputs_all_are_answered(triton: Triton) -> None:
    result = triton.infer(pixels("lime", size=(30, 20)))

    assert result.as_numpy("label").tolist() == [[b"green"]]
    assert result.as_numpy("probability")[0, 0] == pytest.approx(result.as_numpy("probabilities")[0, 1])
    assert result.as_numpy("probabilities").sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("binary_output", [True, False])
@pytest.mark.parametrize("binary_input", [True, False])
def test_tensors_travel_in_binary_and_in_json(triton: Triton, binary_input: bool, binary_output: bool) -> None:
    wanted = [InferRequestedOutput(name, binary_data=binary_output) for name in ("label", "probabilities")]

    result = triton.infer(pixels("red", "lime", binary=binary_input), *wanted)

    assert [str(label).strip("b'") for label in result.as_numpy("label").flat] == ["red", "green"]
    assert result.as_numpy("probabilities").argmax(axis=1).tolist() == [0, 1]


def test_files_are_decoded_like_uploads(triton: Triton) -> None:
    result = triton.infer(files(jpeg("blue"), jpeg("red", (300, 20))))

    assert result.as_numpy("label").tolist() == [[b"blue"], [b"red"]]


@pytest.mark.parametrize("algorithm", ["gzip", "deflate"])
def test_requests_may_be_compressed(triton: Triton, algorithm: str) -> None:
    result = triton.infer(pixels("red"), request_compression_algorithm=algorithm)

    assert result.as_numpy("label").tolist() == [[b"red"]]


def test_the_request_keeps_its_id(triton: Triton) -> None:
    assert triton.infer(pixels("red"), request_id="42").get_response()["id"] == "42"


def test_what_is_wrong_is_told(triton: Triton) -> None:
    with pytest.raises(InferenceServerException, match="damaged") as caught:
        triton.infer(files(b"\xff\xd8 no photo"))

    assert caught.value.status() == "400"


def test_a_token_is_needed(triton: Triton) -> None:
    triton.headers = {}

    with pytest.raises(InferenceServerException, match="credentials") as caught:
        triton.infer(pixels("red"))

    assert caught.value.status() == "401"


REQUESTS: dict[str, tuple[InferInput, list[InferRequestedOutput]]] = {
    "oip_pixels": (pixels("red"), [InferRequestedOutput("probabilities", class_count=2)]),
    "oip_files": (files((RECORDED / "blue.jpg").read_bytes()), []),
    "oip_json": (pixels("lime", size=(2, 2), binary=False), [InferRequestedOutput("label", binary_data=False)]),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_what_its_client_sends_is_on_record(triton: Triton, heard: list[dict[str, Any]], name: str) -> None:
    photo, outputs = REQUESTS[name]

    triton.infer(photo, *outputs)

    check_recorded(RECORDED / f"{name}_request.json", heard[0])


@pytest.mark.parametrize("name", REQUESTS)
def test_what_is_on_record_is_answered_as_on_record(serving: ModelVersion, token: str, name: str) -> None:
    answer = told_answer(replay(RECORDED / f"{name}_request.json", token), version=serving.version)

    check_recorded(RECORDED / f"{name}_answer.json", answer)
