"""Hostile files and requests: each gets its own answer, and none an error of the server."""

import http.client
import json
import socket
import time
from pathlib import Path

from benchmarks.live import client
from benchmarks.live.client import BOUNDARY, CONTENT_TYPE, Response, multipart
from benchmarks.live.server import PREDICTIONS, LiveServer, running
from benchmarks.samples import SHARED_DATA
from classifier.inference.open_inference.messages import HEADER_LENGTH
from faults.finding import Finding

UPLOADS, REPORTED = SHARED_DATA / "uploads", SHARED_DATA / "reported"
STORED, UNREADABLE, UNSUPPORTED, TOO_LARGE = (
    (201, ""),
    (400, "unreadable_image"),
    (415, "unsupported_image"),
    (413, "image_too_large"),
)
EXPECTED = {
    "empty.jpg": (400, "empty"),
    **dict.fromkeys(
        ("truncated_half.jpg", "truncated_half.png", "zero_width.png", "random_64k.jpg", "ztxt_bomb.png"), UNREADABLE
    ),
    **dict.fromkeys(("eps_as.jpg", "html_as.jpg", "svg_script.svg", "bmp_as.jpg", "gif_3000_frames.gif"), UNSUPPORTED),
    **dict.fromkeys(("bomb_rgb_9400x9400.png", "jpeg_claims_9000x9000.jpg", "header_2147483647.png"), TOO_LARGE),
}


EMPTY_TENSORS: tuple[dict[str, object], ...] = ({"data": []}, {"parameters": {"binary_data_size": 0}})
"""In JSON and in binary."""

FOREIGN = ("img_jpegxl_", "img_mp4_", "img_raf", "img_bigtiff", "img_utf8_html")
"""How the names of reported files begin that are healthy and of another format; all others are photos."""


def run() -> list[Finding]:
    with running() as server:
        return [_corpus(server), _reported(server), _requests(server), _tensors(server)]


def _corpus(server: LiveServer) -> Finding:
    if not UPLOADS.is_dir():
        return Finding("hostile files", f"{UPLOADS} is not there", None)
    files = sorted(path for path in UPLOADS.iterdir() if path.suffix != ".md")
    wrong = [path.name for path in files if _answer(server, path) != EXPECTED.get(path.name, STORED)]
    return Finding(
        "awkward and hostile files", f"{len(files) - len(wrong)} of {len(files)} as promised {wrong}", not wrong
    )


def _reported(server: LiveServer) -> Finding:
    """Files that people really sent: damage that costs no pixel is none, and a healthy file is never called damaged."""
    files = sorted(REPORTED.glob("img_*"))
    if not files:
        return Finding("reported files", f"{REPORTED} is not there", None)
    wrong = [
        f"{path.name}: {answer}"
        for path in files
        if (answer := _answer(server, path)) != (UNSUPPORTED if path.name.startswith(FOREIGN) else STORED)
    ]
    return Finding("reported files: 201, or 415", f"{len(files) - len(wrong)} of {len(files)} {wrong}", not wrong)


def _answer(server: LiveServer, path: Path) -> tuple[int, str]:
    answer = server.upload(path.read_bytes())
    return answer.status, answer.code


def _requests(server: LiveServer) -> Finding:
    answers = {name: _sent(server, head, body) for name, (head, body) in _hostile_requests().items()}
    wrong = {
        name: f"{answer.status} {answer.body[:60]!r}" for name, answer in answers.items() if not _is_refused(answer)
    }
    return Finding(
        "hostile requests: 4xx as JSON", f"{len(answers) - len(wrong)} of {len(answers)} {wrong or ''}", not wrong
    )


def _hostile_requests() -> dict[str, tuple[dict[str, str], bytes]]:
    """Name to headers and body of a POST."""
    as_json, form = {"Content-Type": "application/json"}, {"Content-Type": "application/x-www-form-urlencoded"}
    parts, of_parts = multipart(b"x"), {"Content-Type": CONTENT_TYPE}
    end = f"--{BOUNDARY}--\r\n".encode()
    two_files, many_files = parts.removesuffix(end) * 2 + end, parts.removesuffix(end) * 300 + end
    return {
        "JSON nested 100,000 deep": (as_json, b"[" * 100_000),
        "JSON objects nested 100,000 deep": (as_json, b'{"a":' * 100_000),
        "a number of 100,000 digits": (as_json, b'{"username": ' + b"9" * 100_000 + b"}"),
        "half a surrogate": (as_json, b'{"username": "\\ud800", "password": "\\udfff"}'),
        "a NUL": (as_json, json.dumps({"username": "a\0b", "password": "c\0d"}).encode()),
        "JSON that is no object": (as_json, b'"text"'),
        "bytes that are no text": (as_json, b"\xff\xfe\xfd"),
        "10,000 form fields": (form, "&".join(f"f{n}=1" for n in range(10_000)).encode()),
        "two files": (of_parts, two_files),
        "300 files": (of_parts, many_files),
        "a multipart body without an end": (of_parts, parts[:-20]),
        "a multipart body without a boundary": ({"Content-Type": "multipart/form-data"}, parts),
        "a boundary that is none": ({"Content-Type": "multipart/form-data; boundary=\xe4\xf6"}, parts),
        "a transfer encoding that is none": ({**of_parts, "Content-Transfer-Encoding": "x"}, f"--{BOUNDARY}".encode()),
        "a media type that is none": ({"Content-Type": "////"}, b"x"),
        "a length that is too long": ({**as_json, "Content-Length": "99999999999"}, b"{}"),
        "a length that is no number": ({**as_json, "Content-Length": "many"}, b"{}"),
        "headers that are no text": ({**as_json, "X-Odd": "\xff\xfe", "Accept": "\xff", "Cookie": "\xff=\xff"}, b"{}"),
        "a host that is none": ({**as_json, "Host": "<script>"}, b"{}"),
        "a token that is no text": ({**of_parts, "Authorization": "Token \xff\xfe"}, parts),
    }


def _tensors(server: LiveServer) -> Finding:
    """Messages of the Open Inference Protocol: none makes a large answer, a long one, or an error of the server."""
    model = server.request("GET", "/api/v1/models/").json()["results"][0]["name"]
    path, wrong, slowest = f"/compat/v2/models/{model}/infer", {}, 0.0
    messages = _hostile_messages()
    for name, (headers, message) in messages.items():
        answer = server.request("POST", path, json.dumps(message).encode(), headers)
        slowest = max(slowest, answer.seconds)
        if answer.status != 400 or len(answer.body) > 1000:
            wrong[name] = f"{answer.status} with {len(answer.body):,} bytes"
    return Finding(
        "hostile tensors: 400, short and soon",
        f"{len(messages) - len(wrong)} of {len(messages)} {wrong or ''}, slowest {slowest * 1000:.0f} ms",
        not wrong and slowest < 2,
    )


def _hostile_messages() -> dict[str, tuple[dict[str, str], dict[str, object]]]:
    pixel = {"name": "image", "datatype": "UINT8", "shape": [1, 1, 3], "data": [255, 0, 0]}
    shapes: tuple[object, ...] = (
        [2**31 - 1] * 3 + [0],
        [0] + [2**31 - 1] * 7,
        [2**31 - 1] * 8,
        [2**63],
        [-1],
        [1] * 9,
        [True],
        [1e9],
        7,
    )
    outputs: tuple[object, ...] = (
        [{"name": "probabilities"}] * 5000,
        [{"name": "label"}] * 2,
        [{"name": "x" * 100_000}],
        [[]],
        "label",
    )
    return {
        **{
            f"shape {shape} of {datatype}{', binary' if 'parameters' in sent else ''}": (
                {},
                {"inputs": [{"name": "image", "datatype": datatype, "shape": shape, **sent}]},
            )
            for shape in shapes
            for datatype in ("UINT8", "FP64", "BYTES")
            for sent in EMPTY_TENSORS
        },
        **{f"outputs {str(asked)[:30]}": ({}, {"inputs": [pixel], "outputs": asked}) for asked in outputs},
        "a long id": ({}, {"inputs": [pixel], "id": "x" * 100_000}),
        "a length of 5,000 digits": ({HEADER_LENGTH: "9" * 5000}, {"inputs": [pixel]}),
    }


def _sent(server: LiveServer, headers: dict[str, str], body: bytes) -> Response:
    path = PREDICTIONS if "multipart" in headers.get("Content-Type", "") else "/api/v1/auth/login/"
    lines = {"Host": "localhost", "Connection": "close", "Content-Length": str(len(body)), **server.authorization}
    if "login" in path:
        lines.pop("Authorization", None)
    head = "".join(f"{name}: {value}\r\n" for name, value in {**lines, **headers}.items())
    began = time.perf_counter()
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(f"POST {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + body)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        return client.read_response(answer, began=began)


def _is_refused(answer: Response) -> bool:
    return 400 <= answer.status < 500 and bool(answer.code)


if __name__ == "__main__":
    print(*run(), sep="\n")
