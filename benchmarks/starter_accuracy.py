"""How often the bundled starter model is right, measured through the path that serves: bytes in, labels out."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.results import ROOT, write_result
from classifier.inference.images.decoding import decode_image
from classifier.inference.images.renditions import decoding_side_px
from classifier.inference.service import ClassifierService

STARTER = ROOT / "classifier/starter/model"
SHARED_DATA = ROOT.parent / "shared/data"

Example = tuple[str, bytes]
"""The true class' wnid and the photo's bytes."""


def main() -> None:
    service = ClassifierService.open(STARTER)
    for name, examples in (
        ("validation images", validation_images()),
        ("whole photos", whole_photos(service)),
    ):
        ranks = [rank(service, wnid, data) for wnid, data in examples]
        if not ranks:
            print(f"starter, {name}: skipped, its data is not here")
            continue
        top_1, top_5 = (sum(r < k for r in ranks) / len(ranks) for k in (1, 5))
        print(f"starter, {name}: top-1 {top_1:.1%}, top-5 {top_5:.1%} of {len(ranks)}")
        write_result(
            f"starter_accuracy_{name.replace(' ', '_')}",
            {"photos": len(ranks), "top_1": top_1, "top_5": top_5},
        )


def rank(service: ClassifierService, wnid: str, data: bytes) -> int:
    """The place of the true class in the answer, 0 the best; 5 when it is not among the five best."""
    image = decode_image(data, shorter_side_px=decoding_side_px(service.shorter_side_px))
    answers = [scored.wnid for scored in service.classify(image, top_k=5).top]
    return answers.index(wnid) if wnid in answers else 5


def validation_images() -> Iterator[Example]:
    """Tiny ImageNet validation images of 64 px, in folders named by synset; never trained on."""
    archive = SHARED_DATA / "starter_eval.zip"
    if not archive.exists():
        return
    with zipfile.ZipFile(archive) as images:
        for name in images.namelist():
            if not name.endswith("/"):
                yield Path(name).parts[-2], io.BytesIO(images.read(name)).getvalue()


def whole_photos(service: ClassifierService) -> Iterable[Example]:
    """The listed photos of ordinary size whose class the starter knows."""
    listing = SHARED_DATA / "photos/labels.tsv"
    if not listing.exists():
        return
    known = {label.wnid for label in service.labels}
    with listing.open(newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["wnid"] in known:
                yield row["wnid"], (listing.parent / row["file"]).read_bytes()


if __name__ == "__main__":
    main()
