"""A simulated operator: accuracy after more and more corrections, with confirmations, and with mistakes."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.learning_click import click
from benchmarks.learning_photos import food_photos, groceries, labels_of, old_photos
from benchmarks.live.operator import Operator, Shown, right_of
from benchmarks.live.server import running
from benchmarks.results import Promise
from classifier.inference.scores.intervals import wilson_interval

STAGES = ((10, 2), (20, 5), (20, 20))
"""Kinds, and photos of each. Of one photo a kind nothing can be held out, so nothing is learnt."""
WANTED = {100: 0.82, 400: 0.88}
LONGEST_S, MOST_SLOWER, MOST_POINTS_LOST, LEAST_RIGHT = 90.0, 2.0, 3.0, 39


def measure_curve(folder: Path) -> dict[str, Any]:
    """Accuracy after 0, 20, 100 and 400 photos of which something was said; then the time from a click."""
    train, test, old, food = groceries("train"), groceries("test"), old_photos(), food_photos()
    accuracy = {0: sum(right_of(folder, test)) / len(test)}
    before_food, kept = sum(right_of(folder, food)), 0
    after_food = before_food
    clicked: dict[str, float] = {}
    for half in (0, 1):
        confirmed, judged = old[half::2], old[1 - half :: 2]
        with running(model=folder) as server:
            operator = Operator(server, labels_of(train))
            operator.say(confirmed)
            for count, photos in stages(train, seed=half):
                operator.say(photos)
                if count == max(WANTED):
                    clicked = clicked or click(server)
                said = operator.retrain("--promote")
                active = operator.active_folder()
                part = sum(right_of(active, test)) / len(test)
                low, high = wilson_interval(part, len(test))
                accuracy[count] = accuracy.get(count, 0.0) + part / 2
                print(f"       half {half + 1}, {count} corrections: {part:.3f} ({low:.2f} to {high:.2f}). {said}")
            kept += sum(right_of(active, judged))
            after_food = min(after_food, sum(right_of(active, food)))
    _print_curve(accuracy, len(test))
    lost = 100 * (before_food - after_food) / len(food) if food else 0.0
    for promise in (
        *(Promise(f"accuracy on test photos after {n} corrections", accuracy[n], part) for n, part in WANTED.items()),
        Promise(f"photos of ImageNet's classes still right, of {len(old)}", kept, LEAST_RIGHT),
        Promise(
            f"points lost on {len(food)} photos of ImageNet's food, base {before_food}", lost, MOST_POINTS_LOST, True
        ),
        Promise("from the click to a candidate with 400 photos, s", clicked["seconds"], LONGEST_S, True),
        Promise(
            "p95 of uploads meanwhile, times that before",
            clicked["during_p95_ms"] / clicked["before_p95_ms"],
            MOST_SLOWER,
            True,
        ),
    ):
        print(promise)
    return {"accuracy": accuracy, "old_right": kept, "food_points_lost": lost, **clicked}


def measure_mistakes(folder: Path) -> dict[str, Any]:
    """With a fifth of all corrections wrong."""
    train, test, old = groceries("train"), groceries("test"), old_photos()
    with running(model=folder) as server:
        operator = Operator(server, labels_of(train), mistakes=0.2)
        operator.say(old[::2])
        for _, photos in stages(train, seed=2):
            operator.say(photos)
        said = operator.retrain("--promote")
        part = sum(right_of(operator.active_folder(), test)) / len(test)
    print(f"       with a fifth of all corrections wrong: {part:.3f}. {said}")
    before = sum(right_of(folder, test)) / len(test)
    print(Promise("with a fifth wrong: at least as right as before", part, before))
    return {"accuracy_with_mistakes": part}


def stages(photos: list[Shown], *, seed: int) -> Iterator[tuple[int, list[Shown]]]:
    """The number of corrections, and the photos that make it full: of half of the kinds two, then of all 5 and 20."""
    random = Random(seed)  # noqa: S311
    of_kind = [random.sample(own, len(own)) for own in (_of(photos, truth) for truth in labels_of(photos))]
    random.shuffle(of_kind)
    taken: set[Path] = set()
    for kinds, each in STAGES:
        wanted = [shown for own in of_kind[:kinds] for shown in own[:each] if shown.path not in taken]
        taken |= {shown.path for shown in wanted}
        yield kinds * each, wanted


def _of(photos: list[Shown], truth: str) -> list[Shown]:
    return [shown for shown in photos if shown.truth == truth]


def _print_curve(accuracy: dict[int, float], photos: int) -> None:
    """Also whether it never falls by more than its interval."""
    counts = sorted(accuracy)
    for count in counts:
        low, high = wilson_interval(accuracy[count], photos)
        print(f"       {count:3} corrections: {accuracy[count]:.3f} ({low:.2f} to {high:.2f})")
    falls = [accuracy[b] - wilson_interval(accuracy[a], photos)[0] for a, b in pairwise(counts)]
    print(Promise("never falls below the interval of the step before: least margin", min(falls), 0.0))
