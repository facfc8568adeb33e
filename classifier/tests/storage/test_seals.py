"""Who may read and write a photo's file: the server, and nginx's group where nginx sends the photos."""

import stat
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from classifier.storage.marker import write_marker
from classifier.storage.seals import is_sealed, seal, unseal

NAME = "photo.jpg"


def modes(media: Path) -> list[str]:
    """Of a file that is written, of one whose row is committed, of one whose row is about to go."""
    found = []
    default_storage.save(NAME, ContentFile(b"bytes"))
    for change in (lambda _: None, seal, unseal):
        change([NAME])
        found.append(stat.filemode((media / NAME).stat().st_mode))
    return found


@pytest.mark.parametrize(
    ("x_accel_prefix", "expected"),
    [("", ["-rw-------", "-r--------", "-rw-------"]), ("/protected/", ["-rw-r-----", "-r--r-----", "-rw-r-----"])],
)
def test_nginx_reads_by_its_group_what_it_sends(
    tmp_path: Path, settings: Any, x_accel_prefix: str, expected: list[str]
) -> None:
    settings.MEDIA_ROOT, settings.CLASSIFIER_X_ACCEL_PREFIX = tmp_path / "media", x_accel_prefix
    write_marker(tmp_path / "media", uuid4())

    assert modes(tmp_path / "media") == expected


def test_a_file_that_a_group_may_read_is_sealed_all_the_same(tmp_path: Path) -> None:
    (tmp_path / NAME).touch(mode=0o440)

    assert is_sealed(tmp_path / NAME)
