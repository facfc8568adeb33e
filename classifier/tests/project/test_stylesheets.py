"""Style sheets say start and end, not left and right: so pages fit languages that are written from right to left."""

import re

import pytest

from classifier_project.settings import BASE_DIR

STYLES = BASE_DIR / "classifier" / "static" / "classifier"
DECLARATION = re.compile(r"[{;]\s*(?P<name>[a-z-]+)\s*:\s*(?P<value>[^;{}]+)")
SIDES = re.compile(r"\b(left|right)\b")
OF_FOUR_SIDES = ("margin", "padding", "inset", "border-width", "border-radius")


def one_sided(css: str) -> list[str]:
    """Declarations that mean one side of the screen, whichever side lines begin at."""
    found = []
    for declaration in DECLARATION.finditer(css):
        name, value = declaration["name"], declaration["value"].strip()
        sides = value.split()
        differs = name in OF_FOUR_SIDES and len(sides) == 4 and sides[1] != sides[3]
        if SIDES.search(name) or SIDES.search(value) or differs:
            found.append(f"{name}: {value}")
    return found


def test_no_style_knows_left_from_right() -> None:
    found = {path.name: one_sided(path.read_text(encoding="utf-8")) for path in sorted(STYLES.glob("*.css"))}

    assert not {name: lines for name, lines in found.items() if lines}
    assert "site.css" in found


@pytest.mark.parametrize(
    ("css", "found"),
    [
        (".a { margin-left: 2px; }", ["margin-left: 2px"]),
        (".a { top: 0; left: 0 }", ["left: 0"]),
        (".a { text-align: right; }", ["text-align: right"]),
        (".a { padding: 1px 2px 3px 4px; }", ["padding: 1px 2px 3px 4px"]),
        (".a { padding: 1px 2px 3px; margin-inline-start: 2px; filter: brightness(1); }", []),
        (".left { color: red; }", []),
    ],
)
def test_a_side_is_seen(css: str, found: list[str]) -> None:
    assert one_sided(css) == found
