"""Every row of the contract's error table, and JSON whatever happens."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from psycopg.errors import DiskFull
from rest_framework.test import APIClient

from classifier.conf import conf
from classifier.errors import ClassifierError, StorageFullError, UnsupportedImageError
from classifier.inference import instance
from classifier.inference.errors import ModelError
from classifier.models import IdempotencyKey, Prediction
from classifier.predictions import services
from classifier.predictions.admission import gate
from classifier.storage.local import DurableFileSystemStorage
from classifier.storage.rows import Columns
from classifier.tests.examples import SHARED, encoded, jpeg, needs_shared, photo_files, picture, upload

URL = "/api/v1/predictions/"


def post(client: APIClient, data: bytes | None = None, headers: dict[str, str] | None = None) -> Any:
    return client.post(URL, {"image": upload(data)}, format="multipart", headers=headers or {})


def assert_error(response: Any, status: int, code: str, attr: str | None = None) -> None:
    assert response.status_code == status, response.content
    (error,) = response.json()["errors"]
    assert (error["code"], error["attr"]) == (code, attr)
    assert error["detail"]
    assert not Prediction.objects.exists()


@pytest.fixture
def full_database() -> Iterator[Callable[..., None]]:
    """Has the database itself say that its disk is full."""
    is_sqlite = connection.vendor == "sqlite"
    sqlite = ("PRAGMA max_page_count = 1", "CREATE TABLE filler AS SELECT zeroblob(100000) AS data")
    postgresql = ("DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$",)

    def fill(*_: Any, **__: Any) -> None:
        with connection.cursor() as cursor:
            for statement in sqlite if is_sqlite else postgresql:
                cursor.execute(statement)

    yield fill
    if is_sqlite:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.mark.usefixtures("serving")
class TestRefusedPhotos:
    def test_no_image_field(self, api_client: APIClient) -> None:
        assert_error(api_client.post(URL, {}, format="multipart"), 400, "required", "image")

    def test_a_text_in_place_of_a_file(self, api_client: APIClient) -> None:
        assert api_client.post(URL, {"image": "text"}, format="multipart").status_code == 400

    def test_an_empty_file(self, api_client: APIClient) -> None:
        assert_error(post(api_client, b""), 400, "empty", "image")

    def test_a_truncated_photo(self, api_client: APIClient) -> None:
        data = encoded(picture("red", (400, 300)), "PNG")
        assert_error(post(api_client, data[: len(data) // 2]), 400, "unreadable_image", "image")

    def test_a_format_that_is_not_accepted(self, api_client: APIClient) -> None:
        assert_error(post(api_client, encoded(picture(), "GIF")), 415, "unsupported_image", "image")

    def test_more_bytes_than_allowed(self, api_client: APIClient, settings: Any) -> None:
        settings.CLASSIFIER_MAX_UPLOAD_BYTES = 100
        assert_error(post(api_client), 413, "upload_too_large", "image")

    def test_more_pixels_than_allowed(self, api_client: APIClient, settings: Any) -> None:
        settings.CLASSIFIER_MAX_IMAGE_PIXELS = 100
        assert_error(post(api_client), 413, "image_too_large", "image")

    @pytest.mark.parametrize("digest", ["sha-256=:AAAA:", "sha-256=nonsense", "sha-256="])
    def test_a_digest_that_does_not_match(self, api_client: APIClient, digest: str) -> None:
        assert_error(post(api_client, headers={"Content-Digest": digest}), 400, "digest_mismatch", "image")

    def test_a_key_with_other_bytes(self, api_client: APIClient, user: User) -> None:
        IdempotencyKey.objects.create(owner=user, key="abc", sha256="0" * 64)
        assert_error(post(api_client, headers={"Idempotency-Key": "abc"}), 422, "idempotency_key_reused")

    def test_a_key_still_in_work(self, api_client: APIClient, user: User) -> None:
        import hashlib

        IdempotencyKey.objects.create(owner=user, key="abc", sha256=hashlib.sha256(jpeg()).hexdigest())
        assert_error(post(api_client, headers={"Idempotency-Key": "abc"}), 409, "idempotency_in_progress")

    def test_a_key_left_by_a_process_that_died_is_taken_over(self, api_client: APIClient, user: User) -> None:
        import hashlib

        old = timezone.now() - timedelta(seconds=conf.upload_lease_s + 1)
        sha256 = hashlib.sha256(jpeg()).hexdigest()
        IdempotencyKey.objects.create(owner=user, key="abc", sha256=sha256, created_at=old)

        assert post(api_client, headers={"Idempotency-Key": "abc"}).status_code == 201

    def test_a_key_that_is_too_long(self, api_client: APIClient) -> None:
        assert post(api_client, headers={"Idempotency-Key": "k" * 256}).status_code == 400


@pytest.mark.usefixtures("serving")
class TestTooMuch:
    def test_too_many_uploads(self, api_client: APIClient, settings: Any) -> None:
        settings.CLASSIFIER_UPLOADS_PER_MINUTE = 1
        api_client.post("/api/v1/predict/", {"image": upload()}, format="multipart")

        response = post(api_client)

        assert_error(response, 429, "throttled")
        assert 0 < int(response["Retry-After"]) <= 60

    def test_reading_the_history_is_not_throttled_with_uploads(self, api_client: APIClient, settings: Any) -> None:
        settings.CLASSIFIER_UPLOADS_PER_MINUTE = 1
        assert {api_client.get(URL).status_code for _ in range(3)} == {200}

    def test_a_full_queue(self, api_client: APIClient, settings: Any) -> None:
        settings.CLASSIFIER_MAX_CONCURRENT_PHOTOS = 1
        settings.CLASSIFIER_MAX_WAITING_PHOTOS = 0
        with gate.entered():
            response = post(api_client)

        assert_error(response, 503, "busy")
        assert int(response["Retry-After"]) > 0

    def test_waiting_too_long(self, api_client: APIClient, settings: Any) -> None:
        settings.CLASSIFIER_MAX_CONCURRENT_PHOTOS = 1
        settings.CLASSIFIER_QUEUE_TIMEOUT_S = 0.01
        with gate.entered():
            assert_error(post(api_client), 503, "busy")

    def test_a_photo_waits_for_the_one_before(self, settings: Any) -> None:
        settings.CLASSIFIER_MAX_CONCURRENT_PHOTOS = 1
        entered = threading.Event()

        def second() -> None:
            with gate.entered():
                entered.set()

        with gate.entered():
            waiting = threading.Thread(target=second)
            waiting.start()
            assert not entered.is_set()
        waiting.join(timeout=5)

        assert entered.is_set()

    def test_a_full_disk(self, api_client: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: Any) -> None:
            raise StorageFullError

        monkeypatch.setattr(DurableFileSystemStorage, "write", full)
        assert_error(post(api_client), 507, "storage_full")

    def test_a_database_without_room(
        self, api_client: APIClient, full_database: Callable[..., None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Columns, "insert", full_database)

        assert_error(post(api_client), 507, "storage_full")

    def test_a_postgresql_without_room(self, api_client: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: Any, **__: Any) -> None:
            raise OperationalError("could not extend file") from DiskFull()

        monkeypatch.setattr(Columns, "insert", full)
        assert_error(post(api_client), 507, "storage_full")

    def test_a_locked_database(self, api_client: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
        def locked(*_: Any, **__: Any) -> None:
            raise OperationalError("database is locked")

        monkeypatch.setattr(Columns, "insert", locked)
        response = post(api_client)

        assert_error(response, 503, "busy")
        assert int(response["Retry-After"]) > 0


def test_no_model_yet(api_client: APIClient) -> None:
    instance.reset()

    response = post(api_client)

    assert_error(response, 503, "model_not_ready")
    assert int(response["Retry-After"]) > 0


def test_a_row_that_cannot_be_stored_leaves_no_files(
    api_client: APIClient, serving: object, home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: Any, **__: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(Columns, "insert", locked)
    post(api_client)

    assert not photo_files(home / "media")


@pytest.mark.parametrize("path", ["/api/", "/api/v1/nothing/", "/api/v2/predictions/"])
def test_an_unknown_endpoint_answers_json(anonymous: APIClient, path: str, db: None) -> None:
    response = anonymous.get(path)

    assert response.status_code == 404
    assert response.json()["errors"][0]["code"] == "not_found"


def test_a_wrong_method_answers_json(api_client: APIClient) -> None:
    response = api_client.put(URL)

    assert response.status_code == 405
    assert response.json()["errors"][0]["code"] == "method_not_allowed"


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b"\xff\xfe"])
def test_json_that_cannot_be_read_is_refused(anonymous: APIClient, body: bytes, db: None) -> None:
    response = anonymous.post("/api/v1/auth/login/", body, content_type="application/json")

    assert response.status_code == 400
    assert response.json()["errors"]


@pytest.mark.parametrize("path", [URL, "/api/v1/auth/login/"])
def test_a_part_with_a_header_that_cannot_be_read_is_refused(api_client: APIClient, path: str) -> None:
    head = 'Content-Disposition: form-data; name="image"; filename="a.jpg"; x*=a; x*1=b'
    body = f"--x\r\n{head}\r\n\r\nphoto\r\n--x--\r\n"

    response = api_client.generic("POST", path, body, content_type="multipart/form-data; boundary=x")

    assert_error(response, 400, "parse_error")


def test_a_broken_multipart_body_is_refused(api_client: APIClient) -> None:
    response = api_client.generic("POST", URL, "--x\r\nnonsense", content_type="multipart/form-data; boundary=x")

    assert response.status_code == 400
    assert response.json()["errors"]


def test_a_body_of_another_kind_is_refused(api_client: APIClient) -> None:
    response = api_client.post(URL, {"image": "x"}, format="json")

    assert response.status_code == 415
    assert response.json()["errors"][0]["code"] == "unsupported_media_type"


def test_a_bug_answers_json(api_client: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def bug(**_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(services, "classify_upload", bug)
    response = post(api_client)

    assert response.status_code == 500
    assert response.json() == {
        "type": "server_error",
        "errors": [{"code": "error", "detail": ClassifierError.detail, "attr": None}],
    }


class OddImageError(UnsupportedImageError):
    """A special case, as anybody may add one."""


class SecretModelError(ModelError):
    """Nothing that a client could do anything about."""


@pytest.mark.parametrize(
    ("error", "status", "code", "detail"),
    [
        (OddImageError(), 415, "unsupported_image", UnsupportedImageError.detail),
        (OddImageError("Send a square photo."), 415, "unsupported_image", "Send a square photo."),
        (SecretModelError("/srv/models is gone."), 500, "error", ClassifierError.detail),
    ],
)
def test_a_special_case_of_an_error_is_answered_as_what_it_is_a_case_of(
    api_client: APIClient, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, code: str, detail: str
) -> None:
    def fail(**_: Any) -> None:
        raise error

    monkeypatch.setattr(services, "classify_upload", fail)
    response = post(api_client)

    (told,) = response.json()["errors"]
    assert (response.status_code, told["code"], told["detail"]) == (status, code, detail)


EXPECTED = {
    **{f"recurser_Landscape_{n}.jpg": 201 for n in range(1, 9)},
    **dict.fromkeys(
        ["cmyk.jpg", "gray.jpg", "progressive.jpg", "i16.png", "pal_alpha.png", "rgba.png", "1x1.png", "webp_as.jpg"],
        201,
    ),
    **dict.fromkeys(["12mp.jpg", "iphone.heic", "jpeg_php_comment.jpg", "png_plus_zip.png"], 201),
    "empty.jpg": 400,
    **dict.fromkeys(
        ["truncated_half.jpg", "truncated_half.png", "zero_width.png", "random_64k.jpg", "ztxt_bomb.png"], 400
    ),
    **dict.fromkeys(["eps_as.jpg", "html_as.jpg", "svg_script.svg", "bmp_as.jpg", "gif_3000_frames.gif"], 415),
    **dict.fromkeys(["bomb_rgb_9400x9400.png", "jpeg_claims_9000x9000.jpg", "header_2147483647.png"], 413),
}


@needs_shared
@pytest.mark.usefixtures("serving")
@pytest.mark.parametrize(("name", "status"), EXPECTED.items())
def test_an_awkward_upload_gets_its_answer(api_client: APIClient, name: str, status: int) -> None:
    response = post(api_client, (SHARED / "data/uploads" / name).read_bytes())

    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/json"


@needs_shared
@pytest.mark.usefixtures("serving")
def test_the_eight_orientations_of_a_picture_are_one_picture(api_client: APIClient) -> None:
    bodies = [
        post(api_client, (SHARED / f"data/uploads/recurser_Landscape_{n}.jpg").read_bytes()).json() for n in range(1, 9)
    ]

    assert {(body["label"], body["image"]["width"], body["image"]["height"]) for body in bodies} == {
        (bodies[0]["label"], 1800, 1200)
    }
    assert max(b["probability"] for b in bodies) - min(b["probability"] for b in bodies) < 0.02


def test_a_host_that_is_not_ours_is_told_in_json(client: Client, db: None) -> None:
    response = client.get("/api/v1/me/", headers={"Host": "<script>"})

    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == "bad_request"


def test_a_token_that_no_database_can_be_asked_for_is_none(anonymous: APIClient, db: None) -> None:
    answer = anonymous.get("/api/v1/me/", HTTP_AUTHORIZATION="Token a\0b")

    assert answer.status_code == 401
