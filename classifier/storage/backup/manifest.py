"""What a backup says of itself, in its last file: a tar without one was cut off."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Self
from uuid import UUID

from classifier import __version__
from classifier.storage.backup.errors import BackupError

NAME = "backup.json"
FORMAT = 2
"""Raised when an older version could not restore what is written; 1 is the format of version 0.1.0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The figures that a restored server is compared with."""

    created_at: str
    """ISO 8601."""
    predictions: int
    """Rows in the database of the backup."""
    database: str = "sqlite"
    """What made it: sqlite or postgresql."""
    files: int | None = None
    """Files under media/; format 1 did not count them."""
    without_photo: int = 0
    """Rows a file of which was not there, those of `deleted` among them."""
    deleted: tuple[UUID, ...] = ()
    """Rows of photos that were deleted while the backup was made; they are not restored."""
    version: str = field(default=__version__)
    format: int = FORMAT

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises BackupError for what no version wrote, or a newer one."""
        try:
            facts: dict[str, Any] = json.loads(text)
            if facts["format"] == 1:
                return cls(
                    created_at=facts["created_at"], predictions=int(facts["predictions"]), version="0.1.0", format=1
                )
            if facts["format"] == FORMAT:
                return cls(**{**facts, "deleted": tuple(UUID(key) for key in facts["deleted"])})
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise BackupError(f"Its {NAME} cannot be read: {error!r}.") from error
        raise BackupError(
            f"It was made by version {facts.get('version')} of this project, this is {__version__}. Restore it there."
        )

    def write(self) -> str:
        return json.dumps(asdict(self), default=str, indent=1)

    @property
    def restored(self) -> int:
        """How many predictions a server has from it."""
        return self.predictions - len(self.deleted)

    @property
    def lost(self) -> int:
        """How many of them lack a file, as they did on the server that was backed up."""
        return self.without_photo - len(self.deleted)
