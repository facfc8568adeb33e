"""Registers the application with Django; does no work."""

from django.apps import AppConfig


class ClassifierConfig(AppConfig):
    name = "classifier"
    verbose_name = "Image classifier"

    def ready(self) -> None:
        from classifier import checks
        from classifier.accounts import devices
        from classifier.api import schema  # noqa: F401  (drf-spectacular finds it when imported)
        from classifier.model_registry import versions
        from classifier.predictions import deletion
        from classifier.search import writing
        from classifier.storage.connections import forget_in_children

        checks.register()
        deletion.connect()
        devices.connect()
        versions.connect()
        writing.connect()
        forget_in_children()
