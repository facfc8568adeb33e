"""Pairing a phone, as people meet it in a browser without JavaScript."""

import re

from django.contrib.auth.models import User
from django.test import Client
from rest_framework.test import APIClient

from classifier.tests.web.reading import read

PAIR = "/api/v1/auth/pair/"


def code_on(page: str) -> str:
    found = re.search(r"<code class=\"key\">([A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4})</code>", page)
    assert found
    return found[1]


def test_the_account_page_shows_a_code_until_a_phone_has_used_it(ada: Client, anonymous: APIClient) -> None:
    assert '<svg class="qr"' not in read(ada, "/account/")

    response = ada.post("/account/pairing/", follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [("/account/#phone", 302)]
    assert page.index('id="phone"') < page.index('class="qr"')
    assert f"http://testserver/pair/#code={code_on(page)}" in page
    assert code_on(read(ada, "/account/")) == code_on(page)

    anonymous.post(PAIR, {"code": code_on(page), "device_name": "red <b>phone</b>"})
    after = read(ada, "/account/")
    assert re.search(r"A phone paired at \d\d:\d\d", after)
    assert "red &lt;b&gt;phone" in after
    assert 'class="qr"' not in after


def test_nobody_sees_the_code_of_somebody_else(ada: Client, other_user: User) -> None:
    ada.post("/account/pairing/")
    grace = Client()
    grace.force_login(other_user)

    assert 'class="qr"' not in read(grace, "/account/")


def test_a_code_takes_a_form_and_a_sign_in(client: Client, ada: Client) -> None:
    assert ada.get("/account/pairing/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/account/pairing/").status_code == 403
    assert Client().post("/account/pairing/").status_code == 302


def test_the_page_that_a_code_leads_to_says_what_to_do_to_whoever_opens_it(db: None) -> None:
    assert "Read the server" in read(Client(), "/pair/")
