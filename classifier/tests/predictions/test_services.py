"""The write flow: a photo is stored whole with its answer, or leaves nothing."""

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from PIL import Image

from classifier.errors import DigestMismatchError, StorageFullError, UploadTooLargeError
from classifier.inference.engines.openvino import OpenVinoEngine
from classifier.inference.types import Inferred, Pixels
from classifier.models import ModelVersion, Prediction
from classifier.predictions.intake import Sender
from classifier.predictions.services import classify_once, classify_upload
from classifier.storage.local import DurableFileSystemStorage
from classifier.storage.rows import Columns
from classifier.tests.examples import encoded, jpeg, photo_files, picture, upload

pytestmark = pytest.mark.usefixtures("serving")


def digest_of(data: bytes) -> str:
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


def test_the_row_tells_what_arrived_and_what_was_answered(user: User, serving: ModelVersion) -> None:
    data = jpeg("blue", (80, 60))

    classify_upload(sender=Sender(user), upload=upload(data))

    row = Prediction.objects.get()
    assert (row.owner, row.model_version) == (user, serving)
    assert (row.label, row.top[0]["label"], len(row.top)) == ("blue", "blue", 3)
    assert (row.width, row.height, row.byte_size, row.content_type) == (80, 60, len(data), "image/jpeg")
    assert row.sha256 == hashlib.sha256(data).hexdigest()
    assert min(row.decode_ms, row.preprocess_ms, row.inference_ms, row.store_ms) > 0


def test_files_have_generated_names_and_the_detected_type_whatever_the_photo_is_called(user: User) -> None:
    data = encoded(picture(), "PNG")

    row = classify_upload(sender=Sender(user), upload=upload(data, name="../../evil.php")).prediction

    assert row.image.name == f"photos/{row.id.hex[:1]}/{row.id}.png"
    assert row.thumbnail.name == f"thumbnails/{row.id.hex[:1]}/{row.id}.jpg"
    assert row.image.open().read() == data
    assert Image.open(row.thumbnail.open()).format == "JPEG"


def test_photos_on_the_disk_are_for_the_servers_eyes_only_and_are_not_written_again(user: User) -> None:
    row = classify_upload(sender=Sender(user), upload=upload()).prediction

    for file in (row.image, row.thumbnail):
        assert Path(file.path).stat().st_mode & 0o777 == 0o400


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_network_runs(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    inside: list[bool] = []
    start = OpenVinoEngine.start

    def watched(self: OpenVinoEngine, pixels: Pixels) -> Callable[[], Inferred]:
        inside.append(connection.in_atomic_block)
        return start(self, pixels)

    monkeypatch.setattr(OpenVinoEngine, "start", watched)
    classify_upload(sender=Sender(user), upload=upload(), idempotency_key="photo-1")

    assert inside == [False]


def test_files_are_on_the_disk_before_the_row_is(user: User, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    present: list[int] = []
    insert = Columns.insert

    def watched(self: Columns[Prediction], row: Prediction) -> None:
        present.append(len(photo_files(home / "media")))
        insert(self, row)

    monkeypatch.setattr(Columns, "insert", watched)
    classify_upload(sender=Sender(user), upload=upload())

    assert present == [2]


def test_a_row_that_fails_takes_its_files_along(user: User, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failed(*_: Any, **__: Any) -> None:
        raise DatabaseError("no")

    monkeypatch.setattr(Columns, "insert", failed)
    with pytest.raises(DatabaseError):
        classify_upload(sender=Sender(user), upload=upload())

    assert not photo_files(home / "media")


def test_a_thumbnail_that_finds_no_room_takes_the_photo_along(
    user: User, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = DurableFileSystemStorage.write

    def full_for_thumbnails(self: DurableFileSystemStorage, name: str, data: bytes) -> None:
        if name.startswith("thumbnails/"):
            raise StorageFullError("No room.")
        write(self, name, data)

    monkeypatch.setattr(DurableFileSystemStorage, "write", full_for_thumbnails)
    with pytest.raises(StorageFullError):
        classify_upload(sender=Sender(user), upload=upload())

    assert not photo_files(home / "media")
    assert not Prediction.objects.exists()


def test_a_photo_of_just_the_allowed_size_is_taken_and_one_byte_more_is_not(user: User, settings: Any) -> None:
    settings.CLASSIFIER_MAX_UPLOAD_BYTES = len(jpeg())

    classify_upload(sender=Sender(user), upload=upload())
    settings.CLASSIFIER_MAX_UPLOAD_BYTES -= 1

    with pytest.raises(UploadTooLargeError):
        classify_upload(sender=Sender(user), upload=upload())


@pytest.mark.parametrize(
    "header",
    [
        "",
        f"sha-256=:{digest_of(jpeg())}:",
        f"sha-512=:AAAA:, sha-256=:{digest_of(jpeg())}:",
        "sha-512=:AAAA:",
        "id-sha-256=:AAAA:",
    ],
)
def test_a_digest_that_matches_or_is_of_another_kind_is_taken(user: User, header: str) -> None:
    assert classify_upload(sender=Sender(user), upload=upload(), content_digest=header).prediction.pk


@pytest.mark.parametrize(
    "header", ["sha-256=:AAAA:", "sha-256=::", "sha-256=", f"sha-256={digest_of(jpeg())}", "sha-512=:AA:, sha-256=:AA:"]
)
def test_a_digest_that_does_not_match_or_is_malformed_is_refused(user: User, header: str) -> None:
    with pytest.raises(DigestMismatchError):
        classify_upload(sender=Sender(user), upload=upload(), content_digest=header)


def test_the_setting_says_how_many_labels_are_kept(user: User, settings: Any) -> None:
    settings.CLASSIFIER_TOP_K = 2

    assert len(classify_upload(sender=Sender(user), upload=upload()).prediction.top) == 2


def test_classify_once_keeps_nothing(home: Path) -> None:
    assert classify_once(upload(), sender=Sender()).top[0].label == "red"

    assert not Prediction.objects.exists()
    assert not photo_files(home)
