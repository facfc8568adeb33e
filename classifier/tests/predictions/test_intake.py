"""Every door takes the same way in: a photo is counted, bounded and admitted whichever it comes through."""

import base64
import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from rest_framework.test import APIClient

from classifier.accounts import throttles
from classifier.errors import BusyError
from classifier.models import ModelVersion, Prediction, ThrottleCount
from classifier.predictions import reclassification, services
from classifier.predictions.admission import gate
from classifier.predictions.intake import Intake, Sender
from classifier.tests.examples import jpeg, upload
from classifier.tests.waiting import wait_until

pytestmark = pytest.mark.usefixtures("serving")

Ask = Callable[..., int]
"""Sends a photo through a door, with WSGI variables, and returns the status."""


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _tensor(data: bytes) -> dict[str, Any]:
    return {"inputs": [{"name": "image", "datatype": "BYTES", "shape": [1], "data": [_text(data)]}]}


DOORS: dict[str, tuple[str, str, Callable[[bytes], Any]]] = {
    "predictions": ("/api/v1/predictions/", "multipart", lambda data: {"image": upload(data)}),
    "predict": ("/api/v1/predict/", "multipart", lambda data: {"image": upload(data)}),
    "hugging face": ("/compat/hf", "json", lambda data: {"inputs": _text(data)}),
    "first tutorial": ("/compat/api/predict/", "json", lambda data: {"image": _text(data)}),
    "open inference": ("/compat/v2/models/colours/infer", "json", _tensor),
}
"""Path, encoding and body of each door that takes a token."""


@pytest.fixture(params=[*DOORS, "page"])
def ask(request: pytest.FixtureRequest, api_client: APIClient, client: Client, user: User) -> Ask:
    def through_api(data: bytes | None = None, **environ: Any) -> int:
        path, encoding, body = DOORS[request.param]
        return int(api_client.post(path, body(data or jpeg()), format=encoding, **environ).status_code)

    def through_page(data: bytes | None = None, **environ: Any) -> int:
        client.force_login(user)
        return client.post("/", {"image": upload(data)}, **environ).status_code

    return through_page if request.param == "page" else through_api


def test_a_photo_is_counted_at_every_door(ask: Ask, settings: Any) -> None:
    settings.CLASSIFIER_UPLOADS_PER_MINUTE = 1

    assert [ask() < 400, ask()] == [True, 429]


def test_all_doors_count_together(api_client: APIClient, user: User, settings: Any) -> None:
    settings.CLASSIFIER_UPLOADS_PER_MINUTE = len(DOORS)
    statuses = [
        api_client.post(path, body(jpeg()), format=encoding).status_code for path, encoding, body in DOORS.values()
    ]

    assert max(statuses) < 400
    assert throttles.uploads.count(str(user.pk)) == len(DOORS)


def test_a_file_of_too_many_bytes_is_refused_at_every_door(ask: Ask, settings: Any) -> None:
    settings.CLASSIFIER_MAX_UPLOAD_BYTES = len(jpeg()) - 1

    assert ask() == 413


def test_a_full_queue_refuses_at_every_door(ask: Ask, settings: Any) -> None:
    settings.CLASSIFIER_MAX_CONCURRENT_PHOTOS, settings.CLASSIFIER_MAX_WAITING_PHOTOS = 1, 0

    with gate.entered():
        assert ask() == 503


def test_somebody_else_goes_between_two_photos_of_a_request(settings: Any) -> None:
    settings.CLASSIFIER_MAX_CONCURRENT_PHOTOS = 1
    has_entered = threading.Event()

    def enter() -> None:
        with gate.entered(account="somebody else"):
            has_entered.set()

    with ThreadPoolExecutor(1) as pool, Intake(Sender()).admitted() as slot:
        pool.submit(enter)
        wait_until(lambda: gate.queued == 1)
        slot.classify_all([jpeg(), jpeg()], top_k=1)

        assert has_entered.is_set()


class Spool(io.BytesIO):
    """An upload's file, which notes when all of it is read at once."""

    read_whole = 0

    def read(self, size: int | None = -1) -> bytes:
        self.read_whole += size is None or size < 0
        return super().read(size)


@pytest.mark.parametrize("flow", [services.classify_upload, services.classify_once])
def test_a_photo_is_read_into_memory_when_it_is_admitted_and_not_before(
    user: User, settings: Any, flow: Callable[..., Any]
) -> None:
    settings.CLASSIFIER_MAX_CONCURRENT_PHOTOS, settings.CLASSIFIER_MAX_WAITING_PHOTOS = 1, 0
    spool = Spool(jpeg())
    sent: UploadedFile[bytes] = UploadedFile(spool, size=len(jpeg()))

    with gate.entered(), pytest.raises(BusyError):
        flow(upload=sent, sender=Sender(user))
    read_while_queued = spool.read_whole
    flow(upload=sent, sender=Sender(user))

    assert (read_while_queued, spool.read_whole) == (0, 1)


def test_a_client_that_is_gone_gets_no_work_done_at_any_door(ask: Ask) -> None:
    gone = {"waitress.client_disconnected": lambda: True}
    still_there = {"waitress.client_disconnected": lambda: False}

    assert ask(**gone) == 503
    assert not Prediction.objects.exists()
    assert ask(**still_there) < 400


def test_the_command_has_the_same_limits_and_counts_against_nobody(tmp_path: Path, settings: Any) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(jpeg())
    call_command("classify", str(photo), stdout=io.StringIO())
    settings.CLASSIFIER_MAX_UPLOAD_BYTES = len(jpeg()) - 1
    said = io.StringIO()

    with pytest.raises(CommandError):
        call_command("classify", str(photo), stdout=io.StringIO(), stderr=said)

    assert "bytes" in said.getvalue()
    assert not ThrottleCount.objects.exists()


def test_to_classify_again_counts_against_nobody(user: User, serving: ModelVersion) -> None:
    row = services.classify_upload(sender=Sender(user), upload=upload()).prediction
    row.model_version = ModelVersion.objects.create(name="earlier", version="1", manifest={}, path="-")

    assert reclassification.reclassify(row)
    assert throttles.uploads.count(str(user.pk)) == 1
