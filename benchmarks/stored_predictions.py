"""A history to read: so many predictions written into a database as rows, without photos."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from benchmarks.live.accounts import SUPERUSER
from classifier.inference.labels.imagenet import imagenet_labels

ADMIN = "/admin/classifier/prediction/"
LONG_AGO = "waterfall"
"""A label that the oldest tenth of the predictions alone has kept."""
NAMES = "CREATE TEMPORARY TABLE benchmark_label (number INTEGER PRIMARY KEY, wnid TEXT, label TEXT)"
SCORED = "json_object('wnid', {0}.wnid, 'label', {0}.label, 'probability', p * {1})"
INSERT = f"""
WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < :rows),
drawn AS (SELECT n, n / :every AS drawn, (abs(random()) % 1000000) / 1000000.0 AS p FROM number)
INSERT INTO classifier_prediction (id, owner_id, image, thumbnail, filename, sha256, byte_size, width, height,
    content_type, label, wnid, probability, top, model_version_id, decode_ms, preprocess_ms, inference_ms, store_ms,
    photo_lost, answer_kind, answer_label, answer_wnid, answer_probability, quality_codes, created_at)
SELECT lower(hex(randomblob(16))),
    CASE WHEN n % :every = 0 THEN :owner ELSE :owner + 1 + n % :others END, 'photos/x', 'thumbnails/x',
    printf('IMG_%07d.jpg', n), hex(randomblob(32)), 2400000, 4032, 3024, 'image/jpeg', best.label, best.wnid, p,
    json_array({", ".join(SCORED.format(name, part) for name, part in (("best", 1), ("two", 0.5), ("three", 0.2)))},
        json_object('wnid', '', 'label', CASE WHEN n > :rows * 0.9 THEN '{LONG_AGO}' ELSE four.label END,
        'probability', p * 0.1)),
    (SELECT id FROM classifier_modelversion WHERE is_active), 20 + 9 * p, 2, 16 + 20 * p, 6, 0,
    CASE WHEN p > 0.4 THEN 'exact' WHEN p > 0.2 THEN 'broader' ELSE 'unsure' END, best.label, best.wnid, p, '',
    strftime('%Y-%m-%d %H:%M:%f', 'now', '-' || (n * :days * 86400.0 / :rows) || ' seconds') || '000'
FROM drawn
JOIN benchmark_label best ON best.number = drawn % 1000
JOIN benchmark_label two ON two.number = (drawn + 1) % 1000
JOIN benchmark_label three ON three.number = (drawn * 7 + 2) % 1000
JOIN benchmark_label four ON four.number = (drawn * 13 + 3) % 1000
"""  # noqa: S608  # names and numbers of ours
SEARCHED = """
INSERT INTO classifier_searchtext (prediction_id, owner, labels, names)
SELECT id, owner_id,
    (SELECT group_concat(lower(replace(json_extract(value, '$.label'), '_', ' ')), char(10)) FROM json_each(top)),
    ' ' || lower(replace(replace(filename, '_', ' '), '.', ' '))
FROM classifier_prediction ORDER BY created_at
"""
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
        connection.execute(NAMES)
        labels = [(number, label.wnid, label.name) for number, label in enumerate(imagenet_labels())]
        connection.executemany("INSERT INTO benchmark_label VALUES (?, ?, ?)", labels)
        connection.execute(INSERT, {**numbers, "owner": _superuser(connection)})
        connection.execute(SEARCHED)
        words = {word for _, _, label in [*labels, (0, "", LONG_AGO)] for word in label.lower().split("_")}
        connection.executemany("INSERT INTO classifier_searchword VALUES (?)", [(word,) for word in words])
        connection.execute(SUM_UP)


def nth(database: Path, number: int) -> Row:
    """The superuser's prediction with so many newer ones."""
    with closing(sqlite3.connect(database)) as connection:
        key, created_at = connection.execute(NTH, (_superuser(connection), number)).fetchone()
    return Row(UUID(key), created_at)


def _superuser(connection: sqlite3.Connection) -> int:
    (key,) = connection.execute("SELECT id FROM auth_user WHERE username = ?", [SUPERUSER]).fetchone()
    return int(key)
