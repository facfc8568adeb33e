"""What settings need to know of the machine: its environment, its secret and its addresses."""

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured


class Environment(environ.Env):  # type: ignore[misc]  # django-environ has no types
    """The environment's variables; a blank one has its default, and nonsense is refused by name."""

    def get_value(self, var: str, cast: Any = None, default: Any = environ.Env.NOTSET, *args: Any, **kw: Any) -> Any:
        if not self.ENVIRON.get(var, "").strip() and default is not environ.Env.NOTSET:
            return default
        try:
            return super().get_value(var, cast, default, *args, **kw)
        except ValueError as error:
            kind = {int: "a whole number", float: "a number"}.get(cast, "what is wanted")
            raise ImproperlyConfigured(f"{var} is {self.ENVIRON[var]!r}, which is not {kind}.") from error


def sqlite_database(data_dir: Path) -> dict[str, Any]:
    """The database that needs no server, in a folder made when missing. Raises ImproperlyConfigured when it cannot."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"DATA_DIR cannot be made: {error}. Set DATA_DIR to a folder to write to."
        ) from error
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": data_dir / "db.sqlite3"}


def secret_key(given: str, *, debug: bool, data_dir: Path) -> str:
    """The given key; in development without one, a random key kept in `data_dir` for the owner's eyes only.

    Raises ImproperlyConfigured when there is none and DEBUG is off.
    """
    if given:
        return given
    if not debug:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Make one: "
            "python -c 'import secrets; print(secrets.token_urlsafe(50))', and put it into .env or the environment. "
            "For development, DEBUG=1 makes one by itself."
        )
    path = data_dir / "secret_key"
    if not path.exists():
        _write_secret(path)
    return path.read_text()


def _write_secret(path: Path) -> None:
    """Under a temporary name first: of two processes that start at once, none may read half a key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(temporary)
