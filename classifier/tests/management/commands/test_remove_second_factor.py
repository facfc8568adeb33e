"""The way back for somebody who has lost everything."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError
from django.test import Client

from classifier.accounts import second_factor
from classifier.models import DeviceToken
from classifier.tests.commands import run
from classifier.tests.second_factors import set_up


def test_the_account_opens_by_password_again_and_is_signed_out(user: User, client: Client) -> None:
    set_up(user)
    client.force_login(user)
    DeviceToken.objects.create(user)

    out, _ = run("remove_second_factor", "ada")

    assert "ada signs in by password alone now" in out
    assert not second_factor.is_set_up(user)
    assert client.get("/account/").status_code == 302
    assert not DeviceToken.objects.exists()


@pytest.mark.parametrize(("name", "told"), [("grace", "There is no account 'grace'."), ("ada", "ada has no second")])
def test_there_is_nothing_to_remove(user: User, name: str, told: str) -> None:
    with pytest.raises(CommandError, match=told):
        run("remove_second_factor", name)
