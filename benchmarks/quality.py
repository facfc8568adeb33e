"""How many good photos are called bad, and how many bad ones are found, made from good ones step by step."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from benchmarks.imagenet_photos import KNOWN, UNKNOWN, LabelledPhoto, known_photos, unknown_photos
from benchmarks.models import EFFICIENTNET_LITE0, available
from benchmarks.results import Promise, parser_of, write_result
from classifier.inference.images.decoding import decode_image
from classifier.inference.images.quality import assess_quality
from classifier.inference.images.renditions import THUMBNAIL_PX, decoding_side_px, scaled_to_thumbnail
from classifier.inference.service import ClassifierService
from classifier.inference.types import ImageFacts, Quality

MOST_FALSE_ALARMS, LEAST_FOUND, MOST_CPU_MS = 0.02, 0.90, 0.3
RUNS = 5
Change = Callable[[Image.Image], Image.Image]


@dataclass(frozen=True, slots=True)
class Step:
    """A way to spoil a photo; `is_promised` for what must be found."""

    code: str
    name: str
    spoil: Change
    is_promised: bool = False


def main() -> None:
    parser = parser_of("quality", __doc__)
    parser.add_argument("--photos", nargs="+", type=Path, default=[KNOWN], help="named, or in folders named, by wnid")
    parser.add_argument("--more", type=Path, default=UNKNOWN, help="more good photos, of anything")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="spoil every Nth photo alone")
    options = parser.parse_args()
    known, more = known_photos(options.photos), unknown_photos(options.more)
    if not known or not more:
        print("quality: skipped, the photos are not here")
        return
    alarms = false_alarms([*known, *more])
    service = next((ClassifierService.open(folder) for _, folder in available([EFFICIENTNET_LITE0])), None)
    found = [find(step, known[:: options.every], service) for step in steps()]
    cost_ms = cpu_ms([*known, *more])
    print(Promise(f"quality: ms of CPU a photo, the least of {RUNS} rounds", cost_ms, MOST_CPU_MS, at_most=True))
    if options.save:
        write_result(
            "quality", {"photos": len(known) + len(more), "false_alarms": alarms, "cpu_ms": cost_ms, "found": found}
        )


def steps() -> list[Step]:
    """From hardly visible to hopeless; lengths are in pixels of a thumbnail."""
    return [
        *(Step("blurred", f"blurred by {px}", partial(blurred, px=px), px >= 1.5) for px in (0.5, 1, 1.5, 2, 4)),
        *(Step("blurred", f"moved by {px}", partial(moved, px=px)) for px in (4, 8, 16)),
        *(Step("dark", f"light times {part}", partial(lit, part=part), part <= 0.3) for part in (0.5, 0.3, 0.2, 0.1)),
        *(Step("bright", f"light times {part}", partial(lit, part=part), part >= 8) for part in (1.5, 2, 3, 5, 8)),
        *(Step("bright", f"{part:.0%} fog", partial(fogged, part=part), part >= 0.75) for part in (0.5, 0.75, 0.9)),
        *(Step("too_small", f"{px} px", partial(shrunk, px=px), px < 96) for px in (128, 96, 64, 48, 32)),
    ]


def blurred(image: Image.Image, px: float) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(px * max(image.size) / THUMBNAIL_PX))


def moved(image: Image.Image, px: int) -> Image.Image:
    """Each pixel is the mean of a row of them."""
    length = max(2, round(px * max(image.size) / THUMBNAIL_PX))
    pixels = np.pad(np.asarray(image, np.float32), ((0, 0), (length, 0), (0, 0)), mode="edge").cumsum(axis=1)
    return Image.fromarray(((pixels[:, length:] - pixels[:, :-length]) / length).clip(0, 255).astype(np.uint8))


def lit(image: Image.Image, part: float) -> Image.Image:
    return ImageEnhance.Brightness(image).enhance(part)


def fogged(image: Image.Image, part: float) -> Image.Image:
    return Image.blend(image, Image.new("RGB", image.size, "white"), part)


def shrunk(image: Image.Image, px: int) -> Image.Image:
    scale = px / min(image.size)
    return image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BOX)


def decoded(photo: LabelledPhoto) -> Image.Image:
    return decode_image(photo.path.read_bytes(), shorter_side_px=decoding_side_px(256))


def quality_of(image: Image.Image) -> Quality:
    return assess_quality(scaled_to_thumbnail(image), ImageFacts("image/jpeg", *image.size))


def false_alarms(photos: Sequence[LabelledPhoto]) -> dict[str, float]:
    counts = Counter[str]()
    for photo in photos:
        codes = quality_of(decoded(photo)).codes
        counts.update(codes)
        counts["any"] += bool(codes)
    parts = {code: count / len(photos) for code, count in counts.items()}
    each = ", ".join(f"{code} {count}" for code, count in counts.items() if code != "any")
    print(
        f"{Promise('quality: part of good photos called bad', parts.get('any', 0.0), MOST_FALSE_ALARMS, at_most=True)}"
        f" (of {len(photos)}: {each or 'none'})"
    )
    return parts


def find(step: Step, photos: Sequence[LabelledPhoto], service: ClassifierService | None) -> dict[str, object]:
    """The part of spoiled photos with the step's code, and the part that the network still names right."""
    found = right = 0
    for photo in photos:
        spoiled = step.spoil(decoded(photo))
        found += step.code in quality_of(spoiled).codes
        right += service is not None and service.classify(spoiled, top_k=1).top[0].wnid == photo.wnid
    part = found / len(photos)
    said = Promise(f"quality: {step.code} found, {step.name}", part, LEAST_FOUND) if step.is_promised else None
    print(
        said or f"       quality: {step.code} found, {step.name}: {part:.2f}",
        f"(named right: {right / len(photos):.2f})" if service else "",
    )
    return {"code": step.code, "step": step.name, "found": part, "right": right / len(photos) if service else None}


def cpu_ms(photos: Sequence[LabelledPhoto]) -> float:
    """Of one photo; its thumbnail is made anyway."""
    thumbnails = [scaled_to_thumbnail(decoded(photo)) for photo in photos[:: max(1, len(photos) // 100)]]
    facts = ImageFacts("image/jpeg", 4000, 3000)
    rounds = []
    for _ in range(RUNS):
        began = time.thread_time()
        for small in thumbnails:
            assess_quality(small, facts)
        rounds.append((time.thread_time() - began) * 1000 / len(thumbnails))
    return min(rounds)


if __name__ == "__main__":
    main()
