"""What corrections are worth: a simulated operator, 20 kinds of groceries that the network has no names for.

Each of the 40 photos of ImageNet's classes is judged by a model that was learnt without it: one half is confirmed while
the other is judged, and the other way round.
"""

import os
from typing import Any

import django

from benchmarks.models import EFFICIENTNET_LITE0, available
from benchmarks.results import parser_of, write_result

PARTS = ("curve", "mistakes", "rounds")


def main() -> None:
    parser = parser_of("learning", __doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="which parts are measured")
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "classifier_project.settings")
    django.setup()
    from benchmarks.learning_curve import measure_curve, measure_mistakes
    from benchmarks.learning_photos import GROCERY, groceries, old_photos
    from benchmarks.learning_rounds import measure_rounds

    models = dict(available([EFFICIENTNET_LITE0]))
    if not GROCERY.is_dir() or not models:
        print("learning: skipped, its data is not here")
        return
    folder = models[EFFICIENTNET_LITE0]
    figures: dict[str, Any] = {}
    if "curve" in options.only:
        figures |= measure_curve(folder)
    if "mistakes" in options.only:
        figures |= measure_mistakes(folder)
    if "rounds" in options.only:
        figures |= measure_rounds(folder, rounds=options.rounds, groceries=groceries("train"), old=old_photos())
    if options.save:
        write_result("learning", figures)


if __name__ == "__main__":
    main()
