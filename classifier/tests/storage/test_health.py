"""What is said of the folder of the photos."""

from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from classifier.models import MediaFolder, ModelVersion
from classifier.storage import health, pairing
from classifier.storage.pairing import NOT_MOUNTED
from classifier.tests.examples import upload


@pytest.fixture(autouse=True)
def looking_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PROBED_EVERY_S", 0)


@pytest.fixture
def media(db: None, home: Path) -> Path:
    pairing.check_folder()
    return home / "media"


def test_a_new_server_has_no_folder_yet_and_no_problem(db: None, home: Path) -> None:
    assert health.problems() == []
    assert not home.exists()


def test_a_folder_that_can_be_written_is_well_and_keeps_nothing(media: Path) -> None:
    before = sorted(media.iterdir())

    assert health.problems() == health.warnings() == []
    assert sorted(media.iterdir()) == before


def test_a_disk_that_is_not_mounted_is_told_and_what_to_do(media: Path) -> None:
    media.rename(media.with_name("elsewhere"))

    assert health.problems() == [NOT_MOUNTED]
    assert pairing.ADOPT in NOT_MOUNTED
    media.with_name("elsewhere").rename(media)
    assert health.problems() == []


def test_a_folder_that_cannot_be_written_is_told_and_why(media: Path) -> None:
    (media / health.PROBE).mkdir()

    (problem,) = health.problems()

    assert "Is a directory" in problem


def test_a_disk_without_room_is_told_even_if_none_must_stay_free(media: Path, settings: Any) -> None:
    settings.CLASSIFIER_MIN_FREE_BYTES = 0
    (media / health.PROBE).symlink_to("/dev/full")
    assert health.problems() == [health.FULL]
    (media / health.PROBE).unlink(missing_ok=True)

    settings.CLASSIFIER_MIN_FREE_BYTES = 2**62
    assert health.problems() == [health.FULL]


def test_it_is_written_to_only_every_few_seconds(media: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(health, "PROBED_EVERY_S", 1e9)
    assert health.problems() == []
    (media / health.PROBE).mkdir()

    assert health.problems() == []
    settings.CLASSIFIER_MIN_FREE_BYTES = 2**62  # what is free costs nothing to ask
    assert health.problems() == [health.FULL]


def test_what_stopped_the_sweep_is_a_warning(media: Path) -> None:
    MediaFolder.objects.update(warning="11 files have no row.")

    assert health.warnings() == ["11 files have no row."]
    assert health.problems() == []


def test_an_examination_by_another_account_leaves_no_folder_of_its_own(media: Path) -> None:
    health.examine()

    assert {path.name for path in media.iterdir()} == {".database-id"}


def test_folders_of_another_account_are_named(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for digit in "07":
        (media / "photos" / digit).mkdir(parents=True)
    monkeypatch.setattr("os.access", lambda path, _: path.name != "0")

    (told,) = health.examine()

    assert "photos/0: permission denied" in told


def test_an_examination_writes_reads_and_leaves_nothing(media: Path) -> None:
    assert health.examine() == []
    assert not [path for path in media.rglob("*") if path.is_file() and path.parent != media]


def test_readyz_tells_problems_and_warnings_and_serves_with_the_latter(
    anonymous: APIClient, serving: ModelVersion, api_client: APIClient, media: Path
) -> None:
    MediaFolder.objects.update(warning="11 files have no row.")

    ready = anonymous.get("/readyz")
    media.rename(media.with_name("elsewhere"))
    unready, answer = (
        anonymous.get("/readyz"),
        api_client.post("/api/v1/predictions/", {"image": upload()}, format="multipart"),
    )

    assert (ready.status_code, ready.json()["warnings"]) == (200, ["11 files have no row."])
    assert (unready.status_code, unready.json()["problems"]) == (503, [NOT_MOUNTED])
    assert (answer.status_code, answer.data["errors"][0]["code"]) == (503, "storage_unavailable")
    assert int(answer["Retry-After"]) > 0
