"""What of a server goes into a tar: stored photos, what else lies in their folder, models."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone

from classifier.conf import conf
from classifier.storage.backup import manifest
from classifier.storage.photos import photo_storage

MEDIA, MODELS = "media", "models"


class Packing:
    """A tar that is being written; it counts the files under media/."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive
        self.files = 0

    def add_stored(self, name: str) -> bool:
        """Adds a stored file by its name there; False when it is not there."""
        try:
            with photo_storage().open(name, "rb") as file:
                entry = tarfile.TarInfo(f"{MEDIA}/{name}")
                entry.size, entry.mtime, entry.mode = file.size, int(timezone.now().timestamp()), 0o600
                self._archive.addfile(entry, file)
        except FileNotFoundError:
            return False
        self.files += 1
        return True

    def add_media_root(self) -> None:
        """What lies beside the folders of photos, such as the mark of whose folder it is; no folders."""
        try:
            _, names = photo_storage().listdir("")
        except FileNotFoundError:
            return
        for name in sorted(names):
            self.add_stored(name)

    def add_models(self) -> None:
        """Links are followed: the restored server needs no other folder than its own."""
        for folder in _models():
            self._archive.add(folder, f"{MODELS}/{folder.name}", filter=_plain)

    def add_file(self, path: Path, name: str) -> None:
        self._archive.add(path, name)

    def add_manifest(self, path: Path, facts: manifest.Manifest) -> None:
        """The last of all."""
        path.write_text(facts.write())
        self._archive.add(path, manifest.NAME)


def _models() -> Iterator[Path]:
    """The folders in DATA_DIR/models, but for those being installed."""
    if conf.models_dir.is_dir():
        yield from sorted(path for path in conf.models_dir.iterdir() if not path.name.startswith("."))


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return entry if entry.isfile() or entry.isdir() else None
