"""A history to read: so many predictions written into a database as rows, without photos."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from benchmarks.live.accounts import SUPERUSER

ADMIN = "/admin/classifier/prediction/"
LABELS = 202
INSERT = f"""
WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < :rows),
drawn AS (SELECT n, (abs(random()) % 1000000) / 1000000.0 AS p FROM number)
INSERT INTO classifier_prediction (id, owner_id, image, thumbnail, sha256, byte_size, width, height, content_type,
    label, wnid, probability, top, model_version_id, decode_ms, preprocess_ms, inference_ms, store_ms, photo_lost,
    answer_kind, answer_label, answer_wnid, answer_probability, quality_codes, created_at)
SELECT lower(hex(randomblob(16))),
    CASE WHEN n % :every = 0 THEN :owner ELSE :owner + 1 + n % :others END, 'photos/x', 'thumbnails/x',
    hex(randomblob(32)), 2400000, 4032, 3024, 'image/jpeg', 'label_' || (n % {LABELS}), 'n0' || n % {LABELS}, p,
    '[{{"wnid": "", "label": "one", "probability": 0.9}}, {{"wnid": "", "label": "two", "probability": 0.1}}]',
    (SELECT id FROM classifier_modelversion WHERE is_active), 20 + 9 * p, 2, 16 + 20 * p, 6, 0,
    CASE WHEN p > 0.4 THEN 'exact' WHEN p > 0.2 THEN 'broader' ELSE 'unsure' END, 'label', '', p, '',
    strftime('%Y-%m-%d %H:%M:%f', 'now', '-' || (n * :days * 86400.0 / :rows) || ' seconds') || '000'
FROM drawn
"""  # noqa: S608  # numbers of ours
SUM_UP = """
INSERT INTO classifier_storageuse (owner_id, photos, byte_size)
SELECT owner_id, count(*), sum(byte_size) FROM classifier_prediction GROUP BY owner_id
"""
NTH = (
    "SELECT id, created_at FROM classifier_prediction WHERE owner_id = ? ORDER BY created_at DESC, id DESC"
    " LIMIT 1 OFFSET ?"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One of the superuser's predictions; `created_at` as the database has it."""

    id: UUID
    created_at: str


def store(database: Path, *, rows: int, every: int, others: int, days: int) -> None:
    """Stores so many, over so many days; every such one is the superuser's, the rest is that of the others."""
    numbers = {"rows": rows, "every": every, "others": others, "days": days}
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(INSERT, {**numbers, "owner": _superuser(connection)})
        connection.execute(SUM_UP)


def nth(database: Path, number: int) -> Row:
    """The superuser's prediction with so many newer ones."""
    with closing(sqlite3.connect(database)) as connection:
        key, created_at = connection.execute(NTH, (_superuser(connection), number)).fetchone()
    return Row(UUID(key), created_at)


def _superuser(connection: sqlite3.Connection) -> int:
    (key,) = connection.execute("SELECT id FROM auth_user WHERE username = ?", [SUPERUSER]).fetchone()
    return int(key)
