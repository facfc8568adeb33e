"""Staff delete many predictions at once: nobody else waits, all of them go, and nothing that was stored meanwhile."""

import threading
import time

from benchmarks.live.admin import delete_all
from benchmarks.live.client import Response
from benchmarks.live.photos import photo
from benchmarks.live.server import LiveServer, running
from benchmarks.live.uploading import lost
from faults.finding import Finding
from faults.held_photos import Holder, left_of, make_holder, surplus_files

PHOTOS, AT_A_TIME, LIMIT_S = 20_000, 10_000, 600
ACTIONS = PHOTOS // AT_A_TIME
"""So often the action is sent: it deletes so many each time."""


def run() -> list[Finding]:
    with running() as server:
        (session,) = server.make_sessions(1)
        holder = make_holder(server, photos=PHOTOS)
        before_s = max(server.upload(photo(number)).seconds for number in range(20))
        statuses: list[int] = []
        thread = threading.Thread(target=_delete, args=[server, session, holder, statuses])
        began = time.monotonic()
        thread.start()
        during: dict[int, Response] = {}
        while thread.is_alive():
            during[1000 + len(during)] = server.upload(photo(1000 + len(during)))
        took_s, left = time.monotonic() - began, left_of(server, holder.key)
        refused = [answer.status for answer in during.values() if answer.status != 201]
        slowest_s = max(answer.seconds for answer in during.values())
        stored = {answer.json()["id"]: number for number, answer in during.items() if answer.status == 201}
        missing = lost(server, stored)
        surplus = surplus_files(server)
    return [
        Finding(
            f"the admin's bulk deletion of {PHOTOS:,} predictions: rows and files left",
            f"{left} and {surplus} after {took_s:.0f} s; {statuses}",
            left == surplus == 0 and statuses == [302] * ACTIONS,
        ),
        Finding(
            "meanwhile, others' uploads take 1 s at most, and none is refused",
            f"{len(during)} x, {len(refused)} refused, slowest {slowest_s * 1000:.0f} ms "
            f"(before: {before_s * 1000:.0f} ms)",
            slowest_s <= 1 and not refused,
        ),
        Finding("photos stored meanwhile that are lost", f"{missing} of {len(during)}", missing == 0 < len(during)),
    ]


def _delete(server: LiveServer, session: str, holder: Holder, statuses: list[int]) -> None:
    for _ in range(ACTIONS):
        statuses.append(delete_all(server, session, holder.name, timeout_s=LIMIT_S))


if __name__ == "__main__":
    print(*run(), sep="\n")
