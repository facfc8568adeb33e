"""A history of any length, written into a live server's data: rows at once, and a small file for each name."""

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from uuid import uuid4

from benchmarks.live.server import LiveServer

LABELS = 202
INSERT = f"""
INSERT INTO classifier_prediction (id, owner_id, image, thumbnail, sha256, byte_size, width, height, content_type,
    label, wnid, probability, top, model_version_id, decode_ms, preprocess_ms, inference_ms, store_ms, photo_lost,
    filename, created_at)
VALUES (:id, :owner, :image, :thumbnail, '', :size, 4032, 3024, 'image/jpeg', 'label_' || (:number % {LABELS}), '',
    0.9, '[{{"wnid": "", "label": "one", "probability": 0.9}}, {{"wnid": "", "label": "two", "probability": 0.1}}]',
    (SELECT id FROM classifier_modelversion WHERE is_active), 20, 2, 16, 6, 0,
    :filename, strftime('%Y-%m-%d %H:%M:%f', 'now', '-' || :number || ' seconds') || '000')
"""  # noqa: S608  # a number of ours
SUM_UP = """
INSERT INTO classifier_storageuse (owner_id, photos, byte_size) VALUES (:owner, :photos, :size)
ON CONFLICT (owner_id) DO UPDATE SET photos = photos + :photos, byte_size = byte_size + :size
"""


@dataclass(frozen=True, slots=True)
class Holder:
    """An account with photos."""

    key: int
    name: str
    token: str


def make_holder(server: LiveServer, *, photos: int, byte_size: int = 100, filename: str | None = None) -> Holder:
    """A new account that holds so many photos."""
    (token,) = server.make_tokens(1)
    account = server.request("GET", "/api/v1/me/", headers={"Authorization": f"Token {token}"}).json()
    holder = Holder(int(account["id"]), str(account["username"]), token)
    _hold(server, holder.key, photos, byte_size, filename)
    return holder


def surplus_files(server: LiveServer, *, within_s: float = 10) -> int:
    """How many files there are beyond the two of each row, once the last deletion had its time."""
    until = time.monotonic() + within_s
    while (surplus := len(server.files) - 2 * server.count_rows()) and time.monotonic() < until:
        time.sleep(0.1)
    return surplus


def _hold(server: LiveServer, owner: int, photos: int, byte_size: int, filename: str | None) -> None:
    """Sparse files of so many bytes."""
    rows = [{**_row(owner, number, byte_size), "filename": filename} for number in range(photos)]
    for row in rows:
        for name in (row["image"], row["thumbnail"]):
            path = server.media / str(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.truncate(byte_size if name == row["image"] else 100)
            path.chmod(0o400)
    with closing(sqlite3.connect(server.database, timeout=60)) as connection, connection:
        connection.executemany(INSERT, rows)
        connection.execute(SUM_UP, {"owner": owner, "photos": photos, "size": photos * byte_size})


def left_of(server: LiveServer, owner: int) -> int:
    """How many rows of predictions an account has yet."""
    return _number(server, "SELECT COUNT(*) FROM classifier_prediction WHERE owner_id = ?", owner)


def is_there(server: LiveServer, owner: int) -> bool:
    return bool(_number(server, "SELECT COUNT(*) FROM auth_user WHERE id = ?", owner))


def _row(owner: int, number: int, byte_size: int) -> dict[str, object]:
    key = uuid4()
    names = {kind: f"{kind}s/{key.hex[:1]}/{key}.jpg" for kind in ("photo", "thumbnail")}
    numbers = {"owner": owner, "number": number, "size": byte_size}
    return {"id": key.hex, "image": names["photo"], "thumbnail": names["thumbnail"], **numbers}


def _number(server: LiveServer, query: str, owner: int) -> int:
    with closing(sqlite3.connect(server.database, timeout=60)) as connection:
        return int(connection.execute(query, [owner]).fetchone()[0])
