"""The names of photos as they are shown."""

import pytest

from classifier.predictions.filenames import LONGEST, shown_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("holiday.jpg", "holiday.jpg"),
        ("Größe 3 – 写真.jpg", "Größe 3 – 写真.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\photos\\cat.jpg", "cat.jpg"),
        ("/", ""),
        ("", ""),
        ("a\r\nb\0.jpg", "ab.jpg"),
        ("evil\u202egpj.exe", "evilgpj.exe"),
        ("half\ud800.jpg", "half.jpg"),
        ("x" * 300, "x" * (LONGEST - 1) + "…"),
        ("x" * 300 + ".jpeg", "x" * (LONGEST - 6) + "….jpeg"),
        ("x." + "y" * 300, "x." + "y" * (LONGEST - 3) + "…"),
    ],
)
def test_a_name_is_shown_without_folders_and_hidden_characters_and_not_too_long(name: str, shown: str) -> None:
    assert shown_name(name) == shown
    assert len(shown_name(name)) <= LONGEST
