"""How long the browser pages and the admin keep people waiting, with a million predictions stored."""

import statistics
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import stored_predictions
from benchmarks.live.server import LiveServer, serving
from benchmarks.results import parser_of, write_result
from benchmarks.stored_predictions import ADMIN, LONG_AGO
from benchmarks.visits import visit

ROWS, PART_OF_SUPERUSER, OTHERS, DAYS = 1_000_000, 5, 400, 90
RUNS = 30
FIRST_BYTE_MS, PAGE_KIB = 50, 100
"""What the browser pages are held to."""


@dataclass(frozen=True, slots=True)
class PageTime:
    """How long a page took to its first byte, and its size."""

    page: str
    first_ms: float
    median_ms: float
    slowest_ms: float
    kib: float


def main() -> None:
    parser = parser_of("pages", __doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="predictions stored")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = LiveServer(Path(folder))
        server.prepare()
        session = server.make_session(others=OTHERS)
        pages = fill(server.database, rows=options.rows)
        with serving(server):
            times = [measure(server.port, session, name, path) for name, path in pages.items()]
    print(f"pages, of {options.rows:,} predictions: ms to the first byte (first, median, slowest of {RUNS}), KiB")
    for one in times:
        print(f"{one.page:42}{one.first_ms:9.1f}{one.median_ms:9.1f}{one.slowest_ms:9.1f}{one.kib:9.1f}")
    over = [one.page for one in times if one.median_ms > FIRST_BYTE_MS or one.kib > PAGE_KIB]
    print(f"over {FIRST_BYTE_MS} ms or {PAGE_KIB} KiB: {', '.join(over) or 'none'}")
    if options.save:
        write_result("pages", {"predictions": options.rows, "runs": RUNS, "pages": [asdict(one) for one in times]})


def fill(database: Path, *, rows: int) -> dict[str, str]:
    """Stores the predictions; returns the pages to look at, by what they are."""
    stored_predictions.store(database, rows=rows, every=PART_OF_SUPERUSER, others=OTHERS, days=DAYS)
    own_rows = rows // PART_OF_SUPERUSER
    newest, middle = (stored_predictions.nth(database, number) for number in (0, own_rows // 2))
    before = f"{middle.created_at.replace(' ', 'T')}%2B00:00_{middle.id.hex}"
    return {
        "classify": "/",
        "history": "/predictions/",
        f"history, in the middle of {own_rows:,}": f"/predictions/?before={before}",
        "history, a label": "/predictions/?search=tabby",
        "history, a word in many labels": "/predictions/?search=terrier",
        "history, a part of a word": "/predictions/?search=triev",
        f"history, a word of {own_rows // 10:,} long ago": f"/predictions/?search={LONG_AGO}",
        "history, a file name": "/predictions/?search=IMG_0000",
        "history, at least 99%": "/predictions/?min_percent=99",
        "history, a label that nobody got": "/predictions/?search=harbour",
        "prediction": f"/predictions/{newest.id}/",
        "model": "/model/",
        "account": "/account/",
        "sign in": "/sign-in/",
        "admin": "/admin/",
        "admin, predictions": ADMIN,
        **{f"admin, dashboard of {days} days": f"{ADMIN}dashboard/?days={days}" for days in (7, 30, 90)},
    }


def measure(port: int, session: str, name: str, path: str) -> PageTime:
    visits = visit(port, session, path, times=RUNS)
    first_byte_ms = [one.first_byte_ms for one in visits]
    return PageTime(
        name, first_byte_ms[0], statistics.median(first_byte_ms), max(first_byte_ms), visits[-1].byte_size / 1024
    )


if __name__ == "__main__":
    main()
