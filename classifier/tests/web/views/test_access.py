"""In and out in the browser."""

import re
from typing import Any

import pytest
from django.conf import settings as project
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from classifier.accounts import demo, password_reset

NEW = {"username": "linus", "email": "linus@example.org", "password": "penguins on the ice"}
ADA = {"username": "ada", "password": "correct horse battery"}


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_new_account_is_signed_in_and_lands_on_the_first_page(client: Client, db: None) -> None:
    response = client.post("/register/", NEW)

    assert response.headers["Location"] == "/"
    assert is_signed_in(client)
    assert User.objects.get().check_password(NEW["password"])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"username": "ada"}, "already exists"),
        ({"username": ""}, "This field is required"),
        ({"password": "123"}, "too short"),
        ({"password": "linus@example.org"}, "too similar"),
        ({"email": "nowhere"}, "valid email"),
    ],
)
def test_what_is_wrong_with_a_registration_is_told(
    client: Client, user: User, change: dict[str, str], told: str
) -> None:
    page = client.post("/register/", {**NEW, **change}).content.decode()

    assert told in page
    assert User.objects.count() == 1


def test_nobody_registers_when_registration_is_closed(client: Client, db: None, settings: Any) -> None:
    settings.CLASSIFIER_REGISTRATION_OPEN = False

    assert client.post("/register/", NEW).status_code == 403
    assert not User.objects.exists()
    assert "/register/" not in client.get("/").content.decode()


def test_registrations_from_one_address_are_limited(client: Client, db: None, settings: Any) -> None:
    settings.CLASSIFIER_REGISTRATIONS_PER_HOUR = 1
    client.post("/register/", NEW)

    response = client.post("/register/", {**NEW, "username": "other"})

    assert response.status_code == 429
    assert "Too many attempts. Wait" in response.content.decode()
    assert User.objects.count() == 1


def test_signing_in_leads_to_where_one_was_going(client: Client, user: User) -> None:
    asked = client.get("/predictions/")
    assert asked.headers["Location"] == "/sign-in/?next=/predictions/"

    response = client.post("/sign-in/", {**ADA, "next": "/predictions/"})

    assert response.headers["Location"] == "/predictions/"
    assert is_signed_in(client)


def test_signing_in_leads_to_no_other_server(client: Client, user: User) -> None:
    assert client.post("/sign-in/", {**ADA, "next": "//evil.example/"}).headers["Location"] == "/"


def test_a_wrong_password_is_told_and_lets_nobody_in(client: Client, user: User) -> None:
    page = client.post("/sign-in/", {**ADA, "password": "wrong"}).content.decode()

    assert "Wrong user name or password." in page
    assert not is_signed_in(client)


@pytest.mark.parametrize("path", ["/sign-in/", "/api-auth/login/"])
def test_guessing_passwords_comes_to_an_end(client: Client, user: User, settings: Any, path: str) -> None:
    settings.CLASSIFIER_LOGIN_FAILURES_PER_5_MINUTES = 1
    client.post(path, {**ADA, "password": "wrong"})

    response = client.post(path, ADA)

    assert response.status_code == 429
    assert "Wait" in response.content.decode()
    assert not is_signed_in(client)


def test_the_cookie_of_a_session_is_for_this_servers_pages_alone(client: Client, user: User) -> None:
    client.post("/sign-in/", ADA)

    cookie = client.cookies[project.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")


@pytest.mark.parametrize("path", ["/", "/sign-in/", "/nothing/", "/api/v1/me/", "/api/docs/"])
def test_browsers_guess_no_type_and_tell_nobody_where_they_come_from(client: Client, db: None, path: str) -> None:
    response = client.get(path)

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/sign-in/", "/api/v1/me/", "/api/v1/auth/login/"])
def test_a_request_is_never_sent_back(client: Client, db: None, path: str) -> None:
    response = client.generic("TRACE", path, headers={"X-Secret": "hush"})

    assert response.status_code in (401, 405)
    assert b"hush" not in response.content


@pytest.mark.parametrize("path", ["/", "/sign-in/"])
def test_the_demo_account_is_one_button_away_in_development(client: Client, db: None, settings: Any, path: str) -> None:
    button = "Try it with the demo account"
    demo.open_account()
    elsewhere = client.get(path).content.decode()
    settings.OWN_MACHINE = True

    page = client.get(path).content.decode()
    form = page[page.index('class="demo"') :]
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w*)"', form[: form.index("</form>")]))
    client.post("/sign-in/", sent)

    assert button not in elsewhere
    assert button in page
    assert is_signed_in(client)


def test_signing_out_needs_the_form(client: Client, user: User) -> None:
    client.force_login(user)

    assert client.get("/sign-out/").status_code == 405
    assert is_signed_in(client)
    client.post("/sign-out/")
    assert not is_signed_in(client)


@pytest.mark.parametrize("path", ["/", "/sign-in/", "/register/", "/account/", "/sign-out/", "/password/new/"])
def test_forms_are_safe_from_other_sites(user: User, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)

    assert client.post(path, ADA).status_code == 403


def test_a_forgotten_password_is_replaced_with_a_code_from_the_mail(
    client: Client, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.filter(pk=user.pk).update(email="ada@example.org")
    monkeypatch.setattr(password_reset, "later", lambda job: job())

    page = client.post("/password/forgotten/", {"email": "ada@example.org"}, follow=True).content.decode()
    code = re.findall(r"^    (\w{10})$", str(mail.outbox[0].body), re.MULTILINE)[0]
    given = {"email": "ada@example.org", "code": code, "new_password": "another good one"}
    client.post("/password/new/", given)

    assert "a code was sent" in page
    user.refresh_from_db()
    assert user.check_password("another good one")


def test_the_mail_has_a_link_that_keeps_its_code_from_the_server(
    client: Client, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.filter(pk=user.pk).update(email="ada+photos@example.org")
    monkeypatch.setattr(password_reset, "later", lambda job: job())

    page = client.post("/password/forgotten/", {"email": "ada+photos@example.org"}, follow=True).content.decode()

    body = str(mail.outbox[0].body)
    (code,) = re.findall(r"^ {4}(\w{10})$", body, re.MULTILINE)
    assert f"\nhttp://testserver/password/new/#email=ada%2Bphotos%40example.org&code={code}\n" in body
    assert 'value="ada+photos@example.org"' in page


def test_a_wrong_code_changes_nothing(client: Client, user: User) -> None:
    given = {"email": "ada@example.org", "code": "AAAAAAAA", "new_password": "another good one"}

    page = client.post("/password/new/", given).content.decode()

    assert "This code is wrong or has expired" in page


def test_a_server_that_sends_no_mail_says_so(client: Client, db: None, settings: Any) -> None:
    settings.MAIL_IS_SENT = False

    assert "cannot send email" in client.get("/password/forgotten/").content.decode()
