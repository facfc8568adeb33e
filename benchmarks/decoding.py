"""What a large JPEG costs when it is decoded at a reduced size, and whether that changes any answer."""

import io
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median

from PIL import Image

from benchmarks import samples
from benchmarks.models import EFFICIENTNET_LITE0, MOBILENET_V2, available
from benchmarks.results import parser_of, verdict, write_result
from benchmarks.samples import SHARED_DATA
from classifier.inference.images.decoding import decode_image
from classifier.inference.images.renditions import decoding_side_px
from classifier.inference.preprocessing import RESNET50, kept_side_px, preprocess_image
from classifier.inference.service import ClassifierService
from classifier.process.memory import limit_malloc_cache

RUNS = 15
ALLOWED_PART = 0.45
SAME_PART = 0.97
"""Of the answers, how many stay the same: a photo between two labels may fall to the other side."""
LARGE_PX = 4032
TRAINED = (EFFICIENTNET_LITE0, MOBILENET_V2)
"""Networks whose answers mean something: ResNet-50 may have random weights here."""


def main() -> None:
    options = parser_of("decoding", __doc__).parse_args()
    limit_malloc_cache()  # as the server decodes: else luck decides whether a full picture's memory is fetched anew
    figures: dict[str, object] = {name: cost(name, data) for name, data in large_photos()}
    photos = samples.real_photos()
    for name, folder in available(TRAINED) if photos else ():
        service = ClassifierService.open(folder)
        for kind, examples in (("as they are", map(Path.read_bytes, photos)), ("enlarged to 12 Mpx", enlarged(photos))):
            same = count_same(service, examples)
            kept = verdict(is_kept=same >= SAME_PART * len(photos))
            print(f"{kept} {name}, photos {kind}: the same best label for {same} of {len(photos)}")
            figures[f"{name}, {kind}"] = {"same": same, "photos": len(photos)}
    if options.save:
        write_result("decoding", figures)


def large_photos() -> Iterator[tuple[str, bytes]]:
    """12 megapixels each; how many bytes they are says how long the part takes that no reduction spares."""
    yield "grainy, 2.4 MB", samples.photo("12mpx").read_bytes()
    smooth = SHARED_DATA / "uploads/12mp.jpg"
    if smooth.exists():
        yield "smooth, 0.7 MB", smooth.read_bytes()


def cost(name: str, data: bytes) -> dict[str, float]:
    """Milliseconds of CPU of a full decode, with and without preprocessing, and of a reduced one with it."""
    needed_px = decoding_side_px(kept_side_px(RESNET50))
    full_ms, preprocessed_ms, reduced_ms = alternating_cpu_ms(
        lambda: decode_image(data),
        lambda: preprocess_image(decode_image(data)),
        lambda: preprocess_image(decode_image(data, shorter_side_px=needed_px)),
    )
    part = reduced_ms / full_ms
    print(
        f"{verdict(is_kept=part <= ALLOWED_PART)} 12-Mpx JPEG, {name}: reduced decode + preprocess "
        f"{reduced_ms:.1f} ms of CPU, full decode {full_ms:.1f} ms: {part:.2f} ≤ {ALLOWED_PART}; "
        f"with preprocessing {preprocessed_ms:.1f} ms: {reduced_ms / preprocessed_ms:.2f} (medians of {RUNS})"
    )
    return {"reduced_ms": reduced_ms, "full_ms": full_ms, "full_with_preprocess_ms": preprocessed_ms, "part": part}


def alternating_cpu_ms(*calls: Callable[[], object]) -> list[float]:
    """The median CPU time of each call; every round has all, so that a busy moment of the machine meets all."""
    times_ms: list[list[float]] = [[] for _ in calls]
    for _ in range(RUNS):
        for call, times in zip(calls, times_ms, strict=True):
            start = time.thread_time()
            call()
            times.append((time.thread_time() - start) * 1000)
    return [median(times) for times in times_ms]


def count_same(service: ClassifierService, examples: Iterable[bytes]) -> int:
    """For how many photos the best label is the same, decoded whole and as the server does it."""
    count = 0
    for data in examples:
        full = service.classify(decode_image(data)).top[0]
        reduced = service.classify(decode_image(data, shorter_side_px=decoding_side_px(service.shorter_side_px))).top[0]
        count += (full.wnid, full.label) == (reduced.wnid, reduced.label)
    return count


def enlarged(photos: Iterable[Path]) -> Iterator[bytes]:
    """The photos as a phone would send them: reduction has nothing to do on small ones."""
    for path in photos:
        image = Image.open(path).convert("RGB")
        scale = LARGE_PX / max(image.size)
        file = io.BytesIO()
        image.resize((round(image.width * scale), round(image.height * scale))).save(file, "JPEG", quality=90)
        yield file.getvalue()


if __name__ == "__main__":
    main()
