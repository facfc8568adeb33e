"""A model version loaded beside the one that serves, for as long as somebody looks at it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from classifier.inference import instance
from classifier.inference.service import ClassifierService
from classifier.models import ModelVersion
from classifier.process.memory import release_freed_memory, resident_bytes


@contextmanager
def loaded_alone(version: ModelVersion) -> Iterator[tuple[ClassifierService, float]]:
    """Within, the version's service, and how much the process grew by it, in MiB. Raises ModelError.

    In a server that has other work, the process may have grown or shrunk by that meanwhile.
    """
    if instance.current() is None:
        instance.load(version.folder).close()  # the first brings its runtime along, which is no part of the model
    gc.collect()
    release_freed_memory()
    before = resident_bytes()
    service = instance.load(version.folder)
    try:
        yield service, max(0.0, (resident_bytes() - before) / 2**20)
    finally:
        service.close()
