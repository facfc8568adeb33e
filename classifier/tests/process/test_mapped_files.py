"""A mapped file's pages go, and come back when they are needed."""

import mmap
import os
import sys
from pathlib import Path

import pytest

from classifier.process.mapped_files import mappings_of, release_pages

BYTES = 8 * 1024 * 1024
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux'")


def resident_bytes(path: Path) -> int:
    """Of the mappings of a file in this process."""
    lines = iter(Path("/proc/self/smaps").read_text().splitlines())
    return sum(
        1024 * int(next(line for line in lines if line.startswith("Rss:")).split()[1])
        for line in lines
        if line.endswith(str(path))
    )


def test_pages_leave_memory_and_can_be_read_again(tmp_path: Path) -> None:
    path = tmp_path / "weights of a model.bin"
    path.write_bytes(b"w" * BYTES)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert mapped.find(b"x") == -1
        assert resident_bytes(path) == BYTES

        release_pages(mappings_of(path))

        assert resident_bytes(path) == 0
        assert mapped[BYTES - 1 :] == b"w"


def test_what_is_being_written_is_none_of_them(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    path.write_bytes(b"w" * BYTES)
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY):
        assert mappings_of(path) == frozenset()


def test_other_files_may_have_names_that_are_no_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(bytes(tmp_path) + b"/\xff\xe2\x80\xa8"))
    path.write_bytes(b"w" * BYTES)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ):
        assert mappings_of(tmp_path / "another") == frozenset()
        assert len(mappings_of(path)) == 1
