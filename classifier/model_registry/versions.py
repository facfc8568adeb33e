"""The register of installed models: which versions there are, and which one is active."""

import logging
from dataclasses import asdict
from pathlib import Path

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from classifier.conf import conf
from classifier.inference import instance
from classifier.inference.errors import ModelError, UnknownModelError
from classifier.inference.packaging.folders import verify
from classifier.inference.packaging.manifests import read_manifest
from classifier.inference.types import ModelRef
from classifier.models import ModelVersion

logger = logging.getLogger(__name__)
_rows: dict[ModelRef, ModelVersion] = {}


def register(folder: Path) -> ModelVersion:
    """The row of a model folder, made when it is new. Raises BrokenModelFolderError."""
    verify(folder)
    manifest = read_manifest(folder)
    folder, home = folder.resolve(), conf.models_dir.resolve()
    path = folder.relative_to(home) if folder.is_relative_to(home) else folder
    version, _ = ModelVersion.objects.update_or_create(
        name=manifest.name,
        version=manifest.version,
        defaults={"path": str(path), "manifest": asdict(manifest), "load_error": ""},
    )
    return version


def activate(version: ModelVersion) -> None:
    """Makes a version the one that serves, here at once and in every other server when it polls next.

    It is loaded and warmed up first: a version that cannot be raises ModelError, and the one before goes on serving.
    """
    load(version)
    with transaction.atomic():
        ModelVersion.objects.filter(is_active=True).update(is_active=False)
        ModelVersion.objects.filter(pk=version.pk).update(is_active=True, load_error="")
    version.refresh_from_db()


def find(reference: str) -> ModelVersion:
    """The version called `NAME-VERSION`, or the newest called `NAME`. Raises UnknownModelError."""
    name, _, version = reference.rpartition("-")
    found = ModelVersion.objects.filter(name=name, version=version).first()
    found = found or ModelVersion.objects.filter(name=reference).first()
    if found is None:
        known = ", ".join(map(str, ModelVersion.objects.all()[:10])) or "none is installed"
        raise UnknownModelError(f"No model {reference!r}. Installed: {known}.")
    return found


def row_for(ref: ModelRef) -> ModelVersion:
    """The row of the model that answered: looked up once, until a version is written or deleted."""
    row = _rows.get(ref)
    if row is None:
        row = _rows[ref] = ModelVersion.objects.get(name=ref.name, version=ref.version)
    return row


def connect() -> None:
    """Keeps the rows that `row_for` remembers true."""
    post_save.connect(forget_rows, sender=ModelVersion, dispatch_uid="classifier.forget_rows.saved")
    post_delete.connect(forget_rows, sender=ModelVersion, dispatch_uid="classifier.forget_rows.deleted")


def forget_rows(**_: object) -> None:
    _rows.clear()


def active() -> ModelVersion | None:
    """The row of the version that should serve."""
    return ModelVersion.objects.filter(is_active=True).first()


def serve_active() -> None:
    """Makes the active version this process's classifier, if it is not yet. Raises ModelError, keeping the old one."""
    version = active()
    if version is None or _serves(version):
        return
    load(version)
    if version.load_error:
        _record_error(version, "")
    logger.info("%s serves.", version)


def load(version: ModelVersion) -> None:
    """Loads a version and makes it answer; a failure is kept in its row and raised, and the one before stays."""
    try:
        instance.start(version.folder)
    except ModelError as error:
        _record_error(version, str(error))
        raise


def _serves(version: ModelVersion) -> bool:
    service = instance.current()
    return service is not None and service.ref == ModelRef(version.name, version.version)


def _record_error(version: ModelVersion, error: str) -> None:
    ModelVersion.objects.filter(pk=version.pk).update(load_error=error)
    version.load_error = error
