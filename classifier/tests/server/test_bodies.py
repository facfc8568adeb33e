"""How much room bodies may have, and who is refused first."""

import shutil
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest

from classifier.errors import BusyError, StorageFullError
from classifier.server.bodies import SMALL_BYTES, BodyDisk, BodyMemory
from classifier.server.identity import Sender

ADA, GRACE, STRANGER, ANOTHER = Sender("", account=1), Sender("", account=2), Sender("192.0.2.1"), Sender("192.0.2.2")
SIZE = 100_000


@dataclass(eq=False)
class Half:
    """A body of which a part is there."""

    sender: Sender = field(default=ADA)
    expected_bytes: int = SIZE
    body_bytes_received: int = 0


def count_placed(disk: BodyDisk, bodies: list[Half]) -> int:
    return sum(disk.refusal(body) is None for body in bodies)


def test_one_account_has_a_quarter_and_all_strangers_an_eighth() -> None:
    disk = BodyDisk(16 * SIZE)
    of_ada = [Half() for _ in range(20)]
    of_strangers = [Half(sender) for sender in (STRANGER, ANOTHER) * 10]
    of_grace = [Half(GRACE)]

    assert count_placed(disk, of_ada) == 4
    assert count_placed(disk, of_strangers) == 2
    assert count_placed(disk, of_grace) == 1


def test_all_together_have_no_more_than_there_is() -> None:
    disk = BodyDisk(16 * SIZE)
    bodies = [Half(Sender("", account=number)) for number in range(30)]

    assert count_placed(disk, bodies) == 16
    assert isinstance(disk.refusal(Half(Sender("", account=99))), BusyError)


def test_who_is_gone_leaves_room() -> None:
    disk = BodyDisk(4 * SIZE)
    for _ in range(10):
        body = Half()
        assert disk.refusal(body) is None
        del body

    assert disk.used_bytes == 0


def test_small_bodies_need_no_room() -> None:
    assert BodyDisk(0).refusal(Half(expected_bytes=SMALL_BYTES)) is None
    assert BodyDisk(0).refusal(Half(expected_bytes=SMALL_BYTES + 1)) is not None


class Usage(NamedTuple):
    free: int


def test_what_must_stay_free_stays_free(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.CLASSIFIER_MIN_FREE_BYTES = 1_000_000
    disk = BodyDisk(100 * SIZE)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free=1_000_000 + 3 * SIZE))
    bodies = [Half(), Half(GRACE, body_bytes_received=SIZE // 2), Half(), Half()]

    assert count_placed(disk, bodies) == 3
    assert isinstance(disk.refusal(Half()), StorageFullError)


def test_memory_is_for_ordinary_photos(settings: Any) -> None:
    memory = BodyMemory(10 * SIZE)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * SIZE
    bodies = [Half(expected_bytes=4 * SIZE) for _ in range(5)]

    assert [memory.reserve(body) for body in bodies] == [True, True, False, False, False]
    assert not BodyMemory(10 * SIZE).reserve(Half(expected_bytes=5 * SIZE))
