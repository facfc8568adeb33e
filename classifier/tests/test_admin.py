"""The operator's desk as a whole: who is let in."""

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

LIST = "admin:classifier_prediction_changelist"


def test_the_desk_is_for_staff(client: Client, user: User) -> None:
    client.force_login(user)

    assert client.get(reverse(LIST)).status_code == 302


def test_the_desk_sends_strangers_to_the_pages_own_way_in(client: Client, db: None) -> None:
    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1][0] == "/sign-in/?next=%2Fadmin%2F"
