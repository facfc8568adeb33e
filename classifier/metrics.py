"""Metrics for operators, in Prometheus' format at /metrics."""

import os
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess

from classifier.models import Prediction

_STEP_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
_REQUEST_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

_requests = Counter("classifier_requests", "Requests answered.", ["method", "route", "status"])
_request_seconds = Histogram("classifier_request_seconds", "Seconds to answer.", ["route"], buckets=_REQUEST_BUCKETS_S)
_steps = Histogram("classifier_step_seconds", "Seconds of a photo's steps.", ["step"], buckets=_STEP_BUCKETS_S)
_photo_bytes = Counter("classifier_photo_bytes", "Bytes of photos stored.")
_errors = Counter("classifier_errors", "Errors sent to clients, by code.", ["code"])
_shed = Counter("classifier_shed", "Photos refused because too many were in progress or queued.")
_in_progress = Gauge("classifier_photos_in_work", "Photos being decoded or classified.", multiprocess_mode="livesum")
_queued = Gauge("classifier_photos_waiting", "Photos queued.", multiprocess_mode="livesum")

_IS_SHARED = "PROMETHEUS_MULTIPROC_DIR" in os.environ
_counted: dict[Gauge, Callable[[], int]] = {}


def track_photos(*, in_progress: Callable[[], int], queued: Callable[[], int]) -> None:
    """Reads the gauges of photos in progress and queued from whoever counts them."""
    if _IS_SHARED:
        _counted.update({_in_progress: in_progress, _queued: queued})
    else:
        _in_progress.set_function(in_progress)
        _queued.set_function(queued)


def note_photos() -> None:
    """Call it when they change: where processes share their figures, none can ask another one how many there are."""
    for gauge, count in _counted.items():
        gauge.set(count())


def observe(prediction: Prediction) -> None:
    """A photo was classified and stored."""
    for step in ("decode", "preprocess", "inference", "store"):
        _steps.labels(step).observe(getattr(prediction, f"{step}_ms") / 1000)
    _photo_bytes.inc(prediction.byte_size)


def count_error(code: str) -> None:
    _errors.labels(code).inc()
    if code == "busy":
        _shed.inc()


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    _requests.labels(method, route, str(status)).inc()
    _request_seconds.labels(route).observe(seconds)


def exposition() -> bytes:
    """All figures; of all processes where PROMETHEUS_MULTIPROC_DIR is set."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return bytes(generate_latest())
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return bytes(generate_latest(registry))
