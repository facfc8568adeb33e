"""No page has words that only English readers know: what a template says itself stands in a tag that translates it."""

import re
from html.parser import HTMLParser

import pytest

from classifier_project.settings import BASE_DIR

TEMPLATES = BASE_DIR / "classifier" / "templates"
IN_ENGLISH = (
    "admin/",
    "classifier/admin_",
    "classifier/api_",
    "django_filters/",
    "rest_framework/",
)
"""The admin and the API's own pages, which are in the language of commands, logs and documentation."""
TERMS = re.compile(r"\btop-[15]\b")
"""Which are the same in every language."""
CODE = ("manage.py install_model resnet50 --activate",)
TRANSLATED = re.compile(r"{% blocktranslate.*?{% endblocktranslate %}", re.DOTALL)
NAMES_A_CLASS = re.compile(r"{% block width %}\w*{% endblock %}")
TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
SPOKEN = ("alt", "aria-label", "placeholder", "title", "content")
FOR_BROWSERS = ("width=device-width, initial-scale=1", "light dark")
LETTERS = re.compile(r"[^\W\d_]{2}")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self._note(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in SPOKEN and value not in FOR_BROWSERS:
                self._note(value or "")

    def _note(self, text: str) -> None:
        if LETTERS.search(TERMS.sub("", text)) and text.strip() not in CODE:
            self.found.append(" ".join(text.split()))


def words_of(template: str) -> list[str]:
    """What a template says itself: texts, and attributes that are read to people."""
    parser = _Words()
    parser.feed(TAGS.sub("", NAMES_A_CLASS.sub("", TRANSLATED.sub("", template))))
    parser.close()
    return parser.found


def test_no_template_of_a_page_says_anything_itself() -> None:
    names = {path: str(path.relative_to(TEMPLATES)) for path in sorted(TEMPLATES.rglob("*.html"))}
    pages = {path: name for path, name in names.items() if not name.startswith(IN_ENGLISH)}

    found = {name: words_of(path.read_text(encoding="utf-8")) for path, name in pages.items()}

    assert not {name: words for name, words in found.items() if words}
    assert len(found) > 20


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Delete</p>", ["Delete"]),
        ('<img alt="The photo">', ["The photo"]),
        ('<p>{% translate "Delete" %}</p>', []),
        ("<p>{% blocktranslate %}Delete {{ name }}{% endblocktranslate %}</p>", []),
        ("{% if a %}<p>{{ a }} more</p>{% endif %}", ["more"]),
        ("<p>{{ width }} × {{ height }}</p>", []),
    ],
)
def test_words_are_seen(template: str, found: list[str]) -> None:
    assert words_of(template) == found
