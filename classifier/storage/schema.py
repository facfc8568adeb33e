"""Which version of the project has changed the database's tables."""

from django.db.migrations.loader import MigrationLoader

from classifier.models import Prediction


def unknown_migrations(loader: MigrationLoader) -> list[str]:
    """Those that a newer version applied to the database that was loaded, by name."""
    migrations = loader.disk_migrations
    known = {*migrations, *(key for migration in migrations.values() for key in migration.replaces)}
    applied = {key for key in loader.applied_migrations if key[0] == Prediction._meta.app_label}
    return sorted(name for _, name in applied - known)
