"""No command ends in a traceback for what its operator can put right."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import BaseCommand, get_commands
from django.db import OperationalError, connections

from classifier.errors import StorageFullError
from classifier_project.command_line import explanation, main
from classifier_project.env import database
from classifier_project.settings import BASE_DIR

OWN = sorted(name for name, app in get_commands().items() if app == "classifier")
ARGUMENTS = {
    "activate_model": ["resnet50"],
    "backup": ["backup.tar"],
    "classify": ["docs/images/orange.jpg"],
    "compare_models": ["resnet50", "vgg16"],
    "evaluate_model": ["docs"],
    "export_dataset": ["dataset"],
    "install_model": ["resnet50"],
    "remove_second_factor": ["ada"],
    "restore": ["backup.tar"],
    "train_model": ["docs", "--output", "x"],
}
"""What a command needs to be run at all; a new one with arguments is added here."""
DEAD_DATABASE = "postgres://ada:hush@127.0.0.1:1/photos"


def manage(tmp_path: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    clean = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "var"), **environment}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=BASE_DIR, env=clean, capture_output=True, text=True, check=False)


def is_plain(done: "subprocess.CompletedProcess[str]") -> bool:
    """Whether it failed with a few words."""
    return done.returncode != 0 and "Traceback" not in done.stderr and 0 < len(done.stderr.splitlines()) <= 6


@pytest.mark.parametrize("command", [*OWN, "migrate", "createsuperuser", "collectstatic", "check"])
def test_every_command_tells_of_a_wrong_setting_in_a_line(tmp_path: Path, command: str) -> None:
    done = manage(tmp_path, command, *ARGUMENTS.get(command, []), DEBUG="1", PORT="abc")

    assert (done.returncode, done.stderr) == (1, "PORT is 'abc', which is not a whole number.\n")


@pytest.fixture
def dead_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, django_db_blocker: Any) -> Iterator[None]:
    """Queries go to a PostgreSQL that does not answer, as those of a new process would whose setting names it."""
    named = connections.configure_settings({"default": database(DEAD_DATABASE, data_dir=tmp_path)})
    before = connections["default"]
    monkeypatch.setattr("django.setup", lambda: None)  # it would set logging up anew
    monkeypatch.setattr("os.setpriority", lambda *_: None)  # no thread gets back what a command takes from it
    monkeypatch.setattr(connections, "settings", named)
    del connections["default"]
    with django_db_blocker.unblock():
        yield
    connections["default"] = before


@pytest.mark.parametrize("command", [name for name in OWN if name not in ("restore", "doctor", "serve", "work")])
def test_every_command_tells_of_a_database_that_does_not_answer(
    dead_database: None, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    try:
        status = main(["manage.py", command, *ARGUMENTS.get(command, [])])
    except SystemExit as end:
        status = int(end.code or 0)

    told = capsys.readouterr().err
    assert (status, "hush" in told) == (1, False)
    assert 0 < len(told.splitlines()) <= 6


def test_a_process_tells_of_a_database_that_does_not_answer(tmp_path: Path) -> None:
    done = manage(tmp_path, "list_models", DEBUG="1", DATABASE_URL=DEAD_DATABASE)

    assert is_plain(done), f"{done.stdout}\n{done.stderr}"
    assert "hush" not in done.stderr


@pytest.mark.parametrize("command", OWN)
def test_every_command_may_be_interrupted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(BaseCommand, "execute", interrupted)
    monkeypatch.setattr("django.setup", lambda: None)  # it would set logging up anew

    assert main(["manage.py", command, *ARGUMENTS.get(command, [])]) == 130
    assert capsys.readouterr().err == "Stopped.\n"


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, "SECRET_KEY is not set. Make one: python -c"),
        ({"DEBUG": "perhaps"}, "DEBUG is 'perhaps', which is not 1 or 0."),
        ({"DEBUG": "1", "DATABASE_URL": "mysql://a/b"}, "DATABASE_URL names no database that is supported."),
        ({"DEBUG": "1", "TIME_ZONE": "Mars/Base"}, "TIME_ZONE is 'Mars/Base', which is no time zone."),
        ({"DEBUG": "1", "EMAIL_URL": "pigeon://a"}, "EMAIL_URL cannot be read."),
        ({"DEBUG": "1", "DATA_DIR": "README.md/var"}, "DATA_DIR cannot be made:"),
        ({"DEBUG": "1", "CLASSIFIER_TOKEN_TTL_DAYS": "9" * 12}, "CLASSIFIER_TOKEN_TTL_DAYS is 999999999999. Give"),
    ],
)
def test_the_doctor_tells_of_settings_that_cannot_be_read(
    tmp_path: Path, environment: dict[str, str], told: str
) -> None:
    done = manage(tmp_path, "doctor", **environment)

    assert done.returncode == 1
    assert done.stderr.startswith(told)
    assert len(done.stderr.splitlines()) == 1


def test_the_doctor_goes_on_where_the_database_does_not_answer(tmp_path: Path) -> None:
    done = manage(tmp_path, "doctor", DEBUG="1", DATABASE_URL=DEAD_DATABASE)

    assert "FAIL  database  connection failed" in done.stdout
    assert "Check DATABASE_URL" in done.stdout
    assert "skip  model     Needs the database." in done.stdout
    assert done.stderr.startswith("CommandError: Failed checks: ")
    assert is_plain(done)


def test_a_traceback_can_be_had(tmp_path: Path) -> None:
    done = manage(tmp_path, "list_models", "--traceback", DEBUG="1", PORT="abc")

    assert "Traceback" in done.stderr


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ImproperlyConfigured("PORT is 'x'."), "PORT is 'x'."),
        (StorageFullError(), StorageFullError.detail),
        (OperationalError("no such table: x"), "The database: no such table: x. Check"),
        (PermissionError(13, "Permission denied", "/x"), "/x: Permission denied. Check permissions"),
    ],
)
def test_what_is_no_bug_is_explained(error: Exception, told: str) -> None:
    assert explanation(error).startswith(told)


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("x"), io.UnsupportedOperation("x")])
def test_a_bug_keeps_its_traceback(error: Exception) -> None:
    assert not explanation(error)
