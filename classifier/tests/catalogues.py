"""Catalogues of translations, as tests read them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from classifier_project.settings import BASE_DIR

LOCALE = BASE_DIR / "classifier" / "locale"


@dataclass
class Message:
    """A text and its translations: one, or one for each form of the plural."""

    flags: list[str] = field(default_factory=list)
    english: dict[str, str] = field(default_factory=dict)
    """`msgid`, and `msgid_plural` where there is one."""
    translated: dict[str, str] = field(default_factory=dict)
    """`msgstr`, or `msgstr[0]`, `msgstr[1]` and so on."""

    @property
    def key(self) -> str:
        return self.english["msgid"]


def messages(catalogue: Path) -> list[Message]:
    """What stands in a `.po`, without its header and without what is in use no more."""
    blocks = catalogue.read_text(encoding="utf-8").split("\n\n")
    return [message for message in map(_message, blocks) if message.english.get("msgid")]


def _message(block: str) -> Message:
    message = Message()
    for keyword, text in _lines(block):
        if keyword == "#,":
            message.flags += [flag.strip() for flag in text.split(",")]
        else:
            (message.translated if keyword.startswith("msgstr") else message.english)[keyword] = text
    return message


def _lines(block: str) -> Iterator[tuple[str, str]]:
    """Each keyword with its text, of which more lines may follow."""
    keyword, text = "", ""
    for line in block.splitlines():
        if line.startswith("#,"):
            yield "#,", line[2:]
        elif line.startswith("msg"):
            if keyword:
                yield keyword, text
            keyword, _, quoted = line.partition(" ")
            text = ast.literal_eval(quoted)
        elif line.startswith('"'):
            text += ast.literal_eval(line)
    if keyword:
        yield keyword, text
