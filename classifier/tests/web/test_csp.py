"""What pages may load."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from classifier.models import ModelVersion
from classifier.predictions.intake import Sender

OWN = [
    "/",
    "/predictions/",
    "/model/",
    "/account/",
    "/account/delete/",
    "/account/second-factor/",
    "/sign-in/",
    "/register/",
]
DESK = ["/admin/", "/admin/classifier/prediction/", "/admin/classifier/prediction/dashboard/"]
API = ["/api/docs/", "/api/redoc/", "/api/v1/predictions/", "/api/v1/me/"]


@pytest.mark.parametrize("path", [*OWN, *DESK, *API])
def test_pages_allow_nothing_inline_and_carry_nothing_inline(
    client: Client, staff: User, serving: ModelVersion, path: str
) -> None:
    client.force_login(staff)

    response = client.get(path, headers={"Accept": "text/html"})

    assert response.status_code == 200
    assert "unsafe" not in response["Content-Security-Policy"]
    page = response.content.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\bsrc=)(?![^>]*application/json)", page)


def test_pictures_keep_their_own_stricter_policy(client: Client, user: User, serving: ModelVersion) -> None:
    from classifier.predictions import services
    from classifier.tests.examples import upload

    client.force_login(user)
    row = services.classify_upload(sender=Sender(user), upload=upload()).prediction

    response = client.get(f"/api/v1/predictions/{row.pk}/image/")

    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("desk", ["", "/admin/classifier"])
def test_a_heat_map_is_in_its_page_and_nothing_else_may_be(
    client: Client, staff: User, places: ModelVersion, desk: str
) -> None:
    from classifier.predictions import services
    from classifier.tests.examples import upload

    client.force_login(staff)
    row = services.classify_upload(sender=Sender(staff), upload=upload()).prediction
    path = f"{desk}/prediction/{row.pk}/why/" if desk else f"/predictions/{row.pk}/why/"

    policy = client.get(path)["Content-Security-Policy"]

    assert "img-src 'self' data:;" in policy
    assert policy.count("data:") == 1
    assert "unsafe" not in policy


def test_a_page_that_is_not_there_is_told_in_the_sites_own_look(client: Client, db: None) -> None:
    response = client.get("/nothing/")

    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
    assert "unsafe" not in response["Content-Security-Policy"]
