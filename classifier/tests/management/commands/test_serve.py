"""What the server tells and opens, by where it listens."""

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from classifier.server.listeners import listen
from classifier.tests.commands import run
from classifier.tests.examples import build_colour_model
from classifier.tests.waiting import wait_until
from classifier_project.settings import BASE_DIR

set_handler = signal.signal


class Listener:
    """A server that stops as soon as it runs."""

    def run(self) -> None:
        pass


class Interrupted:
    """A server that meets Ctrl-C twice while it runs."""

    def __init__(self) -> None:
        self.met: list[str] = []

    def drain(self) -> None:
        self.met.append("drained")

    def run(self) -> None:
        for _ in range(2):
            try:
                signal.raise_signal(signal.SIGINT)
            except KeyboardInterrupt:
                self.met.append("interrupted")


@pytest.fixture
def interrupted(listening: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Interrupted]:
    """The server that is started; signals have their own handlers again in the end."""
    commands = "classifier.management.commands.serve"
    server, before = Interrupted(), {told: signal.getsignal(told) for told in (signal.SIGTERM, signal.SIGINT)}
    monkeypatch.setattr(f"{commands}.listen", lambda *_, **__: server)
    monkeypatch.setattr(f"{commands}.signal.signal", set_handler)
    yield server
    for told, handler in before.items():
        set_handler(told, handler)


@pytest.fixture
def listening(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.OWN_MACHINE = settings.DEVELOPMENT = True
    settings.ALLOWED_HOSTS = ["localhost"]
    commands = "classifier.management.commands.serve"
    monkeypatch.setattr(f"{commands}.wsgi_application", lambda: None)  # it would set logging up anew
    monkeypatch.setattr(f"{commands}.listen", lambda *_, **__: Listener())
    monkeypatch.setattr("classifier.predictions.background.start", lambda: None)
    monkeypatch.setattr(f"{commands}.signal.signal", lambda *_: None)
    monkeypatch.setattr(f"{commands}.lan_addresses", lambda: ["192.0.2.7"])


def serve(capsys: pytest.CaptureFixture[str], host: str) -> str:
    call_command("serve", "--host", host)
    return capsys.readouterr().out


def test_on_loopback_the_demo_account_is_offered(
    db: None, listening: None, client: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("ensure_demo_account")

    assert "username=demo" in serve(capsys, "127.0.0.1")
    assert client.login(username="demo", password="demo")


def test_on_a_network_a_demo_account_left_open_is_closed(
    db: None, listening: None, client: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("ensure_demo_account")
    capsys.readouterr()

    told = serve(capsys, "0.0.0.0")

    assert "username=demo" not in told
    assert "createsuperuser" in told
    assert not User.objects.get(username="demo").is_active


def test_on_every_address_those_of_the_network_are_told_and_answered(
    db: None, listening: None, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Serving on http://192.0.2.7:8000/" in serve(capsys, "0.0.0.0")
    assert "192.0.2.7" in settings.ALLOWED_HOSTS


def test_on_a_network_nobody_sees_djangos_debug_pages(
    db: None, listening: None, settings: Any, admin_client: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    serve(capsys, "127.0.0.1")
    assert settings.OWN_MACHINE

    serve(capsys, "0.0.0.0")
    settings.ALLOWED_HOSTS = ["testserver"]

    page = admin_client.get("/nothing/").content.decode()
    assert "Page not found" in page
    assert "urlconf" not in page.lower()


class TestWhatIsRefused:
    @pytest.fixture(autouse=True)
    def production(self, db: None, listening: None, settings: Any) -> None:
        settings.DEVELOPMENT, settings.PLAIN_HTTP, settings.BEHIND_TLS_PROXY = False, False, True
        settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
        settings.SECURE_HSTS_SECONDS = 3600
        settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
        settings.SECRET_KEY = "0123456789" * 4
        settings.ALLOWED_HOSTS = ["photos.example.org"]

    @pytest.mark.parametrize(
        ("changed", "told"),
        [
            ({"SECRET_KEY": "x"}, "SECRET_KEY can be guessed. Make another: python -c"),
            ({"SECRET_KEY": "x" * 50}, "SECRET_KEY can be guessed."),
            ({"ALLOWED_HOSTS": []}, "ALLOWED_HOSTS is empty"),
            ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS is '*'"),
            ({"BEHIND_TLS_PROXY": False}, "browsers go round in a circle. Set BEHIND_TLS_PROXY=1"),
            ({"PLAIN_HTTP": True}, "PLAIN_HTTP is for servers without TLS"),
        ],
    )
    def test_a_production_server_that_cannot_work_or_is_open(
        self, settings: Any, changed: dict[str, object], told: str
    ) -> None:
        for name, value in changed.items():
            setattr(settings, name, value)

        with pytest.raises(CommandError, match=re.escape(told)):
            run("serve")

    def test_pages_without_their_style_sheets(self, settings: Any, tmp_path: Path) -> None:
        settings.STATIC_ROOT = tmp_path / "static"
        backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
        settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}

        with pytest.raises(CommandError, match=r"Run manage\.py collectstatic --noinput\."):
            run("serve")

    def test_a_database_of_an_older_version(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: [1])

        with pytest.raises(CommandError, match=r"1 migrations are not applied\. Run manage\.py migrate\."):
            run("serve")

    def test_nothing_else(self) -> None:
        assert run("serve")[1] == ""

    def test_a_database_of_a_newer_version_is_told(self) -> None:
        MigrationRecorder(connection).record_applied("classifier", "0999_later")

        assert "The database is of a newer version than this one (0999_later)." in run("serve")[1]

    def test_plain_http_is_told(self, settings: Any) -> None:
        settings.PLAIN_HTTP, settings.BEHIND_TLS_PROXY = True, False

        assert "everybody on the network can read passwords" in run("serve")[1]


def test_an_ipv6_address_is_written_in_brackets(db: None, listening: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Serving on http://[::1]:8000/" in serve(capsys, "::1")


@pytest.mark.parametrize("port", ["-1", "0", "65536"])
def test_what_is_no_port_is_refused(db: None, listening: None, port: str) -> None:
    with pytest.raises(CommandError, match="--port takes a number from 1 to 65535"):
        run("serve", "--port", port)


@pytest.mark.parametrize("host", ["256.1.1.1", "http://127.0.0.1"])
def test_what_is_no_address_is_refused_with_what_to_write(
    db: None, listening: None, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setattr("classifier.management.commands.serve.listen", listen)

    with pytest.raises(CommandError, match=r"is no address of this machine.*HOST=127\.0\.0\.1"):
        run("serve", "--host", host)


def test_ctrl_c_lets_it_finish_what_is_in_flight_and_once_more_ends_it_at_once(
    db: None, interrupted: Interrupted
) -> None:
    set_handler(signal.SIGINT, signal.default_int_handler)

    run("serve")

    assert interrupted.met == ["drained", "interrupted"]


def test_in_the_background_of_a_shell_ctrl_c_stays_ignored(db: None, interrupted: Interrupted) -> None:
    set_handler(signal.SIGINT, signal.SIG_IGN)

    run("serve")

    assert interrupted.met == []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def served_by(url: str) -> str | None:
    """The name of the model that serves; None as long as nothing answers."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as response:
            return str(json.load(response)["model"]["name"])
    except OSError:
        return None


def test_a_running_server_swaps_models_within_five_seconds_and_stops_when_told(
    tmp_path: Path,
) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {"DEBUG": "1", "DATA_DIR": str(tmp_path / "var"), "PATH": "/usr/bin:/bin"}

    def manage(*arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=BASE_DIR, env=environment, check=True, capture_output=True)

    def database_files() -> list[str]:
        return sorted(path.name for path in (tmp_path / "var").glob("db.sqlite3*"))

    manage("migrate")
    manage("install_model", str(build_colour_model(tmp_path, name="first")), "--activate")
    assert database_files() == ["db.sqlite3"]
    manage("install_model", str(build_colour_model(tmp_path, name="second", gain=3.0)))
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        wait_until(lambda: served_by(url) == "first", within_s=30)
        manage("activate_model", "second")
        wait_until(lambda: served_by(url) == "second", within_s=5)
        assert len(database_files()) == 3
    finally:
        server.send_signal(signal.SIGTERM)
        out, _ = server.communicate(timeout=10)

    assert server.returncode == 0
    assert database_files() == ["db.sqlite3"]
    assert f"Serving on {url}/" in out


def test_a_taken_port_is_named(db: None) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="Cannot listen on"):
            run("serve", "--port", str(taken.getsockname()[1]))
