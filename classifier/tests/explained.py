"""A stored photo whose model can tell what speaks for its labels, for tests that have another model serve."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User

from classifier.inference import instance
from classifier.model_registry import versions
from classifier.models import ModelVersion, Prediction
from classifier.storage.photos import write_files
from classifier.storage.removal import remove_files
from classifier.tests.examples import build_places_model, jpeg


@contextmanager
def places_serving() -> Iterator[ModelVersion]:
    """Within, the network of `build_places_model` serves; afterwards, the one before."""
    before = versions.active()
    with tempfile.TemporaryDirectory() as folder:
        version = versions.register(build_places_model(Path(folder)))
        versions.activate(version)
        yield version
        instance.reset()
    if before:
        versions.activate(before)


@contextmanager
def explained(owner: User, **fields: Any) -> Iterator[Prediction]:
    """Within, there is a red photo, and the model that said so serves."""
    with places_serving() as version:
        row = Prediction(owner=owner, model_version=version, label="red", probability=0.9, top=[], **fields)
        row.width, row.height, row.byte_size, row.content_type = 64, 48, 1, "image/jpeg"
        row.decode_ms = row.preprocess_ms = row.inference_ms = 0.0
        write_files(row, jpeg(), jpeg())
        row.save(force_insert=True)
        yield row
        remove_files(row.file_names)
        row.delete()
        version.delete()
