"""A mapped file's pages go, and come back when they are needed."""

import mmap
import sys
from pathlib import Path

import pytest

from classifier.inference.mapped_files import let_go

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

        let_go(path)

        assert resident_bytes(path) == 0
        assert mapped[BYTES - 1 :] == b"w"


def test_what_is_being_written_stays(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    path.write_bytes(b"w" * BYTES)
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY) as mapped:
        mapped[0] = ord("x")

        let_go(path)

        assert mapped[0] == ord("x")
