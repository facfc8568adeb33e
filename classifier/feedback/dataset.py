"""What photos show, by what people said of them: for training here, and as folders for training elsewhere."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db.models import QuerySet

from classifier.errors import ClassifierError, ImageError
from classifier.inference.images.decoding import decode_image
from classifier.inference.images.renditions import COPY_SIDE_PX, make_copy
from classifier.inference.labels.names import spelt
from classifier.inference.types import Label
from classifier.models import Feedback, Prediction

PAGE = 500
"""Rows read at once."""
NO_FOLDER_NAMES = str.maketrans({"/": "∕", "\\": "∖", "\0": None})
"""What a folder's name may not have, and the signs that look like it."""
LONGEST_FOLDER_NAME_BYTES = 255
"""Of common file systems; a label may have more."""


class ExportError(ClassifierError):
    """A data set that cannot be written."""


@dataclass(frozen=True, slots=True)
class Exported:
    """How many photos of how many classes were written, and why others were not, by their predictions."""

    photos: int
    classes: int
    rejected: tuple[tuple[str, str], ...]


def named() -> QuerySet[Feedback]:
    """All feedback that says what its photo shows, the oldest first, with photos that are there."""
    rows = Feedback.objects.exclude(label="").filter(prediction__photo_lost=False)
    return rows.select_related("prediction").order_by("at", "pk")


def key_of(label: Label) -> str:
    """The same for all spellings of a class."""
    return label.wnid or spelt(label.name)


def export_dataset(folder: Path, *, on_photo: Callable[[int], None] = lambda _: None) -> Exported:
    """Writes each photo of which it was said what it shows into `folder/<class>/`, which `train_model` takes.

    They are upright copies of at most 1600 pixels, without metadata: where photos were taken is their owners' matter.
    Raises ExportError when the folder is not empty, or nothing is to be written; OSError.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(f"{folder} is there already, and not empty. Give a new folder.")
    if not named().exists():
        raise ExportError("Of no photo was it said yet what it shows: confirm or correct answers first.")
    names: dict[str, str] = {}
    rejected: list[tuple[str, str]] = []
    photos = 0
    for feedback in _by_pages():
        label = Label(feedback.wnid, feedback.label)
        if (key := key_of(label)) not in names:
            names[key] = _folder_name(label, taken=names.values())
        class_folder = folder / names[key]
        reason = _write(feedback.prediction, class_folder)
        rejected += [(str(feedback.pk), reason)] if reason else []
        photos += not reason
        on_photo(1)
    return Exported(photos, len(list(folder.iterdir())) if folder.exists() else 0, tuple(rejected))


def _by_pages() -> Iterator[Feedback]:
    keys = list(named().values_list("prediction", flat=True))
    for start in range(0, len(keys), PAGE):
        yield from named().filter(prediction__in=keys[start : start + PAGE])


def _folder_name(label: Label, *, taken: Collection[str]) -> str:
    """A wnid tells `train_model` the class; names of one's own are kept but for what no folder may be called, and for
    an end that is too long, which is another for each class."""
    name = label.wnid or label.name.translate(NO_FOLDER_NAMES)
    name = f"_{name}" if name.startswith(".") else name
    if len(name.encode()) <= LONGEST_FOLDER_NAME_BYTES:
        return name
    ends = ("…", *(f"… {number}" for number in range(2, len(taken) + 3)))
    return next(cut for end in ends if (cut := _cut(name, end)) not in taken)


def _cut(name: str, end: str) -> str:
    """As many of a name's first characters as there is room for before another end."""
    kept = name.encode()[: LONGEST_FOLDER_NAME_BYTES - len(end.encode())]
    return kept.decode(errors="ignore") + end


def _write(prediction: Prediction, folder: Path) -> str:
    """Why the photo could not be written, or nothing."""
    try:
        with prediction.image.open("rb") as file:
            copy = make_copy(decode_image(file.read(), shorter_side_px=COPY_SIDE_PX))
    except (ImageError, FileNotFoundError) as error:
        return str(error)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{prediction.pk}.jpg").write_bytes(copy)
    return ""
