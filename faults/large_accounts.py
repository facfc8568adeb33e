"""Accounts with many photos: deleted and exported, they keep nobody else waiting, and no kill leaves half of one."""

import threading
import time

from benchmarks.live.client import Response
from benchmarks.live.photos import photo
from benchmarks.live.server import LiveServer, running
from benchmarks.live.slow_readers import reading_slowly
from faults import served_meanwhile
from faults.finding import Finding
from faults.held_photos import Holder, is_there, left_of, make_holder, surplus_files

PHOTOS, INTERRUPTED = 50_000, 5000
READERS, EXPORT_PHOTOS, EXPORT_PHOTO_BYTES = 18, 6, 6_000_000
_EXPORT_MIB = EXPORT_PHOTOS * EXPORT_PHOTO_BYTES // 1024**2
LIMIT_S = 600


def run() -> list[Finding]:
    with running() as server:
        return [*_deleted(server), *_read_slowly(server), *_killed(server)]


def _deleted(server: LiveServer) -> list[Finding]:
    """Somebody else sends photos from before the deletion to its end."""
    leaving = make_holder(server, photos=PHOTOS)
    before = [server.upload(photo(number)) for number in range(20)]
    resident_mib = server.resident_mib()
    answered: list[Response] = []
    thread = threading.Thread(target=lambda: answered.append(_delete(server, leaving)))
    began = time.monotonic()
    thread.start()
    during: list[Response] = []
    while is_there(server, leaving.key) and time.monotonic() - began < LIMIT_S:
        during.append(server.upload(photo(1000 + len(during))))
    took_s, grown_mib = time.monotonic() - began, server.resident_mib() - resident_mib
    thread.join()
    slowest_s = max(answer.seconds for answer in during)
    refused = [answer.status for answer in during if answer.status != 201]
    answer_s = answered[0].seconds
    return [
        Finding(
            f"DELETE /api/v1/me/ with {PHOTOS:,} photos answers within a second",
            f"{answered[0].status} after {answer_s * 1000:.0f} ms; gone after {took_s:.0f} s, {grown_mib:+.0f} MiB RSS",
            answer_s < 1 and not is_there(server, leaving.key),
        ),
        Finding(
            "meanwhile, another account's uploads take 1 s at most and none is refused",
            f"{len(during)} x, {len(refused)} refused, slowest {slowest_s * 1000:.0f} ms "
            f"(before: {max(answer.seconds for answer in before) * 1000:.0f} ms)",
            slowest_s <= 1 and not refused,
        ),
        _whole(server, "of the deleted account"),
    ]


def _whole(server: LiveServer, of_what: str) -> Finding:
    """Whether every file has its row, and two for each."""
    surplus = surplus_files(server)
    return Finding(f"nothing is left {of_what}", f"{surplus} files too many", surplus == 0)


def _read_slowly(server: LiveServer) -> list[Finding]:
    served_meanwhile.register(server)
    holders = [make_holder(server, photos=EXPORT_PHOTOS, byte_size=EXPORT_PHOTO_BYTES) for _ in range(READERS)]
    exports = [_export_of(holder) for holder in holders]
    before = served_meanwhile.asked(server)
    with reading_slowly(server.port, exports[:1] * READERS) as told:
        of_one = served_meanwhile.asked(server)
    resident_mib = server.resident_mib()
    with reading_slowly(server.port, exports) as statuses:
        of_many, grown_mib = served_meanwhile.asked(server), server.resident_mib() - resident_mib
    kept = statuses.count(200)
    return [
        Finding(
            f"{READERS} exports of one account at once, read slowly: one is made",
            f"{told.count(200)} x 200, {told.count(409)} x 409",
            told.count(200) == 1 and told.count(409) == READERS - 1,
        ),
        *served_meanwhile.compared(f"{READERS} exports of one account", before, of_one),
        *served_meanwhile.compared(f"{kept} slow exports of {READERS} accounts", before, of_many),
        Finding(
            f"{kept} slow exports, of {_EXPORT_MIB} MiB each, in memory", f"{grown_mib:+.0f} MiB RSS", grown_mib < 150
        ),
    ]


def _export_of(holder: Holder) -> bytes:
    head = f"GET /api/v1/me/export/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token {holder.token}\r\n"
    return f"{head}\r\n".encode()


def _killed(server: LiveServer) -> list[Finding]:
    leaving = make_holder(server, photos=INTERRUPTED)
    status = _delete(server, leaving).status
    while left_of(server, leaving.key) > INTERRUPTED * 3 // 4:
        time.sleep(0.01)
    server.kill()
    left = left_of(server, leaving.key)
    server.start()
    began = time.monotonic()
    while is_there(server, leaving.key) and time.monotonic() - began < LIMIT_S:
        time.sleep(0.1)
    return [
        Finding(
            f"kill -9 in the middle of a deletion ({INTERRUPTED:,} photos) and a start: it goes on",
            f"{status}; {left:,} rows left, all gone {time.monotonic() - began:.1f} s after the start",
            status == 204 and 0 < left < INTERRUPTED and not is_there(server, leaving.key),
        ),
        _whole(server, "of an account whose deletion was killed"),
    ]


def _delete(server: LiveServer, leaving: Holder) -> Response:
    headers = {"Authorization": f"Token {leaving.token}"}
    return server.request("DELETE", "/api/v1/me/", headers=headers, timeout_s=LIMIT_S)


if __name__ == "__main__":
    print(*run(), sep="\n")
