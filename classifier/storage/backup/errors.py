"""Why there is no backup, or no server from it."""

from classifier.errors import ClassifierError


class BackupError(ClassifierError):
    """A backup that cannot be written or restored; what was there before is as it was."""
