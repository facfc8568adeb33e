"""What the search reads of a prediction: its labels and its names, in a form in which they can be compared."""

import re
import unicodedata
from typing import Any

from classifier.inference.labels.names import with_spaces

LONGEST = 200
"""Characters of a label; PostgreSQL takes 2046 bytes of a word."""
BOUNDARY = "\n"
"""Between two labels, or two names: no text that is searched for has one."""
_WORD = re.compile(r"[^\W_]+")
_CONTROLS = str.maketrans(dict.fromkeys(map(chr, [*range(0x20), 0x7F]), " "))
"""At which SQLite's index ends a word, and where PostgreSQL's texts may not go on."""


def fold(text: str) -> str:
    """The same for spellings that mean the same: in any case, with spaces, underscores or what cannot be seen."""
    seen = with_spaces(text).translate(_CONTROLS)
    return " ".join(unicodedata.normalize("NFKC", seen).casefold().split())[:LONGEST]


def labels_text(prediction: Any) -> str:
    """What models said: all labels kept, and the answer's."""
    labels = [prediction.label, *(scored["label"] for scored in prediction.top or ()), prediction.answer_label or ""]
    return BOUNDARY.join(dict.fromkeys(filter(None, map(fold, labels))))


def names_text(*names: str | None) -> str:
    """What people call it: the words of the file's name, and of the label that it was corrected to."""
    return BOUNDARY.join(filter(None, map(beginning, filter(None, names))))


def beginning(name: str) -> str:
    """The words of a name, each after a space: a text that begins at one of them has it as a part."""
    return "".join(f" {word}" for word in _WORD.findall(fold(name)))


def words_of(labels: str) -> list[str]:
    """Those of a text of labels, each once, in the same order for everybody, who may store them at the same time."""
    return sorted(set(labels.split()))
