"""Registers the application with Django; does no work."""

from django.apps import AppConfig


class ClassifierConfig(AppConfig):
    name = "classifier"
    verbose_name = "Image classifier"

    def ready(self) -> None:
        from classifier import checks, signals
        from classifier.api import schema  # noqa: F401  (drf-spectacular finds it when imported)
        from classifier.model_registry import versions

        checks.register()
        signals.connect()
        versions.connect()
