"""The demo account, which everybody knows the password of."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command


def test_it_opens_the_desk_on_ones_own_machine(db: None, settings: Any, client: Any) -> None:
    settings.DEVELOPMENT = True

    call_command("ensure_demo_account")

    assert client.login(username="demo", password="demo")
    assert User.objects.get().is_superuser


@pytest.mark.parametrize(
    "changed",
    [{"DEVELOPMENT": False}, {"HOST": "0.0.0.0"}, {"BEHIND_TLS_PROXY": True}],
    ids=str,
)
def test_it_never_meets_a_network(
    db: None, settings: Any, client: Any, capsys: pytest.CaptureFixture[str], changed: dict[str, object]
) -> None:
    settings.DEVELOPMENT = True
    call_command("ensure_demo_account")
    for name, value in changed.items():
        setattr(settings, name, value)

    call_command("ensure_demo_account")

    assert "createsuperuser" in capsys.readouterr().out
    assert not client.login(username="demo", password="demo")
