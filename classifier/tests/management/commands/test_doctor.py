"""What the doctor finds."""

import collections
import io
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from classifier.models import ModelVersion, ThrottleCount
from classifier.storage import pairing
from classifier.storage.sweep import sweep
from classifier.tests.examples import photo_files
from classifier.tests.storage.test_sweep import leave


@pytest.fixture(autouse=True)
def development(settings: Any) -> None:
    settings.DEVELOPMENT = True


@pytest.fixture
def production(settings: Any) -> None:
    """Settings that are fit for it."""
    settings.DEVELOPMENT = settings.PLAIN_HTTP = False
    settings.BEHIND_TLS_PROXY = settings.SECURE_SSL_REDIRECT = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECURE_HSTS_SECONDS = 3600
    settings.SECRET_KEY = "0123456789" * 4
    settings.ALLOWED_HOSTS = ["photos.example.org"]
    settings.EMAIL_URL = "smtp://mail.example"


def looked_at() -> tuple[str, bool]:
    """What was printed, and whether all is well."""
    out = io.StringIO()
    try:
        call_command("doctor", stdout=out)
    except CommandError as error:
        return out.getvalue(), error.returncode == 0
    return out.getvalue(), True


def test_a_server_that_has_all_it_needs_is_well(serving: ModelVersion, home: Path) -> None:
    home.mkdir(exist_ok=True)

    page, is_well = looked_at()

    assert is_well, page
    assert f"{serving} classifies an image in" in page
    assert not ThrottleCount.objects.exists()
    assert not photo_files(home / "media")


def test_without_a_model_it_says_what_to_run(db: None) -> None:
    page, is_well = looked_at()

    assert not is_well
    assert "FAIL  model     No model is active. Run manage.py install_model resnet50 --activate." in page


def test_a_folder_that_cannot_be_written_to_is_named(serving: ModelVersion, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file, not a folder")
    settings.MEDIA_ROOT = tmp_path / "blocked/media"

    page, is_well = looked_at()

    assert not is_well
    assert "FAIL  storage" in page
    assert "blocked/media" in page


def test_files_that_stopped_the_sweep_are_told_with_the_next_command(serving: ModelVersion, home: Path) -> None:
    pairing.check_folder()
    for _ in range(12):
        leave(home, f"{uuid.uuid4()}.jpg")
    sweep()

    page, is_well = looked_at()

    assert not is_well
    assert "FAIL  storage   12 of 12 files have no row in the database" in page
    assert "manage.py sweep --dry-run" in page


def test_poor_settings_are_named(serving: ModelVersion, settings: Any) -> None:
    settings.CLASSIFIER_TOP_K = 0

    page, is_well = looked_at()

    assert not is_well
    assert "CLASSIFIER_TOP_K is 0" in page


def test_a_name_that_is_no_setting_is_told(serving: ModelVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLASSIFIER_TOPK", "3")

    page, is_well = looked_at()

    assert not is_well
    assert "CLASSIFIER_TOPK is no setting; it changes nothing. Did you mean CLASSIFIER_TOP_K?" in page


def test_a_production_server_that_has_all_it_needs_is_well(
    serving: ModelVersion, staff: User, production: None, home: Path
) -> None:
    home.mkdir(exist_ok=True)

    page, is_well = looked_at()

    assert is_well, page
    assert "ok    settings  for production" in page
    assert "warn" not in page


@pytest.mark.usefixtures("serving", "staff", "production")
class TestIllnessesOfProduction:
    @pytest.mark.parametrize(
        ("changed", "told"),
        [
            ({"SECRET_KEY": "x"}, "SECRET_KEY can be guessed. Make another: python -c"),
            ({"ALLOWED_HOSTS": []}, "ALLOWED_HOSTS is empty: every request would be refused. List the names"),
            ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS is '*'"),
            ({"BEHIND_TLS_PROXY": False}, "browsers go round in a circle. Set BEHIND_TLS_PROXY=1"),
            ({"PLAIN_HTTP": True}, "PLAIN_HTTP is for servers without TLS, and BEHIND_TLS_PROXY for those with it."),
        ],
    )
    def test_settings(self, settings: Any, changed: dict[str, object], told: str) -> None:
        for name, value in changed.items():
            setattr(settings, name, value)

        page, is_well = looked_at()

        assert not is_well
        assert re.search(rf"^FAIL  settings .*{re.escape(told)}", page, re.MULTILINE), page

    def test_pages_without_style_sheets(self, settings: Any, tmp_path: Path) -> None:
        settings.STATIC_ROOT = tmp_path
        backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
        settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}

        page, is_well = looked_at()

        assert not is_well
        assert re.search(r"^FAIL  pages .* Run manage\.py collectstatic --noinput\.$", page, re.MULTILINE)

    def test_what_an_operator_may_have_chosen_is_a_warning(self, settings: Any) -> None:
        settings.PLAIN_HTTP, settings.BEHIND_TLS_PROXY, settings.EMAIL_URL = True, False, ""
        User.objects.update(is_superuser=False)

        page, is_well = looked_at()

        assert is_well
        assert "warn  settings  PLAIN_HTTP is on: everybody on the network can read passwords" in page
        assert "warn  staff     Nobody can open the admin. Run manage.py createsuperuser." in page
        assert "warn  mail      EMAIL_URL is not set" in page


def test_development_on_a_network_is_a_warning(serving: ModelVersion, settings: Any) -> None:
    settings.HOST = "0.0.0.0"

    assert "warn  settings  DEBUG is on, and HOST=0.0.0.0 lets the network in." in looked_at()[0]


def test_a_database_of_an_older_version_is_told_and_nothing_asked_of_it(
    serving: ModelVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: [1, 2])

    page, is_well = looked_at()

    assert not is_well
    assert "FAIL  database  2 migrations are not applied. Run manage.py migrate." in page
    assert "skip  model     Needs the database." in page


def test_a_database_of_a_newer_version_is_told_though_nothing_is_left_to_migrate(serving: ModelVersion) -> None:
    MigrationRecorder(connection).record_applied("classifier", "0999_later")

    page, is_well = looked_at()

    assert not is_well
    assert "FAIL  database  The database is of a newer version than this one (0999_later)." in page


@pytest.mark.parametrize(("free_bytes", "well"), [(10 * 1024**3, True), (1024**2, False)])
def test_a_disk_that_is_nearly_full_is_a_problem(
    serving: ModelVersion, monkeypatch: pytest.MonkeyPatch, free_bytes: int, well: bool
) -> None:
    usage = collections.namedtuple("usage", "total used free")  # as shutil's own
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(20 * 1024**3, 0, free_bytes))

    assert looked_at()[1] is well
