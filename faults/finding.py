"""What a case found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A promise, the figure that was measured, and whether it is kept; None when it could not be tried."""

    promise: str
    figure: str
    is_kept: bool | None
