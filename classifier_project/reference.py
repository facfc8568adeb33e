"""Writes `.env.example` and `docs/settings.md` from the tables of settings; `make record` runs it."""

import textwrap
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from classifier.conf import Conf, Setting, sections
from classifier_project.env import Variables

ROOT = Path(__file__).resolve().parent.parent
UNITS = ((1024**3, "GiB"), (1024**2, "MiB"))
ENV_EXAMPLE = """\
# Copy to .env, and change what should be different; what is not set has the default shown.
# Written by `make record`; docs/settings.md is the same as a page.
"""
PAGE = """\
# Settings

A setting is an environment variable, or a line in `.env` (start from [`.env.example`](../.env.example)). What is not
set, or blank, has its default. Numbers have their unit in their name; a switch is `1` or `0`. `manage.py check` and
`manage.py doctor` name values that cannot work, and names that start with `CLASSIFIER_` and are no setting.

This page is written by `make record`, from the tables in [`classifier/conf.py`](../classifier/conf.py) and
[`classifier_project/env.py`](../classifier_project/env.py): change a row there.
"""
TABLE_HEAD = "| variable | default | allowed | what it does |\n|---|---|---|---|\n"


def main() -> None:
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")


def files() -> dict[Path, str]:
    """What is written, and where."""
    return {ROOT / ".env.example": env_example(Variables, Conf), ROOT / "docs/settings.md": page(Variables, Conf)}


def env_example(*tables: type) -> str:
    """The file to copy, with every default set but those that depend on DEBUG."""
    return ENV_EXAMPLE + "".join(
        f"\n# --- {heading} ---\n" + "".join(map(_line, rows)) for heading, rows in _sections(tables)
    )


def page(*tables: type) -> str:
    """The document, with a table for each section."""
    return PAGE + "".join(
        f"\n## {heading}\n\n{TABLE_HEAD}" + "".join(map(_cells, rows)) for heading, rows in _sections(tables)
    )


def _sections(tables: Iterable[type]) -> Iterator[tuple[str, tuple[Setting[Any], ...]]]:
    return chain.from_iterable(sections(table).items() for table in tables)


def _line(row: Setting[Any]) -> str:
    """A default that depends on DEBUG is no line to copy."""
    by_debug = "" if row.in_debug is None else f" With DEBUG on, {_text(row.in_debug)} is the default."
    choices = f" One of {', '.join(row.choices)}." if row.choices else ""
    comment = textwrap.fill(row.help + choices + by_debug, 118, initial_indent="# ", subsequent_indent="# ")
    return f"{comment}\n{'# ' * bool(by_debug)}{row.name}={_text(row.default)}\n"


def _cells(row: Setting[Any]) -> str:
    default = _code(row.default) + _in_units(row)
    if row.in_debug is not None:
        default += f"; {_code(row.in_debug)} with `DEBUG`"
    return f"| `{row.name}` | {default} | {_allowed(row)} | {row.help} |\n"


def _allowed(row: Setting[Any]) -> str:
    if row.choices:
        return ", ".join(map(_code, row.choices))
    if row.at_most is not None:
        return f"{row.at_least} to {row.at_most}"
    return "" if row.at_least is None else f"{row.at_least} or more"


def _in_units(row: Setting[Any]) -> str:
    unit = next((unit for unit in UNITS if "_BYTES" in row.name and row.default >= unit[0]), None)
    return f" ({row.default / unit[0]:g} {unit[1]})" if unit else ""


def _code(value: object) -> str:
    return f"`{_text(value)}`" if _text(value) else ""


def _text(value: object) -> str:
    """As it stands in the environment."""
    match value:
        case bool():
            return str(int(value))
        case float():
            return f"{value:g}"
        case tuple():
            return ",".join(value)
        case _:
            return str(value)


if __name__ == "__main__":
    main()
