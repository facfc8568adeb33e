"""Values that nobody should send, in each parameter of each address that takes one: no error of the server."""

import base64
import urllib.parse
from collections.abc import Iterator

from benchmarks.live.server import LiveServer, running
from faults.finding import Finding

NOBODY = "00000000-0000-0000-0000-000000000000"
MOMENTS = (
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59.999999-14:00",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z",
    "-4713-01-01T00:00:00Z",
    "10000-01-01T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "2026-01-01T00:00:00+99:99",
    "2026-01-01T00:00:00.0000000001Z",
    "2026-W01-1",
    "0001-01-01",
    "9999-12-31",
    "now",
)
NUMBERS = (
    "nan",
    "inf",
    "-inf",
    "1e400",
    "-1",
    "0",
    "1e-400",
    "9" * 30,
    "9" * 5000,
    "-" + "9" * 30,
    "0x10",
    "1_0",
    "\u0663",
)
TEXTS = (
    "",
    "\0",
    "a\0b",
    "\ud800",
    "%",
    "_" * 300,
    "\\",
    "'\"",
    "x" * 10_000,
    "\U0001f98a",
    "\u202e",
    "\x7f",
    "-",
    "a-b-",
)
POSITIONS = (
    "",
    "p=",
    "p=None",
    "p=garbage",
    "p=garbage&r=1",
    "p=garbage&o=1000",
    "r=garbage",
    "r=" + "9" * 5000,
    "o=" + "9" * 30,
    "o=" + "9" * 5000,
    "o=-1",
    f"p=2026-01-01_{NOBODY}",
    f"p=2026-01-01T00:00:00_{NOBODY}",
    "p=2026-01-01T00:00:00Z_" + "f" * 40,
    "p=\0",
    *(f"p={urllib.parse.quote(moment)}_{NOBODY}{way}" for moment in MOMENTS for way in ("", "&r=1")),
)
CURSORS = (
    *(base64.b64encode(position.encode()).decode() for position in POSITIONS),
    "=",
    "\N{SNOWMAN}",
    "cD0",
    base64.b64encode(b"\xff\xfe").decode(),
)
VALUES = (*MOMENTS, *NUMBERS, *TEXTS)
PLACES = frozenset(("cursor", "before", "after"))
"""Parameters that get the cursors, too."""
API = {
    "/api/v1/predictions/": (
        "cursor page_size label model min_probability created_after created_before search ordering answer feedback"
    ),
    "/api/v1/labels/": "search",
    "/api/v1/models/": "page",
}
PAGES = {"/predictions/": "cursor before after search model since until min_percent", "/model/": "search"}
ADMIN = {
    "/admin/classifier/prediction/": "q o p all e label content_type model_version__id__exact created_at__gte "
    "created_at__lt created_at__gt created_at__year created_at__day created_at__range created_at__isnull id__exact "
    "_facets _popup",
    "/admin/classifier/prediction/dashboard/": "days",
    "/admin/classifier/modelversion/": "q o p",
    "/admin/classifier/devicetoken/": "q o p",
    "/admin/auth/user/": "q o p is_staff__exact groups__id__exact",
}


def run() -> list[Finding]:
    with running() as server:
        session = {"Cookie": f"sessionid={server.make_session(others=0)}"}
        tried = [
            *_ask(server, API, headers=server.authorization),
            *_ask(server, PAGES | ADMIN, headers={**session, "Authorization": ""}),
        ]
        log = server.log.read_text()
    failed = [f"{status} {path[:90]}" for status, path in tried if status >= 500]
    statuses = {status for status, _ in tried}
    return [
        Finding(
            "hostile parameters of the API, the pages and the admin: errors of the server",
            f"{len(failed)} of {len(tried):,} requests {failed[:3] or ''}",
            not failed and 200 in statuses,
        ),
        Finding("tracebacks in the log meanwhile", str(log.count("Traceback")), "Traceback" not in log),
    ]


def _ask(server: LiveServer, addresses: dict[str, str], *, headers: dict[str, str]) -> Iterator[tuple[int, str]]:
    for address, names in addresses.items():
        pairs = [(name, value) for name in names.split() for value in (*VALUES, *(CURSORS if name in PLACES else ()))]
        for name, value in pairs:
            path = f"{address}?{name}={urllib.parse.quote(value, errors='surrogatepass')}"
            yield server.request("GET", path, headers=headers).status, path


if __name__ == "__main__":
    print(*run(), sep="\n")
