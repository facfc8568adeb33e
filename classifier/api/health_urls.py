"""Paths at the root that machines request: health checks and metrics."""

from django.urls import path

from classifier.api.views.health import livez, readyz
from classifier.api.views.metrics import metrics

urlpatterns = [
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]
