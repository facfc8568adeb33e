"""Template filters and tags: labels, answers, errors and numbers in readable form."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext, gettext_noop

from classifier.inference.labels.names import spelt, with_spaces
from classifier.inference.labels.wordnet import wordnet
from classifier.inference.scores.wording import of_hundred, whole_percent
from classifier.inference.types import Answer, Label, Quality, QualityCode, ScoredLabel
from classifier.templatetags import words

ADVICE: dict[QualityCode, str] = {
    "blurred": gettext_noop("It is blurred: hold the camera still, and let it focus."),
    "dark": gettext_noop("It is dark: turn on a light, or go to one."),
    "bright": gettext_noop("It is too bright: keep the light behind you."),
    "too_small": gettext_noop("It is too small: send the photo itself, not a small picture of it."),
    "blank": gettext_noop("There is nothing on it: is something in front of the lens?"),
}
"""What to do about a photo, by what is wrong with it."""
register = template.Library()


register.filter(of_hundred)
register.filter(words.with_article)
register.filter(with_spaces)
register.filter(whole_percent)
register.filter(words.percent)
register.filter(words.told)


@register.filter
def as_query(scored: dict[str, Any]) -> str:
    """The query that names a kept label: by its wnid, or by its name where it has none."""
    return urlencode({"wnid": scored["wnid"]} if scored["wnid"] else {"label": scored["label"]})


@register.filter
def headline(prediction: Any) -> str:
    """What the page of a prediction begins with."""
    if prediction.answer_kind != "exact":
        return in_a_sentence(prediction)
    text = gettext("The photo you uploaded is {label} ({percent})")
    return text.format(label=words.with_article(prediction.label), percent=whole_percent(prediction.probability))


@register.filter
def in_a_sentence(answered: Any) -> str:
    """What was answered of a photo, now or before, as a sentence."""
    return words.sentence(answered.answer, answered.scored)


@register.filter
def kind_among(label: Label, labels: Sequence[Label]) -> str:
    """The word above a class, where one of these has the same name: of ImageNet's two cranes one is a wading bird."""
    node = wordnet().get(label.wnid)
    is_alone = sum(spelt(other.name) == spelt(label.name) for other in labels) < 2
    return "" if is_alone or node is None or not node.parents else with_spaces(wordnet()[node.parents[0]].name)


@register.filter
def where(found: Any) -> str:
    """Where in the photo the parts are that speak for the label of an explanation."""
    return words.place(found.words)


@register.filter
def day_name(day: date) -> str:
    """Today, Yesterday, or the date; with its year, if it is not this one's."""
    today = localdate()
    names = {today: gettext("Today"), today - timedelta(1): gettext("Yesterday")}
    return names.get(day) or date_format(day, "MONTH_DAY_FORMAT" if day.year == today.year else "DATE_FORMAT")


@register.filter
def advice(quality: Quality | None) -> list[str]:
    """What is wrong with a photo and what to do about it, a sentence each; none for a good photo."""
    return [gettext(ADVICE[code]) for code in quality.codes] if quality else []


@register.filter
def in_words(shown: Any) -> str:
    """The sentence of a prediction as the API shows it; nothing for anything else that it shows."""
    if not isinstance(shown, dict) or not {"answer", "top"} <= set(shown):
        return ""
    answer = shown["answer"] and Answer(**shown["answer"])
    return words.sentence(answer, [ScoredLabel(**scored) for scored in shown["top"]])


@register.simple_tag
def bar(fraction: float) -> SafeString:
    """A bar for a fraction in 0..1. It is hidden from screen readers: the number stands beside it."""
    width = max(0.0, min(1.0, float(fraction))) * 100
    return format_html(
        '<svg class="bar" aria-hidden="true" focusable="false"><rect class="bar-track" width="100%" height="100%"/>'
        '<rect class="bar-fill" width="{}%" height="100%"/></svg>',
        f"{width:.2f}",
    )


@register.simple_tag(takes_context=True)
def current(context: dict[str, Any], *names: str) -> str:
    """The attribute that marks a navigation link as the current page, if its URL is one of `names`."""
    match = getattr(context.get("request"), "resolver_match", None)
    return SafeString('aria-current="page"') if match and match.url_name in names else ""
