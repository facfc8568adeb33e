"""Passwords are hashed by few threads; who cannot be served soon is told so, wherever a password is asked for."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from rest_framework.test import APIClient

from classifier.accounts import hashing, password_reset
from classifier.accounts.hashing import HashingPool
from classifier.errors import PasswordsBusyError
from classifier.models import ThrottleCount
from classifier.tests.waiting import wait_until
from classifier_project import settings as project

PASSWORD, NEW = "correct horse battery", "staple battery horse"
ADA = {"username": "ada", "password": PASSWORD}
OWASP_ITERATIONS = 600_000
"""For PBKDF2 with SHA-256, by the Password Storage Cheat Sheet."""

Ask = Callable[[str], "Future[str]"]


class Crowd:
    """People who wait for one thread, which is kept until they are let go; the first letter of a name is the account.

    The first of all, "a0", has begun.
    """

    def __init__(self, pool: HashingPool) -> None:
        self.order: list[str] = []
        self._pool, self._threads = pool, ThreadPoolExecutor(16)
        self._has_begun, self._may_end = threading.Event(), threading.Event()
        self.first = self.ask("a0")
        assert self._has_begun.wait(8)

    def ask(self, name: str) -> "Future[str]":
        """Returns when it is in the pool or refused."""
        before = self._pool.waiting
        asked = self._threads.submit(self._pool.run, name[0], lambda: self._hash(name))
        wait_until(lambda: self._pool.waiting > before or asked.done())
        return asked

    def let_go(self) -> None:
        self._may_end.set()
        self._threads.shutdown()

    def _hash(self, name: str) -> str:
        self._has_begun.set()
        self._may_end.wait(8)
        self.order.append(name)
        return name


@pytest.fixture
def crowd() -> Iterator[Crowd]:
    people = Crowd(HashingPool(threads=1, max_queued=4))
    yield people
    people.let_go()


@pytest.fixture
def no_room(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is served, but nobody more may wait."""
    settings.PASSWORD_HASHERS = project.PASSWORD_HASHERS
    monkeypatch.setattr(hashing, "pool", HashingPool(max_queued=0))


def test_accounts_take_turns(crowd: Crowd) -> None:
    asked = [crowd.first, *map(crowd.ask, ("a1", "a2", "b1"))]
    crowd.let_go()

    assert [future.result(8) for future in asked] == ["a0", "a1", "a2", "b1"]
    assert crowd.order == ["a0", "a1", "b1", "a2"]


def test_one_account_gets_half_of_the_queue(crowd: Crowd) -> None:
    for name in ("a1", "a2"):
        crowd.ask(name)

    with pytest.raises(PasswordsBusyError):
        crowd.ask("a3").result(8)
    crowd.ask("b1")


def test_nobody_waits_for_ever(crowd: Crowd) -> None:
    pool = HashingPool(threads=1, timeout_s=0)

    with pytest.raises(PasswordsBusyError):
        pool.run("a", lambda: crowd.first.result(8))
    crowd.let_go()
    wait_until(lambda: pool.waiting == 0)


def test_what_goes_wrong_is_raised_where_it_was_asked_for() -> None:
    def fail() -> str:
        raise ValueError("no hash")

    pool = HashingPool()

    with pytest.raises(ValueError, match="no hash"):
        pool.run("a", fail)
    wait_until(lambda: pool.waiting == 0)


@pytest.mark.skipif(sys.platform != "linux", reason="the threads of a process have one priority there")
def test_everything_else_goes_first() -> None:
    def niceness() -> str:
        return str(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    assert int(HashingPool().run("a", niceness)) > int(niceness())


def test_passwords_cost_what_owasp_asks_for(settings: Any) -> None:
    settings.PASSWORD_HASHERS = project.PASSWORD_HASHERS
    user = User(username="ada")
    user.set_password(PASSWORD)

    algorithm, iterations, *_ = user.password.split("$")
    assert (algorithm, int(iterations) >= OWASP_ITERATIONS) == ("pbkdf2_sha256", True)
    assert user.check_password(PASSWORD)


@pytest.mark.usefixtures("no_room", "db")
@pytest.mark.parametrize("path", ["/api/v1/auth/login/", "/api/v1/auth/register/"])
def test_the_api_says_when_to_come_again(path: str) -> None:
    answer = APIClient().post(path, ADA)

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (503, "busy")
    assert "password" in answer.json()["errors"][0]["detail"]
    assert answer["Retry-After"] == "5"


def test_the_admin_says_when_to_come_again(staff: User, client: Client, no_room: None) -> None:
    client.force_login(staff)
    answer = client.post(f"/admin/auth/user/{staff.pk}/password/", {"password1": NEW, "password2": NEW})

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "password" in answer.content.decode()


@pytest.mark.usefixtures("no_room", "db")
@pytest.mark.parametrize("path", ["/sign-in/", "/register/"])
def test_pages_say_so_in_their_form(path: str) -> None:
    answer = Client().post(path, ADA)

    assert PasswordsBusyError.detail in answer.content.decode()


def test_a_password_that_nobody_has_looked_at_is_not_a_wrong_one(
    user: User, api_client: APIClient, no_room: None
) -> None:
    sign_in = APIClient().post("/api/v1/auth/login/", ADA)
    change = api_client.post("/api/v1/auth/password/change/", {"current_password": PASSWORD, "new_password": NEW})

    assert [sign_in.status_code, change.status_code] == [503, 503]
    assert not ThrottleCount.objects.exclude(hits="").exists()


def test_a_code_stays_good_while_the_new_password_cannot_be_hashed(
    user: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(password_reset, "later", lambda job: job())
    User.objects.filter(pk=user.pk).update(email="ada@example.org")
    APIClient().post("/api/v1/auth/password/reset/", {"email": "ada@example.org"})
    code = next(line.strip() for line in mail.outbox[0].body.splitlines() if line.startswith("    "))
    confirmation = {"email": "ada@example.org", "code": code, "new_password": NEW}

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(settings, "PASSWORD_HASHERS", project.PASSWORD_HASHERS)
        patched.setattr(hashing, "pool", HashingPool(max_queued=0))
        refused = APIClient().post("/api/v1/auth/password/reset/confirm/", confirmation)
    done = APIClient().post("/api/v1/auth/password/reset/confirm/", confirmation)

    assert [refused.status_code, done.status_code] == [503, 204]
