"""What clients call their photos, for people to read; no file is ever named after it."""

from classifier.models import Prediction

LONGEST = Prediction._meta.get_field("filename").max_length or 0


def shown_name(name: str) -> str:
    """The name without folders and without characters that cannot be seen, which could hide or turn others.

    Of one that is too long, the end is cut but for its extension.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(filter(str.isprintable, last)).strip()
    if len(visible) <= LONGEST:
        return visible
    stem, dot, extension = visible.rpartition(".")
    ending = f"…{dot}{extension}" if stem and len(extension) <= 5 else "…"
    return visible[: LONGEST - len(ending)] + ending
