"""What speaks for a label: what it costs, and whether a map adds up to the logit that the network itself computes."""

import json
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import samples
from benchmarks.live.server import PREDICTIONS, LiveServer, running
from benchmarks.models import EFFICIENTNET_LITE0, MOBILENET_V2, available
from benchmarks.results import parser_of, verdict, write_result
from benchmarks.samples import SHARED_DATA
from classifier.inference.engines.pooled_end import find_pooled_end
from classifier.inference.images.decoding import decode_image
from classifier.inference.openvino_runtime import core, ov
from classifier.inference.preprocessing import preprocess_image
from classifier.inference.service import ClassifierService

PHOTOS, ROUNDS = 50, 3
RUNS, PHOTOS_A_RUN = 100, 5
LARGEST_DIFFERENCE, MOST_TIMES, MOST_OF_OUTPUT = 1e-4, 1.5, 1.03


def main() -> None:
    options = parser_of("explanations", __doc__).parse_args()
    photos = list(islice(some_photos(), PHOTOS))
    if not photos:
        print("explanations: skipped, their photos are not here")
        return
    figures = {}
    for name, folder in available([EFFICIENTNET_LITE0, MOBILENET_V2]):
        figures[name] = {
            **exactness(name, folder, photos),
            **cost(name, folder, photos),
            **cost_of_output(name, folder),
        }
    if options.save:
        write_result("explanations", figures)


def some_photos() -> Iterator[bytes]:
    """Photos of known classes, and of groceries when these are too few."""
    for path in (*samples.real_photos(), *sorted((SHARED_DATA / "grocery/test").rglob("*.jpg"))):
        yield path.read_bytes()


def exactness(name: str, folder: Path, photos: list[bytes]) -> dict[str, float]:
    """How far `mean of the map + bias` is from the logits that the network itself computes, for each of five labels."""
    service = ClassifierService.open(folder)
    logits_of = network_logits(folder)
    differences = []
    for photo in photos:
        image = decode_image(photo, shorter_side_px=service.shorter_side_px)
        logits = logits_of(preprocess_image(image, service.manifest.preprocessing))
        for index in np.argsort(-logits)[:5]:
            found = service.explain(image, int(index))
            differences.append(abs(float(found.grid.mean()) + found.bias - float(logits[index])))
    largest = max(differences)
    print(
        f"{verdict(is_kept=largest <= LARGEST_DIFFERENCE)} {name}: mean(map) + bias is the network's logit within "
        f"{largest:.1e} for the five best labels of {len(photos)} photos"
    )
    return {"photos": len(photos), "largest_difference": largest}


def network_logits(folder: Path) -> Any:
    """The network up to its softmax, read anew: it knows nothing of maps."""
    model = core.read_model(folder / "model.xml")
    softmax = model.get_results()[0].input_value(0).get_node()
    logits = ov.Model([softmax.input_value(0)], model.get_parameters(), "logits")
    compiled = core.compile_model(logits, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})

    def of(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(compiled(pixels[None])[0][0], np.float32)

    return of


def cost(name: str, folder: Path, photos: list[bytes]) -> dict[str, float]:
    """Milliseconds until a server has answered an upload, and what speaks for its label: medians, in turn."""
    with running(model=folder) as server:
        times = [both(server, photo) for _ in range(ROUNDS) for photo in photos]
    upload_ms, picture_ms, figures_ms = (median(column) * 1000 for column in zip(*times, strict=True))
    dearest = max(picture_ms, figures_ms) / upload_ms
    print(
        f"{verdict(is_kept=dearest <= MOST_TIMES)} {name}: why takes {picture_ms:.1f} ms as a picture and "
        f"{figures_ms:.1f} ms in figures, an upload {upload_ms:.1f} ms: {dearest:.2f} ≤ {MOST_TIMES} times"
    )
    return {"upload_ms": upload_ms, "picture_ms": picture_ms, "figures_ms": figures_ms}


def cost_of_output(name: str, folder: Path) -> dict[str, float]:
    """Milliseconds of CPU that the network takes for a photo without and with its second output: medians, in turn."""
    without, with_it = (compiled(folder, has_second_output=answer) for answer in (False, True))
    times: dict[Any, list[float]] = {without: [], with_it: []}
    for _ in range(RUNS):
        for request, spent in times.items():
            began = time.process_time()
            for _ in range(PHOTOS_A_RUN):
                request.infer()
            spent.append((time.process_time() - began) / PHOTOS_A_RUN * 1000)
    before_ms, after_ms = median(times[without]), median(times[with_it])
    part = after_ms / before_ms
    print(
        f"{verdict(is_kept=part <= MOST_OF_OUTPUT)} {name}: the second output costs every photo "
        f"{after_ms - before_ms:+.2f} ms of CPU, {before_ms:.2f} without: {part:.3f} ≤ {MOST_OF_OUTPUT} times"
    )
    return {"without_ms": before_ms, "with_ms": after_ms}


def compiled(folder: Path, *, has_second_output: bool) -> Any:
    """A request at the network, as the server compiles it, or without its second output."""
    model = core.read_model(folder / "model.xml")
    end = find_pooled_end(model)
    if has_second_output and end is not None:
        end.add_output(model)
    request = core.compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"}).create_infer_request()
    request.infer()
    return request


def both(server: LiveServer, photo: bytes) -> tuple[float, float, float]:
    """Seconds of an upload, and of its heat map as a picture and in figures."""
    stored = server.upload(photo)
    path = f"{PREDICTIONS}{json.loads(stored.body)['id']}/why/"
    picture = server.request("GET", path)
    figures = server.request("GET", path, headers={"Accept": "application/json"})
    for answer, status in ((stored, 201), (picture, 200), (figures, 200)):
        if answer.status != status:
            raise RuntimeError(answer.body.decode())
    return stored.seconds, picture.seconds, figures.seconds


if __name__ == "__main__":
    main()
