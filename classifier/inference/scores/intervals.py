"""95 % intervals of a part, and of a change in pairs; both hold for few photos and near 0 and 1 too."""

from math import sqrt

Z_95 = 1.96
"""Standard deviations of a 95 % interval."""


def wilson_interval(part: float, count: int) -> tuple[float, float]:
    """Where the true part lies with 95 %, when `part` of `count` was seen (Wilson, JASA 22, 1927)."""
    squared = Z_95**2 / count
    middle = (part + squared / 2) / (1 + squared)
    width = Z_95 * sqrt(part * (1 - part) / count + squared / (4 * count)) / (1 + squared)
    return max(0.0, middle - width), min(1.0, middle + width)


def change_interval(gained: int, lost: int, count: int) -> tuple[float, float]:
    """Where the true change of a part lies with 95 %, when `gained` of `count` photos became right and `lost` wrong.

    By half a photo more in each of the four cases (Agresti and Min, Statistics in Medicine 24, 2005); without them, the
    only photo of a set, when it is lost, would be sure to be no chance.
    """
    photos = count + 2
    change = (gained - lost) / photos
    spread = Z_95 * sqrt(gained + lost + 1 - change**2 * photos) / photos
    return max(-1.0, change - spread), min(1.0, change + spread)
