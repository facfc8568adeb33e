"""The engine whose network runs elsewhere: the same digits, and an answer in time whatever the other server does."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tritonclient.http import InferenceServerClient, InferInput, InferRequestedOutput

from classifier.errors import BusyError, ModelUnavailableError
from classifier.inference.engines import open_engine
from classifier.inference.engines.circuit_breaker import FAILURES_TO_OPEN
from classifier.inference.engines.remote import RemoteEngine, open_model
from classifier.inference.errors import RemoteModelError
from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.service import ClassifierService
from classifier.inference.types import ModelRef, Pixels, RemoteModel, RemoteServer
from classifier.tests.examples import picture
from classifier.tests.inference.engines.protocol_server import DROP, HANG, NONSENSE, ProtocolServer

RANDOM = np.random.default_rng(7)


@pytest.fixture
def server(model_folder: Path) -> Iterator[ProtocolServer]:
    with ProtocolServer(model_folder).running() as running:
        yield running


def opened(server: ProtocolServer, *, token: str = "", timeout_s: float = 5.0) -> RemoteEngine:
    """The engine, after its warm-up; nothing of that is left in the server's memory."""
    manifest = read_manifest(server.folder)
    remote = RemoteServer(server.url, token, timeout_s=timeout_s)
    model = RemoteModel(remote, ModelRef(manifest.name, manifest.version), manifest.classes)
    engine = open_model(manifest.preprocessing, model)
    server.inferences.clear()
    return engine


def photos(count: int) -> Pixels:
    return RANDOM.random((count, 16, 16, 3), np.float32)


@pytest.mark.parametrize("extensions", [("binary_tensor_data",), ()], ids=["binary", "JSON"])
def test_it_gives_the_same_digits_as_the_local_engine(server: ProtocolServer, extensions: tuple[str, ...]) -> None:
    server.extensions = extensions
    local = open_engine("openvino", server.folder, read_manifest(server.folder).preprocessing)
    batch = photos(5)

    assert opened(server).predict(batch).tolist() == local.predict(batch).tolist()


def test_what_it_sends_is_what_tritons_client_sends(server: ProtocolServer) -> None:
    (photo,) = photos(1)
    opened(server).start(photo)()
    ((headers, body),) = server.inferences
    tensor = InferInput("pixels", [1, 16, 16, 3], "FP32").set_data_from_numpy(photo[None], binary_data=True)
    theirs, length = InferenceServerClient.generate_request_body(
        [tensor], outputs=[InferRequestedOutput("scores", binary_data=True)]
    )
    ours = read_parts(body, int(headers["Inference-Header-Content-Length"]))

    assert ours == read_parts(theirs, length)
    assert headers["Content-Type"] == "application/octet-stream"


def read_parts(body: bytes, length: int) -> tuple[object, bytes]:
    import json

    return json.loads(body[:length]), body[length:]


def test_calls_from_many_threads_keep_their_answers_and_their_connections(server: ProtocolServer) -> None:
    engine = opened(server)
    colours = np.eye(3, dtype=np.float32)[[0, 1, 2] * 20]
    batch = np.broadcast_to(colours[:, None, None, :], (60, 16, 16, 3))
    with ThreadPoolExecutor(4) as threads:
        best = list(threads.map(lambda photo: engine.start(photo)().scores.argmax(), batch))

    assert best == [0, 1, 2] * 20
    assert server.connections <= 1 + 4


@pytest.mark.parametrize("fault", [DROP, 500, 502, 503])
def test_a_request_that_died_with_a_replica_is_sent_once_more(server: ProtocolServer, fault: str | int) -> None:
    engine = opened(server)
    server.faults.append(fault)

    engine.start(photos(1)[0])()

    assert len(server.inferences) == 2


@pytest.mark.parametrize("fault", [DROP, 500, NONSENSE, 404, 504])
def test_a_server_that_goes_on_failing_is_not_asked_for_ever(server: ProtocolServer, fault: str | int) -> None:
    engine = opened(server)
    server.faults.extend([fault] * 10)

    with pytest.raises(ModelUnavailableError) as caught:
        engine.start(photos(1)[0])()

    assert caught.value.status == 503
    assert len(server.inferences) == (2 if fault in (DROP, 500) else 1)


@pytest.mark.parametrize(
    ("status", "retry_after", "asked", "seconds"),
    [(429, "7", 1, 7), (503, "7", 1, 7), (503, "", 2, 2), (429, "soon", 1, 2), (429, "9" * 9, 1, 2), (429, "0", 1, 1)],
)
def test_load_that_the_server_sheds_is_the_clients_to_hear(
    server: ProtocolServer, status: int, retry_after: str, asked: int, seconds: int
) -> None:
    engine = opened(server)
    server.retry_after = retry_after
    server.faults.extend([status] * asked)

    with pytest.raises(BusyError) as caught:
        engine.start(photos(1)[0])()

    assert caught.value.retry_after_s == seconds
    assert len(server.inferences) == asked


def test_a_server_that_hangs_is_given_up_in_time_and_not_asked_again(server: ProtocolServer) -> None:
    engine = opened(server, timeout_s=0.3)
    server.faults.append(HANG)

    with pytest.raises(ModelUnavailableError):
        engine.start(photos(1)[0])()

    assert len(server.inferences) == 1


def test_after_several_failures_nobody_waits_for_it(server: ProtocolServer) -> None:
    engine = opened(server)
    server.faults.extend([404] * FAILURES_TO_OPEN)
    for photo in photos(FAILURES_TO_OPEN):
        with pytest.raises(ModelUnavailableError):
            engine.start(photo)()

    with pytest.raises(ModelUnavailableError) as caught:
        engine.start(photos(1)[0])

    assert 1 <= caught.value.retry_after_s <= 5
    assert len(server.inferences) == FAILURES_TO_OPEN


def test_a_server_that_is_busy_opens_no_circuit(server: ProtocolServer) -> None:
    engine = opened(server)
    server.faults.extend([429] * 2 * FAILURES_TO_OPEN)
    for photo in photos(2 * FAILURES_TO_OPEN):
        with pytest.raises(BusyError):
            engine.start(photo)()

    assert engine.start(photos(1)[0])().scores.shape == (3,)


def test_another_version_is_refused_with_both_named(server: ProtocolServer) -> None:
    server.versions = ["0123456789ab"]

    with pytest.raises(RemoteModelError, match=r"serves colours in version 0123456789ab; version \w{12} is active"):
        opened(server)


def test_another_model_is_refused(server: ProtocolServer) -> None:
    server.name = "fruit"

    with pytest.raises(RemoteModelError, match="serves colours not"):
        opened(server)


def test_a_server_that_numbers_versions_itself_has_ours_in_the_name(server: ProtocolServer) -> None:
    server.name, server.versions = f"colours-{read_manifest(server.folder).version}", ["1"]

    assert opened(server).predict(photos(1)).shape == (1, 3)


def test_a_network_of_another_size_is_refused(server: ProtocolServer) -> None:
    server.input_shape = [-1, 8, 8, 3]

    with pytest.raises(RemoteModelError, match=r"takes FP32 of shape \[-1, 8, 8, 3\]; its folder here says"):
        opened(server)


def test_a_token_is_sent_and_a_wrong_one_told(server: ProtocolServer) -> None:
    server.token = "correct"

    assert opened(server, token="correct")
    with pytest.raises(RemoteModelError, match=r"answers 401.*Who are you"):
        opened(server, token="wrong")


def test_a_server_that_is_not_there_is_named(server: ProtocolServer) -> None:
    gone = replace(server, url="http://127.0.0.1:9")

    with pytest.raises(
        RemoteModelError, match=r"http://127.0.0.1:9 does not answer \(CLASSIFIER_REMOTE_URL\).*refused"
    ):
        opened(gone)


def test_a_warm_up_without_an_answer_is_told(server: ProtocolServer) -> None:
    server.faults.extend([500] * 2)

    with pytest.raises(RemoteModelError, match="gives no answer"):
        opened(server)


def test_readiness_is_asked_for(server: ProtocolServer) -> None:
    engine = opened(server)
    engine.check()
    server.is_ready = False

    with pytest.raises(ModelUnavailableError):
        engine.check()


def test_the_service_answers_as_with_the_local_engine(server: ProtocolServer) -> None:
    local = ClassifierService.open(server.folder)
    remote = ClassifierService.open(server.folder, engine="remote", remote=RemoteServer(server.url))
    photo = picture((200, 90, 30), (300, 200))

    assert remote.classify(photo).top == local.classify(photo).top


def test_no_address_is_told(model_folder: Path) -> None:
    with pytest.raises(RemoteModelError, match="needs CLASSIFIER_REMOTE_URL"):
        ClassifierService.open(model_folder, engine="remote", remote=RemoteServer(""))
