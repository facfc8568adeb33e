"""The gate: a candidate serves only if it is better on corrections and not worse on what was right before."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.feedback.candidates import LEAST_SCENES, Answers, Material
from classifier.inference.labels.names import with_spaces
from classifier.models import Retraining
from classifier.training.judging import SURE, Comparison, chance_of, compare

State = Retraining.State
LEAST_CORRECTIONS, LEAST_OLD, LEAST_OF_NEAR = 10, 20, 3
"""Photos to judge by: corrected ones, ones that were right, and of each old class near the new ones."""
SHOWN, KEYS_SHOWN, WANTED = 60, 6, 10


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether the candidate may serve, why, and the figures behind it."""

    state: str
    message: str
    figures: dict[str, Any]


def too_few(corrections: int) -> str:
    """What is missing before anything can be judged, or nothing."""
    missing = LEAST_CORRECTIONS - corrections
    if missing <= 0:
        return ""
    return (
        f"At least {LEAST_CORRECTIONS} are needed, {missing} more: photos whose answer was wrong, with what they show."
    )


def decide(
    material: Material,
    judged: NDArray[np.int64],
    answers: Answers,
    *,
    near: Sequence[int],
    reference: Comparison | None,
    old_reference: int,
) -> Decision:
    """Compares on held-out corrections, on held-out confirmations, on those of near classes, on the reference set, of
    which `old_reference` photos are of old classes.

    All photos of new classes count as corrections, also those that were answered rightly since: those that were wrong
    alone would praise any candidate, and those that were right alone none.
    """
    was_wrong = np.array([not material.examples[index].was_right for index in judged], bool)
    was_correction = was_wrong | (material.targets[judged] >= material.known)
    is_near = np.isin(material.targets[judged], near)

    def compared(chosen: NDArray[np.bool_]) -> Comparison:
        return compare(answers.was_right[chosen], answers.is_right[chosen])

    sets = {
        "corrections": compared(was_correction),
        "confirmations": compared(~was_correction),
        "near": compared(~was_correction & is_near),
        **({"reference": reference} if reference else {}),
    }
    wanted = list(_wanted(material, near))
    state, message = _outcome(sets, wanted, old=sets["confirmations"].photos + old_reference)
    figures = {
        "sets": {name: asdict(comparison) for name, comparison in sets.items()},
        "wanted": wanted,
        "classes": _counts(material),
        "flips": _flips(material, judged, answers)[:SHOWN],
        "confusions": _confusions(material, judged, answers),
    }
    return Decision(state, message, figures)


def wanted_of(material: Material) -> list[str]:
    """The classes of which more photos are needed before they can be learnt, the first of them."""
    return [
        f"Correct more photos of {with_spaces(label)}, of other scenes: {LEAST_SCENES - count}."
        for label, count in sorted(material.left_out.items())[:WANTED]
    ]


def _outcome(sets: dict[str, Comparison], wanted: Sequence[str], *, old: int) -> tuple[str, str]:
    corrections = sets["corrections"]
    asked = f" {' '.join(wanted)}" if wanted else ""
    if missing := too_few(corrections.photos):
        return State.TOO_FEW, f"Of the corrections, {corrections.photos} could be held out. {missing}{asked}"
    if old < LEAST_OLD:
        return State.TOO_FEW, (
            f"At least {LEAST_OLD} confirmations are needed, {LEAST_OLD - old} more: right answers that are said to be "
            f"right. Without them nobody can tell what the candidate forgot.{asked}"
        )
    for name, told in (("near", "old classes near the new ones"), ("confirmations", "confirmed answers")):
        if sets[name].is_worse:
            return State.REFUSED, f"It is worse on {told}: {_told(sets[name])}.{asked}"
    if "reference" in sets and sets["reference"].is_worse:
        return State.REFUSED, f"It is worse on the reference set: {_told(sets['reference'])}.{asked}"
    if not corrections.is_better:
        needed = _wins_needed(corrections.lost)
        return State.REFUSED, (
            f"It is not surely better on corrections: {_told(corrections)}; with {corrections.lost} lost, {needed} "
            f"must be gained.{asked}"
        )
    return State.READY, f"It is better on corrections: {_told(corrections)}; and not worse on what was right.{asked}"


def _told(compared: Comparison) -> str:
    return (
        f"{compared.after} of {compared.photos} right ({compared.low:.0%} to {compared.high:.0%}), before it "
        f"{compared.before}"
    )


def _wins_needed(lost: int) -> int:
    return next(gained for gained in range(1, lost + 1000) if chance_of(gained, lost) < SURE)


def _wanted(material: Material, near: Sequence[int]) -> Iterator[str]:
    """What to confirm and to correct next."""
    yield from wanted_of(material)
    counts = Counter(material.targets.tolist())
    lacking = [number for number in near if counts[number] < LEAST_OF_NEAR]
    if lacking:
        names = ", ".join(with_spaces(material.classes.labels[number].name) for number in lacking[:6])
        yield f"Confirm right answers of the old classes nearest to the new ones, {LEAST_OF_NEAR} of each: {names}."


def _counts(material: Material) -> list[dict[str, Any]]:
    counts = Counter(material.targets.tolist())
    return [
        {"label": label.name, "photos": counts[number]}
        for number, label in enumerate(material.classes.labels)
        if number >= material.known
    ]


def _flips(material: Material, judged: NDArray[np.int64], answers: Answers) -> list[dict[str, Any]]:
    """Photos of which the candidate says something else, those that it gets wrong first."""
    changed = [n for n in range(len(judged)) if answers.before[n] != answers.after[n] and not answers.is_right[n]]
    changed += [n for n in range(len(judged)) if answers.before[n] != answers.after[n] and answers.is_right[n]]
    return [
        {
            "key": material.examples[judged[n]].key,
            "truth": material.examples[judged[n]].truth.name,
            "before": answers.before[n],
            "after": answers.after[n],
            "is_right": bool(answers.is_right[n]),
        }
        for n in changed
    ]


def _confusions(material: Material, judged: NDArray[np.int64], answers: Answers) -> list[dict[str, Any]]:
    """What is taken for what, the most frequent first, with photos of it."""
    found: dict[tuple[str, str], list[str]] = {}
    for n, index in enumerate(judged):
        if not answers.is_right[n]:
            pair = (material.examples[index].truth.name, answers.after[n])
            found.setdefault(pair, []).append(material.examples[index].key)
    ranked = sorted(found.items(), key=lambda item: -len(item[1]))[:20]
    return [
        {"truth": truth, "answer": answer, "keys": keys[:6], "photos": len(keys)} for (truth, answer), keys in ranked
    ]
