"""The documents of the settings say what the tables say."""

from pathlib import Path

import pytest

from classifier.conf import Setting
from classifier_project.env import Variable
from classifier_project.reference import env_example, files, page

WRITTEN = files()


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_what_is_on_record_is_what_would_be_written(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == WRITTEN[path], "run make record"


class Section:
    """Examples"""

    speed_bytes_per_s = Setting(2 * 1024**2, "How fast.", at_least=1)
    MAX_BYTES = Variable(1536 * 1024**2, "How much.", at_least=1, at_most=2**40)
    PATIENCE_S = Variable(30.0, "How long.", at_least=0)
    MODE = Variable("a", "Which way.", choices=("a", "b"), in_debug="b")
    NAMES = Variable(("x", "y"), "Who.")
    OPEN = Variable(True, "Whether.")


class Table(Section):
    pass


def test_a_line_of_the_example_is_ready_to_be_changed() -> None:
    lines = env_example(Table).splitlines()

    assert lines[lines.index("# How much.") + 1] == "MAX_BYTES=1610612736"
    assert lines[lines.index("# How long.") + 1] == "PATIENCE_S=30"
    assert lines[lines.index("# Who.") + 1] == "NAMES=x,y"
    assert lines[lines.index("# Whether.") + 1] == "OPEN=1"


def test_a_default_that_depends_on_debug_is_shown_but_not_set() -> None:
    lines = env_example(Table).splitlines()

    assert lines[lines.index("# Which way. One of a, b. With DEBUG on, b is the default.") + 1] == "# MODE=a"


def test_a_row_of_the_page_has_units_and_what_is_allowed() -> None:
    text = page(Table)

    assert "## Examples" in text
    assert "| `CLASSIFIER_SPEED_BYTES_PER_S` | `2097152` (2 MiB) | 1 or more | How fast. |" in text
    assert "| `MAX_BYTES` | `1610612736` (1.5 GiB) | 1 to 1099511627776 | How much. |" in text
    assert "| `MODE` | `a`; `b` with `DEBUG` | `a`, `b` | Which way. |" in text
    assert "| `OPEN` | `1` |  | Whether. |" in text
