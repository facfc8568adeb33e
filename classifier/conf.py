"""The application's settings, typed, read when asked for."""

from pathlib import Path
from typing import Generic, TypeVar, overload

from django.conf import settings

T = TypeVar("T")
LEASE_FACTOR = 3
"""Of an upload's time, waiting and the network are bounded by settings; receiving, decoding and storing are not."""


class _Setting(Generic[T]):
    """The Django setting `CLASSIFIER_<NAME>`."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"CLASSIFIER_{name.upper()}"

    @overload
    def __get__(self, instance: None, owner: type) -> "_Setting[T]": ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> "_Setting[T] | T":
        if instance is None:
            return self
        value: T = getattr(settings, self._name)
        return value


class Conf:
    """Each limit has its unit in its name; defaults are in `classifier_project/settings.py`."""

    engine = _Setting[str]()
    precision = _Setting[str]()
    top_k = _Setting[int]()
    max_upload_bytes = _Setting[int]()
    max_image_pixels = _Setting[int]()
    max_concurrent_photos = _Setting[int]()
    max_waiting_photos = _Setting[int]()
    min_free_bytes = _Setting[int]()
    inference_timeout_s = _Setting[float]()
    queue_timeout_s = _Setting[float]()
    registration_open = _Setting[bool]()
    token_ttl_days = _Setting[int]()
    uploads_per_minute = _Setting[int]()
    login_failures_per_5_minutes = _Setting[int]()
    registrations_per_hour = _Setting[int]()
    password_resets_per_hour = _Setting[int]()
    keep_originals = _Setting[bool]()
    x_accel_prefix = _Setting[str]()
    metrics_public = _Setting[bool]()
    max_photos_per_user = _Setting[int]()
    max_bytes_per_user = _Setting[int]()
    history_page_size = _Setting[int]()

    @property
    def models_dir(self) -> Path:
        return Path(settings.DATA_DIR) / "models"

    @property
    def max_request_bytes(self) -> int:
        """A photo, and what Django accepts beside it: form fields, or JSON around it."""
        return self.max_upload_bytes + settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    @property
    def upload_lease_s(self) -> float:
        """How long an upload may take; what is older belongs to a process that died."""
        return LEASE_FACTOR * (self.queue_timeout_s + self.inference_timeout_s)


conf = Conf()
