"""Registers the application with Django; does no work."""

from django.apps import AppConfig


class ClassifierConfig(AppConfig):
    name = "classifier"
    verbose_name = "Image classifier"

    def ready(self) -> None:
        from classifier import checks, signals

        checks.register()
        signals.connect()
