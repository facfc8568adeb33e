"""What is promised of the whole, tried in the order in which an operator and others would meet it."""

import hashlib
import http.client
import json
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.live.client import Response, request
from benchmarks.live.photos import make_photo
from benchmarks.live.server import PREDICTIONS
from benchmarks.results import ROOT
from faults.finding import Finding
from live.client import Client
from live.stack import PHOTOS_OF_NGINX, Stack

PASSWORD = "a long word that nobody guesses"  # noqa: S105
OF_A_PHOTO = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "private, no-cache",
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
"""What every private photo has to be sent with."""
COLOURS = """
from pathlib import Path
import django
django.setup()
from classifier.tests.examples import build_colour_model
build_colour_model(Path({!r}), name="colours")
"""
"""Makes the folder of another model."""


def first_answers(stack: Stack, *options: str) -> Finding:
    """What gunicorn answers once it accepts connections, before anything has waited for it to be ready."""
    stack.start_gunicorn(*options)
    answers: list[int] = []
    began = time.monotonic()
    while len(answers) < 40 and time.monotonic() - began < 90:
        try:
            status = request(stack.app.port, "GET", "/readyz", headers={"Host": "localhost"}).status
            answers.append(status)
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
    others = [status for status in answers if status != 200]
    told = f"{len(others)} of {len(answers)}, {time.monotonic() - began:.1f} s from the start"
    named = f" with {' '.join(options)}" if options else ""
    return Finding(f"first answers of both workers{named}: other than 200", told, not others and len(answers) == 40)


def doors(stack: Stack) -> Iterator[Finding]:
    page = request(stack.http_port, "GET", "/sign-in/", headers={"Host": "localhost", "Accept": "text/html"})
    call = request(stack.http_port, "GET", "/api/v1/me/", headers={"Host": "localhost"})
    to = page.headers.get("location", "")
    yield Finding(
        "http: a page, a call",
        f"{page.status} to {to[:8]}, {call.status} {call.code}",
        (page.status, to[:8], call.code) == (301, "https://", "https_required"),
    )
    asked = [
        "curl",
        "-sS",
        "--http2",
        "--cacert",
        str(stack.client.certificate),
        "-o",
        "/dev/null",
        "-w",
        "%{http_version}",
    ]
    version = subprocess.run(
        [*asked, f"https://localhost:{stack.https_port}/sign-in/"], capture_output=True, text=True, check=False
    )
    yield Finding("https: the version of HTTP", version.stdout, version.stdout == "2")
    sheet = re.search(rb'href="(/static/[^"]+\.css)"', stack.client.get("/sign-in/").body)
    style = stack.client.get(sheet[1].decode() if sheet else "/nothing/")
    cached = style.headers.get("cache-control", "")
    yield Finding(
        "a style sheet, and for how long", f"{style.status}, {cached}", style.status == 200 and "immutable" in cached
    )


def photos(stack: Stack) -> Iterator[Finding]:
    ada, answer = stack.client.signed_up("ada", PASSWORD)
    yield Finding("sign-up", f"{answer.status}", answer.status == 201 and bool(ada.token))
    large = make_photo(4000, 3000, byte_size=5_000_000)
    stored = ada.upload(large)
    yield Finding("a photo of 12 megapixels", f"{stored.status}, {stored.seconds * 1000:.0f} ms", stored.status == 201)
    path = f"{PREDICTIONS}{stored.json()['id']}/image/"
    whole = ada.get(path)
    missing = [name for name, value in OF_A_PHOTO.items() if whole.headers.get(name) != value]
    by_nginx = re.fullmatch(r'"[0-9a-f]+-[0-9a-f]+"', whole.headers.get("etag", "")) is not None
    same = hashlib.sha256(whole.body).digest() == hashlib.sha256(large).digest()
    yield Finding(
        "the private photo, sent by nginx",
        f"{whole.status}, {len(whole.body):,} bytes",
        whole.status == 200 and by_nginx and same,
    )
    yield Finding(f"its {len(OF_A_PHOTO)} headers: missing or other", f"{missing}", not missing)
    internal = [name for name in whole.headers if name.startswith("x-accel")]
    yield Finding("headers that are between nginx and the application alone", f"{internal}", not internal)
    again = ada.get(path, If_None_Match=whole.headers.get("etag", ""))
    part = ada.get(path, Range="bytes=0-9")
    yield Finding(
        "the photo again, a part of it",
        f"{again.status}, {part.status} {len(part.body)} bytes",
        (again.status, part.status, part.body) == (304, 206, large[:10]),
    )
    eve, _ = stack.client.signed_up("eve", PASSWORD)
    name = next(file for file in stack.app.files if file.stat().st_size == len(large)).relative_to(stack.app.media)
    refused = [eve.get(path), stack.client.get(path), ada.get(f"{PHOTOS_OF_NGINX}{name}")]
    codes = [(one.status, one.code) for one in refused]
    yield Finding(
        "the photo for another, for nobody, by its internal path",
        f"{codes}",
        codes == [(404, "not_found"), (401, "not_authenticated"), (404, "not_found")],
    )
    yield from _refused(ada)


def _refused(ada: Client) -> Iterator[Finding]:
    too_large = ada.upload(bytes(22 * 1024 * 1024))
    kind = too_large.headers.get("content-type", "")
    yield Finding(
        "a photo of 22 MiB",
        f"{too_large.status} {too_large.code}, {kind}",
        (too_large.status, too_large.code, kind) == (413, "upload_too_large", "application/json"),
    )
    limit = ada.upload(bytes(20 * 1024 * 1024 + 1))
    yield Finding(
        "a photo of 20 MiB and a byte, by the application",
        f"{limit.status} {limit.code}",
        (limit.status, limit.code) == (413, "upload_too_large"),
    )
    orange = (ROOT / "docs/images/orange.jpg").read_bytes()
    classic = ada.upload(orange, "/api/v1/predict/")
    found = classic.json().get("predictions", [{}])
    yield Finding(
        "the second tutorial's predict/",
        f"{classic.status}, {len(found)} labels, {found[0].get('label')}",
        classic.status == 200 and len(found) == 5 and found[0].get("label") == "orange",
    )


def swap(stack: Stack) -> Finding:
    """Another model is activated on the command line, while the workers serve."""
    with tempfile.TemporaryDirectory() as folder:
        stack.app.run("-c", COLOURS.format(folder))
        stack.app.manage("install_model", str(Path(folder) / "colours"))
    stack.app.manage("activate_model", "colours")
    began = time.monotonic()
    while time.monotonic() - began < 20 and stack.log.count("colours-") < 2:
        time.sleep(0.1)
    seconds = time.monotonic() - began
    names = {_model_of(stack.client.get("/readyz")) for _ in range(40)}
    return Finding(
        "a model activated: all workers serve it", f"{names}, {seconds:.1f} s", names == {"colours"} and seconds < 6
    )


def figures(stack: Stack, *, stored: int) -> Iterator[Finding]:
    """A superuser asks for the figures, which are those of both workers."""
    stack.app.environment = {**stack.app.environment, "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    stack.app.manage("createsuperuser", "--noinput", "--username", "root", "--email", "root@localhost")
    sent = json.dumps({"username": "root", "password": PASSWORD}).encode()
    token = stack.client.request("POST", "/api/v1/auth/login/", sent).json()["token"]
    root = Client(stack.https_port, stack.client.certificate, token)
    answers = [root.get("/metrics").body for _ in range(10)]
    counted = {float(found) for body in answers for found in re.findall(rb'seconds_count\{step="store"\} (\S+)', body)}
    yield Finding("photos in /metrics, whichever worker is asked", f"{counted} of {stored}", counted == {float(stored)})


def below_a_path(stack: Stack) -> Iterator[Finding]:
    """The whole once more, at https://localhost/photos/: pages, style sheets, a photo and its address."""
    stack.move_below("/photos")
    yield first_answers(stack)
    home = stack.client.get("/photos/account/")
    to = home.headers.get("location", "")
    page = stack.client.get("/photos/sign-in/")
    sheet = re.search(rb'href="(/photos/static/[^"]+\.css)"', page.body)
    style = stack.client.get(sheet[1].decode() if sheet else "/nothing/")
    yield Finding(
        "below a path: where a stranger is led, the style sheet",
        f"{home.status} {to}, {page.status}, {style.status}",
        (to.partition("?")[0], page.status, style.status) == ("/photos/sign-in/", 200, 200),
    )
    sent = json.dumps({"username": "dora", "password": PASSWORD}).encode()
    token = stack.client.request("POST", "/photos/api/v1/auth/register/", sent).json()["token"]
    dora = Client(stack.https_port, stack.client.certificate, token)
    stored = dora.upload(make_photo(640, 480, byte_size=60_000), f"/photos{PREDICTIONS}")
    url = urlsplit(stored.json()["image"]["url"]).path
    whole, outside = dora.get(url), stack.client.get("/api/v1/me/")
    yield Finding(
        "below a path: a photo stored, fetched at the address that it is said to have",
        f"{stored.status}, {whole.status} {len(whole.body):,} bytes",
        (stored.status, whole.status, url.startswith("/photos/api/")) == (201, 200, True),
    )
    yield Finding("below a path: the same call outside of it", f"{outside.status}", outside.status == 404)


def _model_of(answer: Response) -> str:
    return str(answer.json().get("model", {}).get("name", answer.status))
