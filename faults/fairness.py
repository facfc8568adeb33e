"""One account does all it may: another's photos are served as if it were alone, or nearly so."""

import base64
import contextlib
import http.client
import io
import json
import time
from collections.abc import Callable, Iterator

import pillow_heif
from PIL import Image

from benchmarks.live.beside import beside
from benchmarks.live.client import CONTENT_TYPE, Response, multipart
from benchmarks.live.photos import photo
from benchmarks.live.server import PREDICTIONS, LiveServer, running
from benchmarks.results import quantile
from faults.finding import Finding

CLIENTS, UPLOADS, PAUSE_S = 64, 36, 0.5
INFER_CLIENTS, PHOTOS_OF_A_REQUEST, BIG_SIDES_PX, PATIENCE_S = 12, 16, (8000, 6000), 10
SIGN_INS = 10
ADA = {"username": "ada-who-signs-in", "password": "correct horse battery"}
Send = Callable[[], Response]


def run() -> list[Finding]:
    with running() as server:
        (other,) = server.make_tokens(1)
        return [
            *_flood(server, other),
            *_whys(server, other),
            *_sign_ins(server, other),
            *_large_requests(server, other),
        ]


def _flood(server: LiveServer, other: str) -> list[Finding]:
    _upload(server, other, photo(999))  # makes the photo, once and not by all clients at the same time
    with _repeated(lambda: server.upload(photo(0)), clients=CLIENTS) as flood:
        answers = [_upload(server, other, photo(1000 + number)) for number in range(UPLOADS)]
    stored = sum(answer.status == 201 for answer in answers)
    slowest_s = max(answer.seconds for answer in answers)
    of_flood = f"{_count(flood, 201)} of {len(flood)} of the flood stored"
    return [
        Finding(
            f"one account sends photos from {CLIENTS} clients: {UPLOADS} of another's, one by one, are stored",
            f"{stored}, the slowest after {slowest_s:.2f} s; {of_flood}",
            stored == UPLOADS and slowest_s < 5,
        )
    ]


def _whys(server: LiveServer, other: str) -> list[Finding]:
    path = f"{PREDICTIONS}{server.upload(photo(0)).json()['id']}/why/"
    with _repeated(lambda: server.request("GET", path), clients=CLIENTS) as whys:
        answers = [_upload(server, other, photo(4000 + number)) for number in range(UPLOADS)]
        page = server.request("GET", PREDICTIONS)
    stored = sum(answer.status == 201 for answer in answers)
    slowest_s = max(answer.seconds for answer in answers)
    return [
        Finding(
            f"one account asks why from {CLIENTS} clients: {UPLOADS} of another's photos, one by one, are stored",
            f"{stored}, the slowest after {slowest_s:.2f} s; history {page.seconds * 1000:.0f} ms; "
            f"{_count(whys, 200)} of {len(whys)} were told",
            stored == UPLOADS and slowest_s < 5 and page.status == 200 and page.seconds < 1 and _count(whys, 200) > 0,
        )
    ]


def _large_requests(server: LiveServer, other: str) -> list[Finding]:
    model = server.request("GET", "/api/v1/labels/?search=-").json()["model"]["name"]
    path, body = f"/compat/v2/models/{model}/infer", _infer_body()
    photos = _as_telephones_send_it()
    alone = {kind: _upload(server, other, data).seconds for kind, data in photos.items()}
    with _repeated(lambda: server.request("POST", path, body, timeout_s=PATIENCE_S), clients=INFER_CLIENTS):
        time.sleep(3)
        meanwhile = {kind: [_upload(server, other, data) for _ in range(2)] for kind, data in photos.items()}
        mib = server.resident_mib()
    slowest = {kind: max(answer.seconds for answer in answers) for kind, answers in meanwhile.items()}
    figures = ", ".join(f"{kind} {alone[kind]:.1f} s alone, {slowest[kind]:.1f} s meanwhile" for kind in alone)
    are_stored = all(answer.status == 201 for answers in meanwhile.values() for answer in answers)
    return [
        Finding(
            f"one account sends {INFER_CLIENTS} x {PHOTOS_OF_A_REQUEST} photos of 48 Mpx: another's uploads",
            f"{figures}; {mib:.0f} MiB",
            are_stored and all(slowest[kind] < 2 + 5 * alone[kind] for kind in alone),
        )
    ]


def _sign_ins(server: LiveServer, other: str) -> list[Finding]:
    server.request("POST", "/api/v1/auth/register/", json.dumps(ADA).encode())
    body = json.dumps(ADA).encode()
    alone_ms = _median_ms([_upload(server, other, photo(2000 + number)) for number in range(20)])
    with _repeated(lambda: server.request("POST", "/api/v1/auth/login/", body), clients=SIGN_INS) as sign_ins:
        time.sleep(1)
        meanwhile_ms = _median_ms([_upload(server, other, photo(3000 + number)) for number in range(20)])
        page = server.request("GET", PREDICTIONS)
    return [
        Finding(
            f"one account signs in over and over from {SIGN_INS} clients: another's upload, p50",
            f"{alone_ms:.0f} ms alone, {meanwhile_ms:.0f} ms meanwhile; history {page.seconds * 1000:.0f} ms; "
            f"{_count(sign_ins, 200)} of {len(sign_ins)} signed in",
            meanwhile_ms < 4 * alone_ms and page.status == 200,
        )
    ]


@contextlib.contextmanager
def _repeated(send: Send, *, clients: int) -> Iterator[list[Response]]:
    """So many clients, each of which sends the same again as soon as it is answered."""
    answers: list[Response] = []

    def repeat() -> None:
        with contextlib.suppress(http.client.HTTPException, OSError):
            answers.append(answer := send())
            if answer.status in (429, 503):
                time.sleep(PAUSE_S)

    with beside(repeat, threads=clients):
        yield answers


def _upload(server: LiveServer, token: str, data: bytes) -> Response:
    headers = {"Content-Type": CONTENT_TYPE, "Authorization": f"Token {token}"}
    return server.request("POST", PREDICTIONS, multipart(data), headers)


def _as_telephones_send_it() -> dict[str, bytes]:
    jpeg = photo(0, width=4032, height=3024)
    heic = io.BytesIO()
    pillow_heif.from_pillow(Image.open(io.BytesIO(jpeg))).save(heic, quality=50)
    return {"JPEG": jpeg, "HEIC": heic.getvalue()}


def _infer_body() -> bytes:
    """Few bytes, many pixels."""
    file = io.BytesIO()
    Image.new("RGB", BIG_SIDES_PX, "teal").save(file, "PNG")
    encoded = base64.b64encode(file.getvalue()).decode()
    tensor = {"name": "image", "datatype": "BYTES", "shape": [PHOTOS_OF_A_REQUEST]}
    return json.dumps({"inputs": [{**tensor, "data": [encoded] * PHOTOS_OF_A_REQUEST}]}).encode()


def _count(answers: list[Response], status: int) -> int:
    return sum(answer.status == status for answer in answers)


def _median_ms(answers: list[Response]) -> float:
    return quantile([answer.seconds * 1000 for answer in answers], 0.5)


if __name__ == "__main__":
    print(*run(), sep="\n")
