"""The documents as a map: every link leads somewhere, every page is in the index, every name is in the code."""

import re
from functools import cache
from pathlib import Path

import pytest

from classifier.tests.project.test_module_paths import is_there

ROOT = Path(__file__).resolve().parents[3]
INDEX = ROOT / "docs/README.md"
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "benchmarks/README.md", ROOT / "mobile_client/README.md"]
)
LONGEST_README = 130
_CODE_BLOCK = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"!?\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)|<img src=\"(?P<image>[^\"]+)\"")
_ELSEWHERE = re.compile(r"[a-z]+:")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_NAME = re.compile(r"`([A-Za-z_][\w.]*)`")


def links_in(page: Path) -> list[tuple[str, str]]:
    """Text and target of each relative link."""
    text = _CODE_BLOCK.sub("", page.read_text(encoding="utf-8"))
    links = [(match["text"] or "", match["target"] or match["image"]) for match in _LINK.finditer(text)]
    return [(text, target) for text, target in links if not _ELSEWHERE.match(target)]


def is_resolved(page: Path, target: str) -> bool:
    """Whether a link leads to a file or folder of this repository and, with `#`, to a heading in it."""
    path, _, anchor = target.partition("#")
    destination = (page.parent / path).resolve() if path else page
    if not (destination.exists() and destination.is_relative_to(ROOT)):
        return False
    return not anchor or anchor in anchors_of(destination)


@cache
def anchors_of(page: Path) -> frozenset[str]:
    """The anchors that a forge makes of a page's headings."""
    text = _CODE_BLOCK.sub("", page.read_text(encoding="utf-8"))
    return frozenset(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in _HEADING.findall(text))


def names_missing_from(page: Path, text: str, target: str) -> list[str]:
    """The names in a link's text that the Python file it leads to does not define."""
    path = (page.parent / target.partition("#")[0]).resolve()
    if path.suffix != ".py" or not path.exists():
        return []
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return [name for name in _NAME.findall(text) if not name.endswith(".py") and not is_there(f"{module}:{name}")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = [target for _, target in links_in(page) if not is_resolved(page, target)]

    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_name_that_links_to_code_is_defined_there(page: Path) -> None:
    missing = [(name, target) for text, target in links_in(page) for name in names_missing_from(page, text, target)]

    assert missing == []


def test_the_index_leads_to_every_page_of_the_documentation() -> None:
    linked = {(INDEX.parent / target.partition("#")[0]).resolve() for _, target in links_in(INDEX)}

    assert [str(page) for page in PAGES if page.is_relative_to(INDEX.parent) and page not in linked | {INDEX}] == []


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= LONGEST_README


def test_a_link_that_leads_nowhere_is_noticed() -> None:
    assert is_resolved(INDEX, "../README.md#run-it")
    assert not is_resolved(INDEX, "../README.md#no-such-heading")
    assert not is_resolved(INDEX, "no-such-page.md")
    assert names_missing_from(INDEX, "`classify_upload`", "../classifier/predictions/services.py") == []
    assert names_missing_from(INDEX, "`no_such_name`", "../classifier/predictions/services.py") == ["no_such_name"]
