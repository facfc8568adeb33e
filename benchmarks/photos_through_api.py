"""How often networks with ImageNet's weights are right about real photos, sent to a real server."""

from pathlib import Path

from benchmarks.live.server import running
from benchmarks.models import EFFICIENTNET_LITE0, MOBILENET_V2, available
from benchmarks.results import parser_of, verdict, write_result
from benchmarks.samples import labelled_photos
from classifier.inference.images.decoding import decode_image
from classifier.inference.service import ClassifierService

LEAST_RIGHT = 39


def main() -> None:
    options = parser_of("photos_through_api", __doc__).parse_args()
    photos = list(labelled_photos())
    if not photos:
        print("photos through the API: skipped, their data is not here")
        return
    figures = {model: measure(model, folder, photos) for model, folder in available([EFFICIENTNET_LITE0, MOBILENET_V2])}
    if options.save:
        write_result("photos_through_api", figures)


def measure(model: str, folder: Path, photos: list[tuple[bytes, str]]) -> dict[str, float]:
    """For how many photos the server is right, and its largest difference from Keras on the whole decode."""
    keras = ClassifierService.open(folder, engine="keras")
    right, differences = 0, []
    with running(model=folder) as server:
        for photo, wnid in photos:
            best = server.upload(photo).json()["top"][0]
            reference = keras.classify(decode_image(photo), top_k=1).top[0]
            right += best["wnid"] == wnid
            differences.append(abs(best["probability"] - reference.probability))
    print(
        f"{verdict(is_kept=right >= LEAST_RIGHT)} {model}, photos through the API: top-1 right for {right} of "
        f"{len(photos)}, probabilities differ from Keras on the whole decode by at most {max(differences):.4f}"
    )
    return {"right": right, "photos": len(photos), "difference": max(differences)}


if __name__ == "__main__":
    main()
