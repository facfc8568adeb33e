"""How far a phone's answers are from the server's, on real photos: agreement, difference and size.

With a Dart program in the PATH, or named by `--dart`, the app's own code prepares the photos; else the server's does.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.imagenet_photos import KNOWN, UNKNOWN, known_photos, unknown_photos
from benchmarks.models import EFFICIENTNET_LITE0, MOBILENET_V2, available
from benchmarks.phone_pixels import decoded_as_on_phones, prepared_by_app
from benchmarks.results import Promise, parser_of, write_result
from classifier.inference.engines import open_engine
from classifier.inference.images.decoding import decode_image
from classifier.inference.packaging import on_device
from classifier.inference.packaging.folders import ON_DEVICE_FILE
from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.packaging.probes import parity_of
from classifier.inference.preprocessing import kept_side_px, preprocess_image
from classifier.inference.types import Parity, Pixels, Preprocessing

LEAST_AGREEMENT_PERCENT = 99.5
PHOTOS = 200
NETWORKS = (EFFICIENTNET_LITE0, MOBILENET_V2)


def main() -> None:
    parser = parser_of("on_phones", __doc__)
    parser.add_argument("--photos", nargs="+", type=Path, help="folders of any photos; else those beside the project")
    parser.add_argument("--model", nargs="+", choices=NETWORKS, default=list(NETWORKS), help="which are measured")
    parser.add_argument("--count", type=int, default=PHOTOS, help="how many of them, evenly chosen")
    parser.add_argument("--dart", default=shutil.which("dart"), help="what runs a Dart program")
    options = parser.parse_args()
    photos = chosen(options.photos, options.count)
    if not photos:
        print("on_phones: skipped, the photos are not here")
        return
    figures = {model: measure(model, folder, photos, options.dart) for model, folder in available(options.model)}
    if options.save:
        write_result("on_phones", figures)


def chosen(folders: Sequence[Path] | None, count: int) -> list[Path]:
    """All photos of one ImageNet class each and others to fill up, or `count` of those below `folders`."""
    if folders:
        return _spread([photo.path for folder in folders for photo in unknown_photos(folder)], count)
    known = [photo.path for photo in known_photos([KNOWN])][:count]
    return known + _spread([photo.path for photo in unknown_photos(UNKNOWN)], count - len(known))


def measure(model: str, folder: Path, photos: list[Path], dart: str | None) -> dict[str, float]:
    """Prints a line for each way to the pixels, the server's and a phone's."""
    facts = on_device.make(folder)
    if facts is None:
        print(f"{model}: skipped, it has no form for phones")
        return {}
    spec = read_manifest(folder).preprocessing
    pixels = scaled(photos, spec)
    images = [decoded_as_on_phones(photo, spec) for photo in photos]
    own = prepared_by_app(images, spec, dart) if dart else np.stack([preprocess_image(image, spec) for image in images])
    engine = open_engine("openvino", folder, spec)
    server = np.concatenate([engine.predict(one[None]) for one in pixels])
    engine.close()
    file = folder / ON_DEVICE_FILE
    network, phone = (parity_of(on_device.run(file, given), server) for given in (pixels, own))
    print(f"{model}: {facts.bytes / 1e6:.1f} MB in {facts.precision}, {len(photos)} photos")
    for name, parity in (("the server's pixels", network), ("the app's" if dart else "a phone's", phone)):
        print(promise(model, name, parity), f" differ by at most {parity.max_difference:.4f}", flush=True)
    return {
        "photos": len(photos),
        "bytes": facts.bytes,
        "agreement": network.top_1_agreement,
        "difference": network.max_difference,
        "agreement_on_phones": phone.top_1_agreement,
        "difference_on_phones": phone.max_difference,
    }


def promise(model: str, pixels: str, parity: Parity) -> Promise:
    """That the best label is the server's, for nearly all photos."""
    return Promise(f"{model}, {pixels}: top-1 agrees, %", 100 * parity.top_1_agreement, LEAST_AGREEMENT_PERCENT)


def scaled(photos: list[Path], spec: Preprocessing) -> Pixels:
    """The photos as the server prepares them, `(N, H, W, 3)`."""
    images = (decode_image(photo.read_bytes(), shorter_side_px=kept_side_px(spec)) for photo in photos)
    return np.stack([preprocess_image(image, spec) for image in images])


def _spread(photos: list[Path], count: int) -> list[Path]:
    if len(photos) <= count:
        return photos
    return [photos[i * len(photos) // count] for i in range(count)]


if __name__ == "__main__":
    main()
