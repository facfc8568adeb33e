"""Connections to PostgreSQL are shared by the threads of a process, and none that died is handed out."""

import os
import subprocess
import sys
import threading

import psycopg
import pytest
from django.contrib.auth.models import User
from django.db import connection, connections

from classifier_project.settings import BASE_DIR

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


FORK = """
import os, sys
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]

def backend():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]

of_parent = backend()
child = os.fork()
if not child:
    os._exit(0 if backend() != of_parent else 1)
print(os.waitpid(child, 0)[1], backend() == of_parent)
"""


def test_a_forked_process_has_its_own_and_leaves_its_parents_alone() -> None:
    command = [sys.executable, "-W", "ignore", "-c", FORK, str(connection.settings_dict["NAME"])]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "classifier_project.settings"}

    done = subprocess.run(
        command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False, timeout=60
    )

    assert done.stdout == "0 True\n", done.stderr
