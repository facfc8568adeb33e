"""What the start page's scripts say."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import override

from classifier.tests.web.reading import read
from classifier.web import script_texts
from classifier.web.views.home import SCRIPTS

STATIC = Path(script_texts.__file__).parents[1] / "static"
SAID = re.compile(r'\bsay\(\s*"((?:[^"\\]|\\.)*)"')


def test_scripts_say_what_the_page_brings_along_and_all_of_it() -> None:
    said = {text for name in SCRIPTS for text in SAID.findall((STATIC / name).read_text(encoding="utf-8"))}

    assert said == set(script_texts.texts())


def test_a_number_has_the_form_of_the_plural_that_its_language_has() -> None:
    with override("de"):
        forms = script_texts.texts()["{count} files in the folder left out: no photos."]

    assert isinstance(forms, dict)
    assert forms["one"] == "{count} Datei im Ordner ausgelassen: kein Foto."
    assert forms["other"] == "{count} Dateien im Ordner ausgelassen: keine Fotos."


@pytest.mark.django_db
def test_the_page_has_the_reasons_of_refusals_in_german(ada: Client) -> None:
    ada.cookies["language"] = "de"

    page = read(ada, "/")

    found = re.search(r'data-reasons="([^"]*)"', page)
    assert found
    reasons = json.loads(unescape(found[1]))
    assert reasons["unreadable_image"].startswith("Die Datei ist beschädigt")


@pytest.mark.django_db
def test_in_english_the_api_itself_says_them(ada: Client) -> None:
    assert 'data-reasons="{}"' in read(ada, "/")
