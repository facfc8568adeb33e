"""One process of all has a lock, and it is free again however that one ended."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection, connections

from classifier.storage.locks import held
from classifier.tests.waiting import wait_until
from classifier_project.settings import BASE_DIR

HOLD = """
import os, sys
import django
from django.conf import settings
from classifier_project import settings as project
names = {name: value for name, value in vars(project).items() if name.isupper()}
settings.configure(**{**names, "DATA_DIR": sys.argv[1]})
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[2]
from classifier.storage.locks import held
with held("job") as is_held:
    print(is_held, flush=True)
    sys.stdin.read(1)
    os._exit(9)
"""
pytestmark = pytest.mark.django_db(transaction=True)


def tried_in_another_thread(name: str) -> bool:
    found: list[bool] = []

    def attempt() -> None:
        with held(name) as is_held:
            found.append(is_held)
        connections.close_all()

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    return found[0]


def test_one_has_it_at_a_time() -> None:
    with held("job") as is_held:
        assert is_held
        assert not tried_in_another_thread("job")
        assert tried_in_another_thread("another")
    assert tried_in_another_thread("job")


def test_what_is_raised_within_frees_it() -> None:
    with pytest.raises(RuntimeError), held("job"):
        raise RuntimeError
    assert tried_in_another_thread("job")


def test_so_does_a_failed_statement() -> None:
    with pytest.raises(Exception, match="nothing_of_that_name"), held("job"), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nothing_of_that_name")
    assert tried_in_another_thread("job")


def test_a_process_that_is_killed_frees_it(home: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(home), str(connection.settings_dict["NAME"])]
    with subprocess.Popen(command, cwd=BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        with held("job") as is_held:
            assert not is_held
        other.kill()
        other.wait(30)
    wait_until(is_free, within_s=30)  # PostgreSQL must first notice that it is gone


def is_free() -> bool:
    with held("job") as is_held:
        return is_held
