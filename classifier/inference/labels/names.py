"""Label names for people: Keras writes underscores where people write spaces."""

import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

from classifier.inference.types import Label
from classifier.locale import gettext_noop

Translate: TypeAlias = Callable[[str], str]
"""From an English text of ours to the same in another language, with the same words in braces."""

_VOWEL_SOUND = re.compile(r"(?!uni|eu|one\b|u(kulele|s[ae]))([aeiou]|hour|honest|heir)", re.IGNORECASE)
_WITHOUT_ARTICLE = frozenset(
    {
        "armor",
        "binoculars",
        "body_armor",
        "bread",
        "carbonara",
        "chain_mail",
        "chocolate_sauce",
        "cloth",
        "clothing",
        "corn",
        "dough",
        "eggnog",
        "espresso",
        "food",
        "food_or_drink",
        "footwear",
        "furniture",
        "golf_equipment",
        "guacamole",
        "hay",
        "headgear",
        "ice_cream",
        "makeup",
        "mashed_potato",
        "parallel_bars",
        "rapeseed",
        "red_wine",
        "sports_equipment",
        "sunglasses",
        "swimming_trunks",
        "tableware",
        "toilet_tissue",
    }
)


def with_spaces(label: str) -> str:
    """The label with spaces instead of underscores."""
    return label.replace("_", " ")


def spelt(name: str) -> str:
    """The same for all spellings of a name: in whatever case, with spaces or underscores."""
    return with_spaces(name).casefold()


def with_article(label: str, translate: Translate = str) -> str:
    """The label after `a` or `an`, as people say it; after neither where one counts no such things.

    Labels are English: a language whose articles depend on more than their sound has none before them.
    """
    name = with_spaces(label)
    if label.replace(" ", "_").lower() in _WITHOUT_ARTICLE:
        return name
    phrase = gettext_noop("an {label}") if _VOWEL_SOUND.match(name) else gettext_noop("a {label}")
    return translate(phrase).format(label=name)


def matches(label: str, text: str) -> bool:
    """Whether the label contains the text, whatever their case, with spaces or underscores."""
    return with_spaces(text).lower() in with_spaces(label).lower()


def matching(labels: Iterable[str], text: str) -> list[str]:
    """Those labels that contain the text."""
    return [label for label in labels if matches(label, text)]


def is_same_label(one: Label, other: Label) -> bool:
    """By WordNet id where both have one, because two names occur twice among ImageNet's; else by name, as people do."""
    if one.wnid and other.wnid:
        return one.wnid == other.wnid
    return with_spaces(one.name).lower() == with_spaces(other.name).lower()
