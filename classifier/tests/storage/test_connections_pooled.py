"""Connections to PostgreSQL are shared by the threads of a process, and none that died is handed out."""

import threading

import psycopg
import pytest
from django.contrib.auth.models import User
from django.db import connection, connections

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no pool"),
    pytest.mark.django_db(transaction=True),
]


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_one_that_died_meets_no_request(user: User) -> None:
    dead = backend()
    connection.close()
    with psycopg.connect(**connection.get_connection_params()) as operator:
        operator.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = %s", [dead])

    assert User.objects.get() == user
    assert backend() != dead


def test_more_threads_than_connections_wait_for_each_other(user: User) -> None:
    found: list[int] = []

    def look() -> None:
        try:
            found.append(User.objects.count())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=look) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    pool = connection.pool  # type: ignore[attr-defined]  # PostgreSQL's alone
    assert found == [1] * 100
    assert pool.get_stats()["pool_size"] <= pool.max_size == 32
