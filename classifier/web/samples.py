"""Pictures for whoever has no photo at hand; tools/sample_pictures.py drew them."""

from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STATIC = Path(__file__).resolve().parent.parent / "static"


@dataclass(frozen=True, slots=True)
class Sample:
    """One picture; `title` says what it shows."""

    name: str
    title: str | Promise

    @property
    def static_path(self) -> str:
        return f"classifier/samples/{self.name}.jpg"

    def as_upload(self) -> SimpleUploadedFile:
        """The file as if a browser had sent it."""
        data = (STATIC / self.static_path).read_bytes()
        return SimpleUploadedFile(f"{self.name}.jpg", data, content_type="image/jpeg")


SAMPLES = {
    sample.name: sample
    for sample in (
        Sample("apple", _("A green apple")),
        Sample("ball", _("A tennis ball")),
        Sample("lemons", _("Two lemons")),
    )
}
