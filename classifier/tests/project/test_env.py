"""What the machine's environment makes of the settings, in processes of their own."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from classifier.checks import check_combinations
from classifier_project.env import secret_key
from classifier_project.settings import BASE_DIR

READ = """
import json
from classifier_project import settings
print(json.dumps(getattr(settings, {name!r}), default=str))
"""


def start(tmp_path: Path, code: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    clean = {"PATH": os.environ["PATH"], "SECRET_KEY": "x" * 50, "DATA_DIR": str(tmp_path / "var"), **environment}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, check=False, cwd=BASE_DIR, env=clean, capture_output=True, text=True)


def setting(tmp_path: Path, name: str, **environment: str) -> Any:
    done = start(tmp_path, READ.format(name=name), **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_data_folder_of_a_new_production_machine_is_made(tmp_path: Path) -> None:
    setting(tmp_path, "DATABASES", DATA_DIR=str(tmp_path / "new/data"))

    assert (tmp_path / "new/data").is_dir()


@pytest.mark.parametrize("folder", ["with space", "with#hash", "with%20percent"])
def test_a_data_folder_may_have_any_name(tmp_path: Path, folder: str) -> None:
    databases = setting(tmp_path, "DATABASES", DATA_DIR=str(tmp_path / folder))

    assert databases["default"]["NAME"] == str(tmp_path / folder / "db.sqlite3")


def test_sqlite_is_durable_and_waits_for_its_lock(tmp_path: Path) -> None:
    options = setting(tmp_path, "DATABASES")["default"]["OPTIONS"]

    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


def test_another_database_is_named_by_its_address(tmp_path: Path) -> None:
    database = setting(tmp_path, "DATABASES", DATABASE_URL="postgres://ada:secret@db:5432/photos")["default"]

    assert database["ENGINE"].endswith("postgresql")
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db", 5432, "photos")


@pytest.mark.parametrize(("name", "expected"), [("PORT", 8000), ("CLASSIFIER_TOP_K", 5), ("CSRF_TRUSTED_ORIGINS", [])])
def test_a_blank_variable_has_its_default(tmp_path: Path, name: str, expected: object) -> None:
    assert setting(tmp_path, name, **{name: ""}) == expected


def test_settings_are_read_without_a_warning(tmp_path: Path) -> None:
    assert not start(tmp_path, READ.format(name="DATABASES")).stderr


def test_a_blank_database_address_means_sqlite(tmp_path: Path) -> None:
    assert setting(tmp_path, "DATABASES", DATABASE_URL="")["default"]["ENGINE"].endswith("sqlite3")


@pytest.mark.parametrize("name", ["PORT", "CLASSIFIER_TOP_K", "CLASSIFIER_QUEUE_TIMEOUT_S"])
def test_a_number_that_is_none_is_refused_by_name(tmp_path: Path, name: str) -> None:
    done = start(tmp_path, READ.format(name=name), **{name: "many"})

    assert f"ImproperlyConfigured: {name} is 'many', which is not a" in done.stderr


@pytest.mark.parametrize(("debug", "secure"), [("0", True), ("1", False)])
def test_cookies_and_redirects_insist_on_https_in_production(tmp_path: Path, debug: str, secure: bool) -> None:
    assert setting(tmp_path, "SECURE_SSL_REDIRECT", DEBUG=debug) is secure
    assert setting(tmp_path, "SESSION_COOKIE_SECURE", DEBUG=debug) is secure


def test_processes_that_start_at_once_share_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secret_key("", debug=True, data_dir=tmp_path), range(32)))

    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_keras_without_tensorflow_is_named(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CLASSIFIER_ENGINE = "keras"
    monkeypatch.setattr("classifier.checks.find_spec", lambda _: None)

    assert [message.id for message in check_combinations()] == ["classifier.E003"]


def test_a_precision_that_the_engine_does_not_know_is_named(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CLASSIFIER_ENGINE, settings.CLASSIFIER_PRECISION = "keras", "bf16"
    monkeypatch.setattr("classifier.checks.find_spec", lambda _: object())

    assert [message.id for message in check_combinations()] == ["classifier.W001"]


def test_the_defaults_go_together() -> None:
    assert not check_combinations()
