"""What the server tells and opens, by where it listens."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command


class Listener:
    """A server that stops as soon as it runs."""

    def run(self) -> None:
        pass


@pytest.fixture
def listening(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEBUG = True
    settings.ALLOWED_HOSTS = ["localhost"]
    commands = "classifier.management.commands.serve"
    monkeypatch.setattr(f"{commands}.get_wsgi_application", lambda: None)  # it would set logging up anew
    monkeypatch.setattr(f"{commands}.listen", lambda *_, **__: Listener())
    monkeypatch.setattr(f"{commands}.sweep_in_background", lambda: None)
    monkeypatch.setattr(f"{commands}.signal.signal", lambda *_: None)
    monkeypatch.setattr(f"{commands}.poller.start_poller", lambda: None)
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


def test_an_ipv6_address_is_written_in_brackets(db: None, listening: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Serving on http://[::1]:8000/" in serve(capsys, "::1")
