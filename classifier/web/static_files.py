"""Style sheets and scripts in production: collected once, before the server starts."""

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage

COMMAND = "manage.py collectstatic --noinput"


def problems() -> list[str]:
    """Why pages cannot be served, and what to do; none in development, which collects nothing."""
    if not isinstance(staticfiles_storage, ManifestStaticFilesStorage):
        return []
    collected = staticfiles_storage.hashed_files
    if not collected:
        return [f"{settings.STATIC_ROOT} has no style sheets and scripts, so no page can be shown. Run {COMMAND}."]
    missing = sorted(_needed() - collected.keys())
    if missing:
        return [f"{settings.STATIC_ROOT} is of an older version: {missing[0]} is not in it. Run {COMMAND}."]
    return []


def _needed() -> set[str]:
    return {name for finder in get_finders() for name, _ in finder.list(ignore_patterns=None)}
