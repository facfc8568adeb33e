"""Registers the application with Django; does no work."""

from django.apps import AppConfig


class ClassifierConfig(AppConfig):
    name = "classifier"
    verbose_name = "Image classifier"

    def ready(self) -> None:
        from classifier import checks, model_versions, signals
        from classifier.api import schema  # noqa: F401  (drf-spectacular finds it when imported)

        checks.register()
        signals.connect()
        model_versions.connect()
