"""Pages are in the language of whoever looks; everything for programs and operators is English."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}
IN_GERMAN = '<html lang="de" dir="ltr">'
IN_ENGLISH = '<html lang="en" dir="ltr">'


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "shown"), [("de-CH", IN_GERMAN), ("en-GB", IN_ENGLISH), ("fr", IN_ENGLISH)])
def test_a_page_is_in_the_browsers_language_if_there_is_that_one(client: Client, asked: str, shown: str) -> None:
    response = client.get("/", headers={"Accept-Language": asked})

    assert shown in response.content.decode()
    assert f'lang="{response["Content-Language"]}"' in shown
    assert "Accept-Language" in response["Vary"]
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_a_chosen_language_is_kept_and_leads_back_to_the_page(client: Client) -> None:
    response = client.post("/language/", {"language": "de", "next": "/sign-in/?next=/account/"})

    assert response["Location"] == "/sign-in/?next=/account/"
    cookie = response.cookies["language"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 31536000)
    assert IN_GERMAN in client.get("/", headers={"Accept-Language": "en"}).content.decode()


@pytest.mark.django_db
def test_choosing_a_language_leads_to_no_other_server(client: Client) -> None:
    response = client.post("/language/", {"language": "de", "next": "https://evil.example/"})

    assert response["Location"] == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_language_is_not_chosen_by_following_a_link(client: Client, method: str) -> None:
    response = getattr(client, method)("/language/", {"language": "de"})

    assert not response.cookies


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        ("post", "/api/v1/auth/login/", {}),
        ("post", "/api/v1/auth/login/", {"username": "ada", "password": "wrong"}),
        ("post", "/api/v1/auth/register/", {"username": "a b", "password": "x"}),
        ("post", "/api/v1/auth/register/", {"username": "ada", "password": "password"}),
        ("get", "/api/v1/predictions/", {}),
        ("get", "/api/v1/nothing/", {}),
        ("get", "/api/nothing/", {}),
        ("put", "/api/v1/labels/", {}),
        ("get", "/api/schema/", {}),
        ("get", "/compat/nothing/", {}),
        ("get", "/readyz", {}),
    ],
)
def test_programs_are_answered_in_the_same_words_whatever_language_they_ask_for(
    client: Client, user: User, method: str, path: str, sent: dict[str, str]
) -> None:
    in_english = getattr(client, method)(path, sent, headers={"Accept": "application/json"})
    client.cookies["language"] = "de"
    in_german = getattr(client, method)(path, sent, headers={"Accept": "application/json", **GERMAN})

    assert in_german.content == in_english.content
    assert "Accept-Language" not in in_german.get("Vary", "")


def test_what_programs_filter_by_is_refused_in_english(client: Client, user: User) -> None:
    client.force_login(user)

    response = client.get("/api/v1/predictions/?min_probability=many", headers=GERMAN)

    assert response.json()["errors"][0]["detail"] == "Enter a number."


@pytest.mark.django_db
def test_the_pages_of_the_api_are_in_its_language(client: Client) -> None:
    response = client.get("/api/v1/", headers={"Accept": "text/html", **GERMAN})

    assert IN_ENGLISH in response.content.decode()


def test_the_admin_is_in_the_language_of_commands_and_logs(admin_client: Client) -> None:
    assert 'lang="en"' in admin_client.get("/admin/", headers=GERMAN).content.decode()


@pytest.mark.django_db
def test_the_next_request_knows_nothing_of_the_language_of_the_one_before(client: Client) -> None:
    client.get("/", headers=GERMAN)

    assert IN_ENGLISH in client.get("/").content.decode()
