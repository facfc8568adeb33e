"""Photos take turns at the threads, account by account."""

import threading
from collections.abc import Callable, Iterator

import pytest

from classifier.server.pools import PhotoPool
from classifier.tests.waiting import wait_until


class Photo:
    """What a channel is to a pool: a request that goes on until it is let go."""

    connected = True

    def __init__(self, name: str, began: list[str]) -> None:
        self.name, self._began = name, began
        self.may_end = threading.Event()
        self.is_cancelled = False

    def service(self) -> None:
        self._began.append(self.name)
        self.may_end.wait(8)

    def cancel(self) -> None:
        self.is_cancelled = True


class Crowd:
    """Those who send photos; the first letter of a photo's name is its account."""

    def __init__(self, pool: PhotoPool) -> None:
        self.pool = pool
        self.began: list[str] = []
        self.displaced: list[str] = []
        self.photos: dict[str, Photo] = {}

    def send(self, *names: str) -> int:
        """How many of them were taken; who had to make way for them is noted."""
        taken = 0
        for name in names:
            self.photos[name] = photo = Photo(name, self.began)
            has_room = self.pool.has_room(name[0])
            refused = self.pool.add(photo, name[0])
            assert has_room == (refused is not photo)
            taken += has_room
            self.displaced += [refused.name] if refused not in (None, photo) else []
        return taken

    def send_many(self, account: str) -> int:
        """As many as are taken."""
        return next(count for count in range(100) if not self.send(f"{account}{count}"))

    def end(self, *names: str) -> None:
        for name in names:
            self.photos[name].may_end.set()

    def has_begun(self, *names: str) -> bool:
        wait_until(lambda: len(self.began) >= len(names))
        return sorted(self.began) == sorted(names)


Pooled = Callable[..., Crowd]


@pytest.fixture
def crowd_at() -> Iterator[Pooled]:
    crowds = []

    def make(*, places: int, max_waiting: int) -> Crowd:
        crowds.append(Crowd(PhotoPool(places=places, max_waiting=max_waiting)))
        return crowds[-1]

    yield make
    for crowd in crowds:
        crowd.end(*crowd.photos)
        crowd.pool.shutdown(timeout=5)


def test_one_account_keeps_all_places_and_has_one_photo_more_in_work(crowd_at: Pooled) -> None:
    crowd = crowd_at(places=2, max_waiting=10)

    assert crowd.send("a1", "a2", "a3", "a4", "a5") == 5
    assert crowd.has_begun("a1", "a2", "a3")
    assert crowd.pool.queued == 2


def test_another_account_begins_at_once(crowd_at: Pooled) -> None:
    crowd = crowd_at(places=2, max_waiting=10)
    crowd.send_many("a")
    crowd.send("b1")

    assert crowd.has_begun("a0", "a1", "a2", "b1")


def test_accounts_take_turns_at_the_threads(crowd_at: Pooled) -> None:
    crowd = crowd_at(places=1, max_waiting=20)
    crowd.send("a1", "a2", "a3", "a4", "b1", "b2", "c1")
    assert crowd.has_begun("a1", "a2", "b1", "c1")

    crowd.end("a1", "b1")
    assert crowd.has_begun("a1", "a2", "b1", "c1", "b2")
    crowd.end("a2")
    assert crowd.has_begun("a1", "a2", "b1", "c1", "b2", "a3")


def test_one_account_alone_has_the_whole_queue(crowd_at: Pooled) -> None:
    crowd = crowd_at(places=4, max_waiting=32)

    assert crowd.send_many("a") == 36
    assert not crowd.displaced


def test_who_has_most_makes_way_until_all_have_alike(crowd_at: Pooled) -> None:
    crowd = crowd_at(places=4, max_waiting=32)
    crowd.send_many("a")

    assert crowd.send_many("b") == 18
    assert crowd.displaced[:2] == ["a35", "a34"]
    assert len(crowd.displaced) == 18
    assert crowd.send_many("c") == 12
    assert {name[0] for name in crowd.displaced[18:]} == {"a", "b"}
    assert crowd.send("a36") == 0


def test_those_whose_clients_are_gone_keep_nobody_out(crowd_at: Pooled) -> None:
    crowd = crowd_at(places=1, max_waiting=4)
    crowd.send_many("a")
    for name in ("a3", "a4"):
        crowd.photos[name].connected = False

    assert crowd.send("a5", "a6", "a7") == 2
    assert crowd.photos["a3"].is_cancelled
    assert not crowd.displaced


@pytest.mark.parametrize(("places", "max_waiting"), [(1, 0), (4, 0), (4, 2), (1, 3)])
def test_no_more_wait_than_allowed(crowd_at: Pooled, places: int, max_waiting: int) -> None:
    crowd = crowd_at(places=places, max_waiting=max_waiting)

    taken = sum(crowd.send_many(account) for account in "abcdefgh")
    assert taken - len(crowd.displaced) == places + max_waiting


def test_threads_that_are_stuck_are_replaced(crowd_at: Pooled) -> None:
    crowd = crowd_at(places=1, max_waiting=8)
    crowd.send("a1", "a2", "a3")
    assert crowd.has_begun("a1", "a2")

    crowd.pool.replace_stuck(1)
    assert crowd.has_begun("a1", "a2", "a3")


def test_what_waits_in_the_end_is_cancelled(crowd_at: Pooled) -> None:
    crowd = crowd_at(places=1, max_waiting=8)
    crowd.send("a1", "a2", "a3")
    assert crowd.has_begun("a1", "a2")
    crowd.end("a1", "a2")
    crowd.pool.shutdown(timeout=5)

    assert crowd.photos["a3"].is_cancelled or "a3" in crowd.began


class UnbegunPool(PhotoPool):
    """A pool just made, whose threads the system has not begun to run."""

    def start_new_thread(self, target: Callable[..., None], thread_no: int) -> None:
        pass


def test_threads_that_have_not_begun_are_free() -> None:
    pool = UnbegunPool(places=1, max_waiting=0)

    assert pool.add(Photo("a1", []), "a") is None
    assert pool.queued == 0
    assert not pool.has_room("a")
