"""How long the browser pages and the operator's desk keep people waiting, with a million predictions stored."""

import http.client
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from benchmarks.results import write_result
from benchmarks.serving import manage, serving

ROWS, ADAS_ROWS, OTHERS, DAYS = 1_000_000, 200_000, 400, 90
RUNS = 30
FIRST_ANSWER_MS, PAGE_KIB = 50, 100
"""What the browser pages are held to."""
SIGNED_IN = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
ada = User.objects.create_superuser("ada", password="!")
User.objects.bulk_create([User(username=f"user{{n}}", password="!") for n in range({others})])
session = SessionStore()
session[SESSION_KEY] = str(ada.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = ada.get_session_auth_hash()
session.create()
print(session.session_key)
"""
FILL = """
WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < :rows),
drawn AS (SELECT n, (abs(random()) % 1000000) / 1000000.0 AS p FROM number)
INSERT INTO classifier_prediction (id, owner_id, image, thumbnail, sha256, byte_size, width, height, content_type,
    label, wnid, probability, top, model_version_id, decode_ms, preprocess_ms, inference_ms, store_ms, photo_lost,
    created_at)
SELECT lower(hex(randomblob(16))),
    CASE WHEN n % :every = 0 THEN :ada ELSE :ada + 1 + n % :others END, 'photos/x', 'thumbnails/x',
    hex(randomblob(32)), 2400000, 4032, 3024, 'image/jpeg', 'label_' || (n % 202), 'n0' || n % 202, p,
    '[{"wnid": "", "label": "one", "probability": 0.9}, {"wnid": "", "label": "two", "probability": 0.1}]',
    (SELECT id FROM classifier_modelversion WHERE is_active), 20 + 9 * p, 2, 16 + 20 * p, 6, 0,
    strftime('%Y-%m-%d %H:%M:%f', 'now', '-' || (n * :days * 86400.0 / :rows) || ' seconds') || '000'
FROM drawn
"""
SUM_UP = """
INSERT INTO classifier_storageuse (owner_id, photos, byte_size)
SELECT owner_id, count(*), sum(byte_size) FROM classifier_prediction GROUP BY owner_id
"""
OF_ADA = "FROM classifier_prediction WHERE owner_id = ? ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET ?"
DESK = "/admin/classifier/prediction/"


@dataclass(frozen=True, slots=True)
class Waited:
    """How long a page took to be answered, and its size."""

    page: str
    first_ms: float
    median_ms: float
    slowest_ms: float
    kib: float


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        manage(data_dir, "migrate")
        manage(data_dir, "prepare_model")
        session = manage(data_dir, "shell", "--no-imports", "--command", SIGNED_IN.format(others=OTHERS)).strip()
        pages = fill(data_dir / "db.sqlite3")
        with serving(data_dir) as address:
            waited = [measure(address, session, name, path) for name, path in pages.items()]
    print(f"pages, of {ROWS:,} predictions: milliseconds to the first byte (first, median, slowest of {RUNS}), KiB")
    for line in waited:
        print(f"{line.page:42}{line.first_ms:9.1f}{line.median_ms:9.1f}{line.slowest_ms:9.1f}{line.kib:9.1f}")
    over = [line.page for line in waited if line.median_ms > FIRST_ANSWER_MS or line.kib > PAGE_KIB]
    print(f"over {FIRST_ANSWER_MS} ms or {PAGE_KIB} KiB: {', '.join(over) or 'none'}")
    write_result("pages", {"predictions": ROWS, "runs": RUNS, "pages": [asdict(line) for line in waited]})


def fill(database: Path) -> dict[str, str]:
    """Stores the predictions; returns the pages to look at, by what they are."""
    with closing(sqlite3.connect(database)) as connection, connection:
        (ada,) = connection.execute("SELECT id FROM auth_user WHERE username = 'ada'").fetchone()
        sizes = {"rows": ROWS, "every": ROWS // ADAS_ROWS, "others": OTHERS, "days": DAYS}
        connection.execute(FILL, {**sizes, "ada": ada})
        connection.execute(SUM_UP)
        (newest,) = connection.execute(f"SELECT id {OF_ADA}", (ada, 0)).fetchone()
        moment, key = connection.execute(f"SELECT created_at, id {OF_ADA}", (ada, ADAS_ROWS // 2)).fetchone()
    return {
        "classify": "/",
        "history": "/predictions/",
        "history, in the middle of 200,000": f"/predictions/?before={moment.replace(' ', 'T')}%2B00:00_{key}",
        "history, a label": "/predictions/?search=label_7",
        "history, at least 99%": "/predictions/?min_percent=99",
        "history, a label that nobody got": "/predictions/?search=nothing",
        "prediction": f"/predictions/{UUID(newest)}/",
        "model": "/model/",
        "account": "/account/",
        "sign in": "/sign-in/",
        "admin": "/admin/",
        "admin, predictions": DESK,
        **{f"admin, dashboard of {days} days": f"{DESK}dashboard/?days={days}" for days in (7, 30, 90)},
    }


def measure(address: str, session: str, name: str, path: str) -> Waited:
    times_ms, size = [], 0
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    for _ in range(RUNS):
        start = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": f"sessionid={session}"})
        response = connection.getresponse()
        times_ms.append((time.perf_counter() - start) * 1000)
        size = len(response.read())
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
    connection.close()
    return Waited(name, times_ms[0], statistics.median(times_ms), max(times_ms), size / 1024)


if __name__ == "__main__":
    main()
