"""What corrections are worth: a simulated operator, 20 kinds of groceries that the network has no names for.

Each of the 40 photos of ImageNet's classes is judged by a model that was learnt without it: one half is confirmed while
the other is judged, and the other way round.
"""

import csv
import os
import sqlite3
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from random import Random
from re import search
from typing import Any

import django

from benchmarks.live.operator import Operator, Shown, right_of
from benchmarks.live.photos import photo
from benchmarks.live.server import LiveServer, running
from benchmarks.models import EFFICIENTNET_LITE0, available
from benchmarks.results import SHARED_DATA, Promise, parser_of, quantile, write_result
from benchmarks.samples import fresh_folder
from classifier.training.evaluation import wilson_interval

GROCERY, PHOTOS, STARTER = SHARED_DATA / "grocery", SHARED_DATA / "photos", SHARED_DATA / "starter_eval.zip"
STAGES = ((10, 2), (20, 5), (20, 20))
"""Kinds, and photos of each. Of one photo a kind nothing can be held out, so nothing is learnt."""
WANTED = {100: 0.82, 400: 0.88}
FOOD = (
    "n07579787", "n07583066", "n07614500", "n07695742", "n07711569", "n07715103", "n07720875", "n07734744", "n07742313",
    "n07747607", "n07749582", "n07753275", "n07753592", "n07768694", "n07717410", "n07718472", "n07714990",
)  # fmt: skip
"""ImageNet's own dishes, fruit and vegetables: the old classes nearest to groceries."""
LONGEST_S, MOST_SLOWER, MOST_POINTS_LOST, LEAST_RIGHT = 90.0, 2.0, 3.0, 39
UPLOADS_EACH_S, CALM_S = 0.25, 20.0
RETRAININGS = "/admin/classifier/retraining/"


def main() -> None:
    parser = parser_of("learning", __doc__)
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args()
    models = dict(available([EFFICIENTNET_LITE0]))
    if not GROCERY.is_dir() or not models:
        print("learning: skipped, its data is not here")
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "classifier_project.settings")
    django.setup()
    from benchmarks.learning_rounds import measure_rounds

    folder = next(iter(models.values()))
    figures = {
        **measure_curve(folder),
        **measure_mistakes(folder),
        **measure_rounds(folder, rounds=options.rounds, groceries=groceries("train"), old=old_photos()),
    }
    if options.save:
        write_result("learning", figures)


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
        Promise("p95 of uploads meanwhile, times that before", clicked["slower"], MOST_SLOWER, True),
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


def click(server: LiveServer) -> dict[str, float]:
    """Seconds from the button in the admin to the end of the run, and how much slower uploads were meanwhile."""
    calm: list[float] = []
    busy: list[float] = []
    with uploading(server, calm):
        time.sleep(CALM_S)
    session = server.make_session(others=0)
    page = server.request("GET", RETRAININGS, headers={"Cookie": f"sessionid={session}"})
    token = search(r'csrfmiddlewaretoken" value="(\w+)"', page.body.decode())
    cookie = search(r"csrftoken=(\w+)", page.headers.get("set-cookie", ""))
    if not token or not cookie:
        raise RuntimeError("The admin shows no form.")
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={session}; csrftoken={cookie[1]}",
    }
    with uploading(server, busy):
        began = time.perf_counter()
        body = f"csrfmiddlewaretoken={token[1]}".encode()
        if server.request("POST", f"{RETRAININGS}start/", body, headers).status != 302:
            raise RuntimeError("The button does nothing.")
        while state_of_newest(server) in ("waiting", "running"):
            time.sleep(0.2)
        seconds = time.perf_counter() - began
    print(f"       from a click: {state_of_newest(server)} after {seconds:.0f} s")
    return {"seconds": seconds, "slower": quantile(busy, 0.95) / quantile(calm, 0.95)}


def state_of_newest(server: LiveServer) -> str:
    with closing(sqlite3.connect(server.database)) as database:
        (state,) = database.execute("SELECT state FROM classifier_retraining ORDER BY id DESC LIMIT 1").fetchone()
    return str(state)


@contextmanager
def uploading(server: LiveServer, seconds: list[float]) -> Iterator[None]:
    """Photos of a telephone meanwhile, one after the other; how long each took."""
    over = threading.Event()

    def send() -> None:
        number = len(seconds)
        while not over.wait(UPLOADS_EACH_S):
            number += 1
            seconds.append(server.upload(photo(number)).seconds)

    thread = threading.Thread(target=send)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


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


def groceries(part: str) -> list[Shown]:
    return [Shown(path, path.parent.name) for path in sorted((GROCERY / part).glob("*/*.jpg"))]


def old_photos() -> list[Shown]:
    """Those of which the class is known."""
    with (PHOTOS / "labels.tsv").open(newline="") as file:
        return [Shown(PHOTOS / row["file"], row["wnid"]) for row in csv.DictReader(file, delimiter="\t")]


def food_photos() -> list[Shown]:
    """Small photos of ImageNet's own food, which are looked at and never learnt from."""
    folder = fresh_folder("starter")
    with zipfile.ZipFile(STARTER) as archive:
        names = [name for name in archive.namelist() if Path(name).parent.name in FOOD and not name.endswith("/")]
        archive.extractall(folder, names)
    return [Shown(folder / name, Path(name).parent.name) for name in sorted(names)]


def labels_of(photos: list[Shown]) -> list[str]:
    return sorted({shown.truth for shown in photos})


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


if __name__ == "__main__":
    main()
