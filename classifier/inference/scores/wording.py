"""An answer in words."""

from collections.abc import Sequence

from classifier.inference.labels.names import Translate, with_article, with_spaces
from classifier.inference.types import Answer, ScoredLabel
from classifier.locale import gettext_noop

PERHAPS = 2
"""How many labels are named when nothing is sure."""


def sentence(answer: Answer | None, top: Sequence[ScoredLabel], translate: Translate = str) -> str:
    """What a person is told: `Probably a retriever; perhaps a golden retriever (48 %)`.

    `top` are the best labels, best first, at least one. Without an answer, the best label is all that is said.
    """
    if answer is None:
        return f"{with_spaces(top[0].label)} ({whole_percent(top[0].probability)})"
    best, *others = [_named(scored, translate) for scored in _different(top)]
    if answer.kind == "exact":
        return f"{best[:1].upper()}{best[1:]}"
    if answer.kind == "broader":
        probably = translate(gettext_noop("Probably {broader}; perhaps {label}"))
        return probably.format(broader=with_article(answer.label, translate), label=best)
    if not others:
        return translate(gettext_noop("Not sure: perhaps {label}")).format(label=best)
    return translate(gettext_noop("Not sure: perhaps {label} or {other}")).format(label=best, other=others[0])


def whole_percent(fraction: float) -> str:
    """0.614 as `61 %`; what is not quite certain is not rounded to it."""
    return f"{of_hundred(fraction)} %"


def of_hundred(fraction: float) -> int:
    """0.614 as 61; what is not quite all is not rounded to it."""
    return 100 if fraction >= 1 else min(99, round(fraction * 100))


def _named(scored: ScoredLabel, translate: Translate) -> str:
    return f"{with_article(scored.label, translate)} ({whole_percent(scored.probability)})"


def _different(top: Sequence[ScoredLabel]) -> list[ScoredLabel]:
    """The best labels: two classes of ImageNet may have one name."""
    by_name = {scored.label: scored for scored in reversed(top[:PERHAPS])}
    return list(reversed(by_name.values()))
