"""Every text of the pages is there in every language: translated, compiled, with all that is filled in."""

import gettext
import io
import re
import shutil
import struct
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from classifier.tests.catalogues import LOCALE, Message, messages

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
FILLED_IN = re.compile(r"%\(\w+\)s|\{\w*[^}]*\}")
DOTTED = re.compile(r"%\(\w+\.")
MARKUP = re.compile(r"</?\w+")


def catalogue_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def parts_of(text: str) -> list[str]:
    """What a translation must have as its text has it: what is filled in, and elements."""
    return sorted(FILLED_IN.findall(text) + MARKUP.findall(text))


def wrong(message: Message) -> str:
    """What is wrong with a translation; nothing for a good one."""
    originals = [*message.english.values()]
    if "fuzzy" in message.flags:
        return "fuzzy"
    if not all(message.translated.values()) or len(message.translated) < len(originals):
        return "not translated"
    if DOTTED.search("".join(originals)):
        return "a name with a dot, which blocktranslate does not fill in"
    for original, translated in zip(originals, message.translated.values(), strict=True):
        if parts_of(original) != parts_of(translated):
            return "other parts"
        if '"' in MARKUP.split(translated)[0] and "<" not in translated:
            return "a straight quotation mark, which may end an attribute"
    return ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    found = {message.key: wrong(message) for message in messages(catalogue_of(language)) if wrong(message)}

    assert not found
    assert len(messages(catalogue_of(language))) > 300


@pytest.mark.parametrize(
    ("english", "translated", "said"),
    [
        ("Delete", "", "not translated"),
        ("{count} photos", "{number} Fotos", "other parts"),
        ("%(day)s", "Tag", "other parts"),
        ("<a>Home</a>", "Start", "other parts"),
        ("%(day.name)s", "%(day.name)s", "a name with a dot, which blocktranslate does not fill in"),
        ("Delete", 'so"', "a straight quotation mark, which may end an attribute"),
        ("{allowed:,} bytes", "{allowed:,} Bytes", ""),
    ],
)
def test_a_bad_translation_is_seen(english: str, translated: str, said: str) -> None:
    assert wrong(Message(english={"msgid": english}, translated={"msgstr": translated})) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    compiled = catalogue_of(language).with_suffix(".mo").read_bytes()
    translations = gettext.GNUTranslations(io.BytesIO(compiled))
    written = messages(catalogue_of(language))

    for message in written:
        plural = message.english.get("msgid_plural")
        if plural is None:
            assert translations.gettext(message.key) == message.translated["msgstr"]
        else:
            forms = {translations.ngettext(message.key, plural, number) for number in range(200)}
            assert forms == set(message.translated.values())
    assert struct.unpack("<I", compiled[8:12])[0] == len(written) + 1  # and the header


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="needs gettext, which is not here")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing_in_a_catalogue_or_in_use_no_more(
    language: str, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "classifier"
    shutil.copytree(LOCALE.parent, copy, ignore=shutil.ignore_patterns("tests", "static", "migrations", "*.pyc"))
    settings.LOCALE_PATHS = [copy / "locale"]
    monkeypatch.chdir(tmp_path)

    call_command("makemessages", locale=[language], no_obsolete=True, verbosity=0)

    in_use = messages(copy / "locale" / language / "LC_MESSAGES" / "django.po")
    assert {message.key for message in in_use} == {message.key for message in messages(catalogue_of(language))}
