"""The least that a server in Python does which stores before it answers: waitress, two files, a row, nothing else.

No framework, nobody signs in, nothing is limited, listed or logged. What this costs more than `bare`, no server of this
kind gets rid of; what this project costs more than this is Django, DRF, tokens and limits.
"""

import json
import os
import sqlite3
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from waitress import serve

from classifier.inference.images.decoding import decode_photo
from classifier.inference.images.renditions import decoding_side_px, make_thumbnail, scaled_to_thumbnail
from classifier.inference.service import ClassifierService
from classifier.process.fsync import sync
from classifier.process.memory import freeze_garbage_collector, limit_malloc_cache

THREADS = 8
FOLDER = Path(os.environ.get("STORE", ""))
TABLE = "CREATE TABLE photos (id TEXT PRIMARY KEY, created_at REAL, answer TEXT)"
DURABLY = "PRAGMA synchronous=FULL"
CHUNK_BYTES = 256 * 1024


class MinimalServer:
    """A WSGI application: a form with one photo in, five labels out."""

    def __init__(self, service: ClassifierService) -> None:
        self._service = service
        self._local = threading.local()
        with sqlite3.connect(FOLDER / "rows.sqlite3") as made:
            made.execute("PRAGMA journal_mode=WAL")
            made.execute(TABLE)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        photo = photo_in(environ["wsgi.input"].read())
        side_px = decoding_side_px(self._service.shorter_side_px)
        _, image = decode_photo(photo, shorter_side_px=side_px)
        with self._service.started(image) as inference:
            thumbnail = make_thumbnail(scaled_to_thumbnail(image))
            top = inference.classification(top_k=5).top
        answer = json.dumps([{"label": scored.label, "probability": scored.probability} for scored in top])
        key = str(uuid.uuid4())
        write(FOLDER / f"{key}.jpg", photo)
        write(FOLDER / f"{key}-thumbnail.jpg", thumbnail)
        sync(FOLDER)
        self._rows().execute("INSERT INTO photos VALUES (?, ?, ?)", (key, time.time(), answer))
        start_response("201 Created", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
        return [answer.encode()]

    def _rows(self) -> sqlite3.Connection:
        if not hasattr(self._local, "rows"):
            self._local.rows = sqlite3.connect(FOLDER / "rows.sqlite3", isolation_level=None)
            self._local.rows.execute(DURABLY)
        rows: sqlite3.Connection = self._local.rows
        return rows


def photo_in(form: bytes) -> bytes:
    """The only part of a form."""
    boundary = form[: form.index(b"\r\n")]
    begins = form.index(b"\r\n\r\n") + 4
    return form[begins : form.index(b"\r\n" + boundary, begins)]


def write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        for begin in range(0, len(data), CHUNK_BYTES):
            file.write(data[begin : begin + CHUNK_BYTES])
        file.flush()
        os.fsync(file.fileno())


if __name__ == "__main__":
    application = MinimalServer(ClassifierService.open(Path(os.environ["MODEL_FOLDER"])))
    limit_malloc_cache()
    freeze_garbage_collector()
    serve(application, host="127.0.0.1", port=int(sys.argv[1]), threads=THREADS, inbuf_overflow=2**24)
