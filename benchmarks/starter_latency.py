"""What one prediction of the starter costs beyond decoding, on a 1024-px photo."""

import io
import statistics
import time
from collections.abc import Callable

import numpy as np
from PIL import Image

from benchmarks.results import write_result
from benchmarks.starter_accuracy import STARTER
from classifier.inference.images.decoding import decode_image
from classifier.inference.images.renditions import decoding_side_px
from classifier.inference.service import ClassifierService

RUNS = 200


def main() -> None:
    service = ClassifierService.open(STARTER)
    data = photo(1024, 768)
    side_px = decoding_side_px(service.shorter_side_px)
    decoded = decode_image(data, shorter_side_px=side_px)
    decode_ms = median_ms(lambda: decode_image(data, shorter_side_px=side_px))
    predict_ms = median_ms(lambda: service.classify(decoded))
    print(f"starter, 1024-px photo: decode {decode_ms:.2f} ms, preprocess + predict {predict_ms:.2f} ms (medians)")
    write_result("starter_latency", {"decode_ms": decode_ms, "predict_ms": predict_ms, "runs": RUNS})


def photo(width: int, height: int) -> bytes:
    """A JPEG with the detail of a photo: smooth shapes and some grain."""
    random = np.random.default_rng(0)
    coarse = Image.fromarray(random.integers(0, 255, (12, 16, 3), np.uint8)).resize(
        (width, height), Image.Resampling.BICUBIC
    )
    grain = random.normal(0, 6, (height, width, 1))
    file = io.BytesIO()
    Image.fromarray(np.clip(np.asarray(coarse) + grain, 0, 255).astype(np.uint8)).save(file, "JPEG", quality=88)
    return file.getvalue()


def median_ms(call: Callable[[], object]) -> float:
    """The median wall time of `RUNS` calls, in milliseconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
