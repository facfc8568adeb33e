"""`manage.py list_models`: which model versions are installed, and which one is active."""

from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.table import Table

from classifier.model_registry.accuracy import accuracy_of
from classifier.models import ModelVersion

COLUMNS = ("", "model", "architecture", "input", "classes", "accuracy", "licence", "differs", "installed")


class Command(BaseCommand):
    help = "Lists the installed model versions; the active one is marked."

    def handle(self, **options: Any) -> None:
        versions = ModelVersion.objects.order_by("-is_active", "-created_at")
        if not versions:
            self.stdout.write("No model is installed. Install one: manage.py install_model resnet50 --activate")
            return
        table = Table(*COLUMNS)
        table.columns[1].no_wrap = True  # activate_model wants the whole of it
        for version in versions:
            table.add_row(*_cells(version))
        Console(file=self.stdout, width=160).print(table)  # type: ignore[arg-type]
        for version in versions.exclude(load_error=""):
            self.stdout.write(f"{version} could not be loaded: {version.load_error}")
        for source, data in sorted({_source(version) for version in versions} - {("", "")}):
            self.stdout.write(f"Published: on {data}, {source}")


def _cells(version: ModelVersion) -> tuple[str, ...]:
    manifest = version.manifest
    size, parity = manifest["preprocessing"], manifest["parity"]
    return (
        "*" if version.is_active else "",
        str(version),
        manifest["architecture"],
        f"{size['width_px']} x {size['height_px']}",
        str(manifest["classes"]),
        accuracy_of(manifest),
        manifest.get("license", ""),
        f"{parity['max_difference']:.1e}" if parity else "",
        f"{version.created_at:%Y-%m-%d %H:%M}",
    )


def _source(version: ModelVersion) -> tuple[str, str]:
    published = version.manifest.get("published") or {"source": "", "data": ""}
    return published["source"], published["data"]
