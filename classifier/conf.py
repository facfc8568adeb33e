"""The application's settings, typed, read when asked for."""

from pathlib import Path
from typing import Generic, TypeVar, overload

from django.conf import settings

T = TypeVar("T")


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
    max_decoding_bytes = _Setting[int]()
    max_concurrent_photos = _Setting[int]()
    max_waiting_photos = _Setting[int]()
    max_waiting_bytes = _Setting[int]()
    min_free_bytes = _Setting[int]()
    max_connections = _Setting[int]()
    spare_threads = _Setting[int]()
    multipart_overhead_bytes = _Setting[int]()
    header_timeout_s = _Setting[float]()
    body_grace_s = _Setting[float]()
    min_body_bytes_per_s = _Setting[int]()
    idle_timeout_s = _Setting[float]()
    inference_timeout_s = _Setting[float]()
    queue_timeout_s = _Setting[float]()
    model_poll_s = _Setting[float]()
    weights_timeout_s = _Setting[float]()
    idempotency_lease_s = _Setting[float]()
    registration_open = _Setting[bool]()
    token_ttl_days = _Setting[int]()
    uploads_per_minute = _Setting[int]()
    login_failures_per_5_minutes = _Setting[int]()
    registrations_per_hour = _Setting[int]()
    password_resets_per_hour = _Setting[int]()
    reset_code_ttl_minutes = _Setting[int]()
    keep_originals = _Setting[bool]()
    x_accel_prefix = _Setting[str]()
    metrics_public = _Setting[bool]()
    max_photos_per_user = _Setting[int]()
    max_bytes_per_user = _Setting[int]()
    history_page_size = _Setting[int]()

    @property
    def models_dir(self) -> Path:
        return Path(settings.DATA_DIR) / "models"


conf = Conf()
