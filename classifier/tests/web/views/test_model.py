"""What answers, and whose account it is."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from classifier.model_registry import versions
from classifier.models import DeviceToken, ModelVersion
from classifier.tests.examples import PUBLISHED, build_colour_model
from classifier.tests.web.reading import read


class TestModel:
    def test_it_names_what_answers_and_how_well(self, ada: Client, serving: ModelVersion, model_folder: Path) -> None:
        report = {
            "photos": 40,
            "top_1": 0.75,
            "top_5": 1.0,
            "per_class": {"red": 0.5, "blue": 1.0},
            "confusions": [{"truth": "red", "answer": "blue", "photos": 9}],
        }
        (model_folder / "report.json").write_text(json.dumps(report))
        try:
            page = read(ada, "/model/")
        finally:
            (model_folder / "report.json").unlink()

        assert serving.version in page
        assert "75.0%" in page
        assert "red called blue" in page

    def test_it_tells_who_says_how_good_it_is_and_its_licence(self, ada: Client, tmp_path: Path) -> None:
        folder = build_colour_model(tmp_path, name="known", published=PUBLISHED, license="Apache-2.0")
        versions.activate(versions.register(folder))

        page = read(ada, "/model/")

        assert "75.1%" in page
        assert f'href="{PUBLISHED.source}"' in page
        assert "Apache-2.0" in page

    def test_a_report_that_is_broken_is_left_out(self, ada: Client, serving: ModelVersion, model_folder: Path) -> None:
        (model_folder / "report.json").write_text('{"photos": 1')
        try:
            page = read(ada, "/model/")
        finally:
            (model_folder / "report.json").unlink()

        assert "How well it does" not in page
        assert ada.get("/model/report.png").status_code == 404

    def test_its_labels_are_searched(self, ada: Client, serving: ModelVersion) -> None:
        page = read(ada, "/model/", search="gRee")

        assert "1 label with" in page
        assert "<li>green</li>" in page
        assert "<li>red</li>" not in page

    def test_without_a_model_there_is_a_page_all_the_same(self, ada: Client) -> None:
        assert "No model yet" in read(ada, "/model/")


class TestAccount:
    def test_devices_are_listed_and_signed_out(self, ada: Client, user: User) -> None:
        device, _ = DeviceToken.objects.create(user, device_name="red phone")
        assert "red phone" in read(ada, "/account/")

        ada.post(f"/account/devices/{device.id}/")

        assert "red phone" not in read(ada, "/account/")

    def test_nobody_signs_out_a_device_of_somebody_else(self, ada: Client, other_user: User) -> None:
        device, _ = DeviceToken.objects.create(other_user)

        assert ada.post(f"/account/devices/{device.id}/").status_code == 404
        assert DeviceToken.objects.exists()

    def test_a_new_password_signs_every_other_device_out_and_this_browser_stays(self, ada: Client, user: User) -> None:
        DeviceToken.objects.create(user)
        given = {"current_password": "correct horse battery", "new_password": "another good one"}

        page = ada.post("/account/", given, follow=True).content.decode()

        assert "Your password is changed" in page
        assert not DeviceToken.objects.exists()
        assert read(ada, "/account/")

    @pytest.mark.parametrize(
        ("change", "told"),
        [({"current_password": "wrong"}, "not your password"), ({"new_password": "123"}, "too short")],
    )
    def test_what_is_wrong_with_a_new_password_is_told(
        self, ada: Client, user: User, change: dict[str, str], told: str
    ) -> None:
        given = {"current_password": "correct horse battery", "new_password": "another good one", **change}

        assert told in ada.post("/account/", given).content.decode()
        user.refresh_from_db()
        assert user.check_password("correct horse battery")

    def test_everything_else_is_signed_out_at_once(self, ada: Client, user: User) -> None:
        DeviceToken.objects.create(user)
        elsewhere = Client()
        elsewhere.force_login(user)

        ada.post("/account/sign-out-everywhere/")

        assert not DeviceToken.objects.exists()
        assert elsewhere.get("/account/").status_code == 302
        assert read(ada, "/account/")

    def test_everything_is_exported(self, ada: Client) -> None:
        response: Any = ada.post("/account/export/")

        assert response["Content-Type"] == "application/zip"
        assert b"".join(response.streaming_content)[:2] == b"PK"

    def test_the_account_is_deleted_with_its_password_alone(self, ada: Client, user: User) -> None:
        assert "not your password" in ada.post("/account/delete/", {"password": "wrong"}).content.decode()
        assert User.objects.exists()

        page = ada.post("/account/delete/", {"password": "correct horse battery"}, follow=True).content.decode()

        assert "Your account is deleted" in page
        assert not User.objects.exists()

    @pytest.mark.parametrize("path", ["/predictions/", "/model/", "/account/", "/account/delete/"])
    def test_pages_are_for_those_who_are_signed_in(self, client: Client, db: None, path: str) -> None:
        assert client.get(path).headers["Location"] == f"/sign-in/?next={path}"


def test_the_page_names_the_version_that_is_to_answer_next(ada: Client, serving: ModelVersion, tmp_path: Path) -> None:
    ModelVersion.objects.update(is_active=False)
    ModelVersion.objects.create(name="next", version="1", manifest=serving.manifest, is_active=True)

    assert "next-1 is to answer next" in read(ada, "/model/")
    assert versions.active() != serving
