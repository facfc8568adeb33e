"""What a process makes of its environment: every variable changes something, and nothing loads TensorFlow."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from classifier.conf import SETTINGS, sections
from classifier.process.addresses import is_loopback, lan_addresses
from classifier_project.env import Variables
from classifier_project.settings import BASE_DIR

POISON = "import sys; sys.modules['tensorflow'] = sys.modules['keras'] = None; import runpy; sys.argv = {argv!r}; {run}"
READ = """
import json
from classifier_project import settings
print(json.dumps({name: value for name, value in vars(settings).items() if name.isupper()}, default=str))
"""
Django = dict[str, Any]
CHANGES: dict[str, tuple[str, Callable[[Django], object], object]] = {
    "SECRET_KEY": ("y" * 50, lambda django: django["SECRET_KEY"], "y" * 50),
    "DEBUG": ("1", lambda django: (django["OWN_MACHINE"], django["MAIL_IS_SENT"]), (True, True)),
    "ALLOWED_HOSTS": ("a.example, b.example", lambda django: django["ALLOWED_HOSTS"], ["a.example", "b.example"]),
    "HOST": ("0.0.0.0", lambda django: django["HOST"], "0.0.0.0"),
    "PORT": ("8001", lambda django: django["PORT"], 8001),
    "DATA_DIR": ("/tmp", lambda django: django["MEDIA_ROOT"], "/tmp/media"),
    "DATABASE_URL": (
        "postgres://ada:x@db/photos",
        lambda django: django["DATABASES"]["default"].get("HOST"),
        "db",
    ),
    "DATABASE_MAX_CONNECTIONS": ("7", lambda django: django["DATABASE_MAX_CONNECTIONS"], 7),
    "STORAGE_URL": (
        "s3://ada:secret@photos",
        lambda django: django["STORAGES"]["default"].get("OPTIONS", {}).get("bucket_name"),
        "photos",
    ),
    "TIME_ZONE": ("Europe/Berlin", lambda django: django["TIME_ZONE"], "Europe/Berlin"),
    "LOG_LEVEL": ("ERROR", lambda django: django["LOGGING"]["root"]["level"], "ERROR"),
    "LOG_FORMAT": ("console", lambda django: "JSON" in str(django["LOGGING"]["formatters"]), False),
    "BEHIND_TLS_PROXY": ("1", lambda django: "SECURE_PROXY_SSL_HEADER" in django, True),
    "PLAIN_HTTP": ("1", lambda django: django["SECURE_SSL_REDIRECT"], False),
    "SECURE_SSL_REDIRECT": ("0", lambda django: django["SECURE_SSL_REDIRECT"], False),
    "SECURE_HSTS_SECONDS": ("0", lambda django: django["SECURE_HSTS_SECONDS"], 0),
    "CSRF_TRUSTED_ORIGINS": ("https://a.example", lambda django: django["CSRF_TRUSTED_ORIGINS"], ["https://a.example"]),
    "FORCE_SCRIPT_NAME": ("photos/", lambda django: django["FORCE_SCRIPT_NAME"], "/photos"),
    "CORS_ALLOWED_ORIGINS": (
        "https://app.example.org",
        lambda django: ("corsheaders" in django["INSTALLED_APPS"], django["CORS_ALLOWED_ORIGINS"]),
        (True, ["https://app.example.org"]),
    ),
    "EMAIL_URL": ("smtp+tls://ada:secret@mail.example:587", lambda django: django["EMAIL_HOST"], "mail.example"),
    "DEFAULT_FROM_EMAIL": ("a@b.example", lambda django: django["DEFAULT_FROM_EMAIL"], "a@b.example"),
}
"""For each variable of the project: a value, where Django's settings show it, and as what."""


def run_python(code: str, tmp_path: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    clean = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "var"), **environment}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=BASE_DIR, env=clean, capture_output=True, text=True, check=False)


def manage(tmp_path: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    run = "runpy.run_path('manage.py', run_name='__main__')"
    return run_python(POISON.format(argv=["manage.py", *arguments], run=run), tmp_path, **environment)


def settings_with(tmp_path: Path, **environment: str) -> Django:
    """Django's settings in a process of their own; in production, unless the environment says otherwise."""
    done = run_python(READ, tmp_path, **{"SECRET_KEY": "x" * 50, **environment})
    assert done.returncode == 0, done.stderr
    settings: Django = json.loads(done.stdout)
    return settings


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Django:
    return settings_with(tmp_path_factory.mktemp("production"))


def test_every_variable_of_the_project_is_tried() -> None:
    assert list(CHANGES) == [row.name for rows in sections(Variables).values() for row in rows]


@pytest.mark.parametrize("name", CHANGES)
def test_a_variable_changes_what_it_says(tmp_path: Path, production: Django, name: str) -> None:
    text, look, expected = CHANGES[name]

    changed = settings_with(tmp_path, **{name: text})

    assert look(changed) == expected
    assert look(production) != expected


def test_every_setting_of_the_application_is_read_from_its_variable(tmp_path: Path) -> None:
    given = {row.name: row.choices[-1] if row.choices else "1" for row in SETTINGS}

    changed = settings_with(tmp_path, **given)

    assert {row.name: changed[row.name] for row in SETTINGS} == {
        row.name: type(row.default)(given[row.name]) for row in SETTINGS
    }


def test_what_is_not_set_has_its_default(production: Django) -> None:
    assert {row.name: production[row.name] for row in SETTINGS} == {row.name: row.default for row in SETTINGS}


def test_settings_are_read_without_a_warning(tmp_path: Path) -> None:
    assert not run_python(READ, tmp_path, SECRET_KEY="x" * 50).stderr


def test_a_name_that_is_no_setting_is_told_at_the_start(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", DEBUG="1", CLASSIFIER_TOPK="3")

    assert done.returncode == 0
    assert "CLASSIFIER_TOPK is no setting" in done.stderr


def test_the_readme_names_no_other_setting() -> None:
    readme = (BASE_DIR / "README.md").read_text(encoding="utf-8")

    assert set(re.findall(r"`(CLASSIFIER_[A-Z_0-9]+)", readme)) <= {row.name for row in SETTINGS}


def test_the_data_folder_of_a_new_production_machine_is_made(tmp_path: Path) -> None:
    settings_with(tmp_path, DATA_DIR=str(tmp_path / "new/data"))

    assert (tmp_path / "new/data").is_dir()


@pytest.mark.parametrize("folder", ["with space", "with#hash", "with%20percent"])
def test_a_data_folder_may_have_any_name(tmp_path: Path, folder: str) -> None:
    databases = settings_with(tmp_path, DATA_DIR=str(tmp_path / folder))["DATABASES"]

    assert databases["default"]["NAME"] == str(tmp_path / folder / "db.sqlite3")


def test_threads_share_the_connections_to_postgresql(tmp_path: Path) -> None:
    url = "postgres://ada:x@db/photos?sslmode=require"

    database = settings_with(tmp_path, DATABASE_URL=url, DATABASE_MAX_CONNECTIONS="7")["DATABASES"]["default"]

    assert database["OPTIONS"]["pool"]["max_size"] == 7
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["CONN_MAX_AGE"] == 0
    assert database["CONN_HEALTH_CHECKS"]


def test_sqlite_is_durable_and_waits_for_its_lock(tmp_path: Path) -> None:
    options = settings_with(tmp_path)["DATABASES"]["default"]["OPTIONS"]

    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


def test_another_database_is_named_by_its_address(tmp_path: Path) -> None:
    database = settings_with(tmp_path, DATABASE_URL="postgres://ada:secret@db:5432/photos")["DATABASES"]["default"]

    assert database["ENGINE"].endswith("postgresql")
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db", 5432, "photos")


def test_in_production_cookies_and_redirects_insist_on_https(production: Django) -> None:
    assert production["SECURE_SSL_REDIRECT"]
    assert production["SECURE_HSTS_SECONDS"] > 0
    assert production["SESSION_COOKIE_SECURE"]
    assert production["CSRF_COOKIE_SECURE"]
    assert production["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert production["CSRF_COOKIE_NAME"] == "__Host-csrftoken"


@pytest.mark.parametrize("environment", [{"PLAIN_HTTP": "1"}, {"DEBUG": "1"}])
def test_over_plain_http_nothing_insists_on_https(tmp_path: Path, environment: dict[str, str]) -> None:
    django = settings_with(tmp_path, **environment)

    assert not django["SECURE_SSL_REDIRECT"]
    assert django["SECURE_HSTS_SECONDS"] == 0
    assert not django["SESSION_COOKIE_SECURE"]
    assert not django["CSRF_COOKIE_SECURE"]
    assert (django["SESSION_COOKIE_NAME"], django["CSRF_COOKIE_NAME"]) == ("sessionid", "csrftoken")


def test_behind_a_tls_proxy_development_is_no_plain_http(tmp_path: Path) -> None:
    django = settings_with(tmp_path, DEBUG="1", BEHIND_TLS_PROXY="1")

    assert django["SESSION_COOKIE_SECURE"]
    assert not django["OWN_MACHINE"]


@pytest.mark.parametrize(("host", "own"), [("127.0.0.1", True), ("0.0.0.0", False), ("192.0.2.7", False)])
def test_a_developers_own_machine_is_one_that_nobody_else_can_reach(tmp_path: Path, host: str, own: bool) -> None:
    django = settings_with(tmp_path, DEBUG="1", HOST=host)

    assert django["OWN_MACHINE"] is own
    assert not django["DEBUG"]
    assert django["DEVELOPMENT"]
    assert django["WHITENOISE_USE_FINDERS"]


@pytest.mark.parametrize("environment", [{"PLAIN_HTTP": "1"}, {"DEBUG": "1"}])
def test_a_server_for_the_network_answers_to_its_addresses(tmp_path: Path, environment: dict[str, str]) -> None:
    hosts = settings_with(tmp_path, HOST="0.0.0.0", **environment)["ALLOWED_HOSTS"]

    assert {"localhost", "127.0.0.1", *lan_addresses()} <= set(hosts)


@pytest.mark.parametrize("commands", [("migrate", "list_models"), ("check",), ("createsuperuser --help",)], ids=str)
def test_a_command_never_imports_tensorflow(tmp_path: Path, commands: tuple[str, ...]) -> None:
    for command in commands:
        done = manage(tmp_path, *command.split(), DEBUG="1")

        assert done.returncode == 0, done.stderr


def test_the_poison_works(tmp_path: Path) -> None:
    done = run_python(POISON.format(argv=[], run="import tensorflow"), tmp_path)

    assert "ModuleNotFoundError" in done.stderr


def test_a_server_with_openvino_never_imports_tensorflow(tmp_path: Path, model_folder: Path) -> None:
    code = POISON.format(
        argv=[],
        run=f"""
import pathlib
from PIL import Image
import classifier_project.settings
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "classifier_project.settings"
import django; django.setup()
from django.core.handlers.wsgi import WSGIHandler; WSGIHandler()
import classifier_project.urls
from classifier.inference import instance
service = instance.start(pathlib.Path({str(model_folder)!r}))
print(service.classify(Image.new("RGB", (20, 20), "red")).top[0].label)
""",
    )

    done = run_python(code, tmp_path, DEBUG="1")

    assert done.stdout.strip() == "red", done.stderr


def test_production_refuses_to_start_without_a_secret(tmp_path: Path) -> None:
    done = manage(tmp_path, "check")

    assert done.returncode != 0
    assert "SECRET_KEY is not set. Make one:" in done.stderr


def test_the_host_decides_who_is_let_in() -> None:
    assert is_loopback("127.0.0.1")
    assert not is_loopback("0.0.0.0")
