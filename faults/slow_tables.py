"""Tables of predictions that staff export and read slowly: others' pages are answered as if nobody did."""

from benchmarks.live.admin import PREDICTIONS_LIST, action_on_all, headers_of
from benchmarks.live.server import LiveServer, running
from benchmarks.live.slow_readers import reading_slowly
from faults import served_meanwhile
from faults.finding import Finding
from faults.held_photos import make_holder

READERS = 18
"""More than the server has threads for pages."""
ROWS, FILENAME = 20_000, "n" * 1000
"""A table of 20 MB, which is more than any buffer on its way; a long file name counts for many rows."""
REFUSED = 302
"""Back to the list, which says why."""


def run() -> list[Finding]:
    with running() as server:
        served_meanwhile.register(server)
        make_holder(server, photos=ROWS, filename=FILENAME)
        tables = [_table_for(session) for session in server.make_sessions(READERS)]
        before = served_meanwhile.asked(server)
        with reading_slowly(server.port, tables[:1] * READERS) as told:
            of_one = served_meanwhile.asked(server)
        return [
            Finding(
                f"{READERS} tables for one account at once, read slowly: one is made",
                f"{told.count(200)} x 200, {told.count(REFUSED)} x {REFUSED}",
                told.count(200) == 1 and told.count(REFUSED) == READERS - 1,
            ),
            *served_meanwhile.compared(f"{READERS} tables for one of staff", before, of_one),
            *_of_many(server, tables, before),
        ]


def _of_many(server: LiveServer, tables: list[bytes], before: served_meanwhile.Times) -> list[Finding]:
    resident_mib = server.resident_mib()
    with reading_slowly(server.port, tables) as statuses:
        during, grown_mib = served_meanwhile.asked(server), server.resident_mib() - resident_mib
    kept, table_mib = statuses.count(200), ROWS * len(FILENAME) // 1024**2
    return [
        *served_meanwhile.compared(f"{kept} slow tables for {READERS} of staff", before, during),
        Finding(
            f"{kept} slow tables, of {table_mib} MiB each, in memory",
            f"{grown_mib:+.0f} MiB RSS",
            kept == READERS and grown_mib < 150,
        ),
    ]


def _table_for(session: str) -> bytes:
    """The whole request."""
    form = action_on_all("export_csv")
    headers = {"Host": "localhost", "Content-Length": str(len(form)), **headers_of(session)}
    lines = [f"POST {PREDICTIONS_LIST} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items() if value)]
    return "\r\n".join([*lines, "", ""]).encode() + form


if __name__ == "__main__":
    print(*run(), sep="\n")
