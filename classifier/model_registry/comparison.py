"""Two models' answers to the same photos, in figures: where they agree, and who is right where that is known."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import comb
from typing import Any
from uuid import UUID

from classifier.inference.labels.names import is_same_label
from classifier.inference.types import Label, ScoredLabel

CHANCE = 0.05
"""Below this probability, a difference is taken for one of the models and not of the photos that were drawn."""


@dataclass(frozen=True, slots=True)
class ComparedAnswers:
    """The best labels that two models give a photo; `truth` is what feedback says, or None."""

    key: UUID
    old: ScoredLabel
    new: ScoredLabel
    truth: Label | None = None

    @property
    def is_flip(self) -> bool:
        return not is_same_label(_label(self.old), _label(self.new))

    @property
    def is_old_right(self) -> bool:
        return self.truth is not None and is_same_label(_label(self.old), self.truth)

    @property
    def is_new_right(self) -> bool:
        return self.truth is not None and is_same_label(_label(self.new), self.truth)


@dataclass(frozen=True, slots=True)
class Use:
    """What a model takes: milliseconds for a photo (median), mebibytes when it is loaded."""

    photo_ms: float
    memory_mib: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Of `photos` the models agree on `agreed`; the truth of `known` is known.

    `only_old` and `only_new` are how often one alone is right; `chance` is how probable it is that two equally good
    models differ as much.
    """

    photos: int
    agreed: int
    known: int
    old_right: int
    new_right: int
    only_old: int
    only_new: int
    chance: float

    @property
    def verdict(self) -> str:
        """Who is better, in a sentence."""
        if not self.known:
            return "Nobody has said what these photos show, so nothing tells who is right."
        if self.chance >= CHANCE:
            return "Neither is better by more than chance."
        return "The new model is better." if self.only_new > self.only_old else "The old model is better."

    def as_report(self, *, old: Use, new: Use, skipped: int) -> dict[str, Any]:
        """Everything as JSON."""
        return {**asdict(self), "verdict": self.verdict, "skipped": skipped, "old": asdict(old), "new": asdict(new)}


def compare_answers(answers: Sequence[ComparedAnswers]) -> Comparison:
    """The figures of a comparison; an exact sign test on the photos where one model alone is right."""
    only_old = sum(one.is_old_right and not one.is_new_right for one in answers)
    only_new = sum(one.is_new_right and not one.is_old_right for one in answers)
    return Comparison(
        photos=len(answers),
        agreed=sum(not one.is_flip for one in answers),
        known=sum(one.truth is not None for one in answers),
        old_right=sum(one.is_old_right for one in answers),
        new_right=sum(one.is_new_right for one in answers),
        only_old=only_old,
        only_new=only_new,
        chance=_chance_of(only_old, only_new),
    )


def _chance_of(one: int, other: int) -> float:
    """How probable so unequal a split is with a fair coin, to either side."""
    tosses, fewer = one + other, min(one, other)
    tail = sum(comb(tosses, heads) for heads in range(fewer + 1)) / 2**tosses
    return float(min(1.0, 2 * tail))


def _label(scored: ScoredLabel) -> Label:
    return Label(scored.wnid, scored.label)
