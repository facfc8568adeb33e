"""Heat maps: which parts of a photo speak for a label, as numbers, as a picture to lay over the photo, in words."""

import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from classifier.inference.types import ClassMap, Label, LinearHead
from classifier.locale import gettext_noop

LONGER_SIDE_PX = 320
"""Of the picture: as large as the thumbnail. The map has no details that more pixels would show."""
SPEAKS_FOR = 0.5
"""The words name where a part gives at least this much of what the strongest part gives."""
_LEVELS = 64
_COLD_TO_HOT = ((60, 16, 110), (200, 50, 90), (245, 120, 30), (255, 225, 60))
"""Darker to lighter all the way, so that it can be read without telling colours apart."""
_MOST_OPAQUE = 190
_UNSEEN = _LEVELS
_UNSEEN_RGBA = (0, 0, 0, 110)
_NOWHERE = gettext_noop("no part of the photo")
_EVERYWHERE = gettext_noop("most of what the network sees of the photo")
_UPPER, _LOWER = gettext_noop("mostly the upper part"), gettext_noop("mostly the lower part")
_LEFT, _RIGHT = gettext_noop("mostly the left side"), gettext_noop("mostly the right side")
_MIDDLE = gettext_noop("mostly the middle")
_WHERE: dict[tuple[int | None, int | None], str] = {
    (None, None): gettext_noop("mostly several parts of the photo"),
    (0, 0): gettext_noop("mostly the upper left"),
    (0, 2): gettext_noop("mostly the upper right"),
    (2, 0): gettext_noop("mostly the lower left"),
    (2, 2): gettext_noop("mostly the lower right"),
    **{(0, other): _UPPER for other in (None, 1)},
    **{(2, other): _LOWER for other in (None, 1)},
    **{(other, 0): _LEFT for other in (None, 1)},
    **{(other, 2): _RIGHT for other in (None, 1)},
    **dict.fromkeys(((1, 1), (1, None), (None, 1)), _MIDDLE),
}
"""By the third of the rows and that of the columns, counted from the upper left; None where no third has most."""
PLACES = frozenset({_NOWHERE, _EVERYWHERE, *_WHERE.values()})
"""All that `describe` says."""


def class_map(
    features: NDArray[np.float32],
    head: LinearHead,
    labels: Sequence[Label],
    index: int,
    *,
    seen: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0),
) -> ClassMap:
    """What each place of `features` `(H, W, F)` gives to the label of that index.

    Where two labels share one sigmoid output, what speaks for the second speaks against the first.
    """
    shares_output = head.weights.shape[1] == 1 and len(labels) == 2
    column, sign = (0, 2 * index - 1) if shares_output else (index, 1)
    weights = head.weights[:, column].astype(np.float32)
    return ClassMap(labels[index], sign * (features @ weights), float(sign * head.bias[column]), seen)


def draw_overlay(of: ClassMap, photo_size: tuple[int, int]) -> bytes:
    """A PNG of the shape of the upright photo, to lay over it: clear where nothing speaks for the label.

    What the network does not see is darkened.
    """
    scale = LONGER_SIDE_PX / max(photo_size)
    size = max(1, round(photo_size[0] * scale)), max(1, round(photo_size[1] * scale))
    left, top, right, bottom = (round(part * side) for part, side in zip(of.seen, size * 2, strict=True))
    seen_size = max(1, right - left), max(1, bottom - top)
    picture = Image.new("P", size, _UNSEEN)
    strength = Image.fromarray(_strength(of.grid)).resize(seen_size, Image.Resampling.BICUBIC)
    levels = np.clip(np.asarray(strength) * (_LEVELS - 1), 0, _LEVELS - 1).astype(np.uint8)
    picture.paste(Image.fromarray(levels), (left, top))
    palette = _palette()
    picture.putpalette(palette[:, :3].tobytes())
    file = io.BytesIO()
    picture.save(file, "PNG", transparency=palette[:, 3].tobytes(), compress_level=6)
    return file.getvalue()


def describe(of: ClassMap) -> str:
    """Where in the photo the parts are that speak for the label: "mostly the upper left", one of `PLACES`."""
    strength = _strength(of.grid)
    speaks = strength >= SPEAKS_FOR
    if not speaks.any():
        return _NOWHERE
    if speaks.mean() > 0.5:
        return _EVERYWHERE
    rows, columns = (_centres(of, axis) for axis in (0, 1))
    weights = np.where(speaks, strength, 0)
    vertical = _third(weights.sum(axis=1), rows)
    horizontal = _third(weights.sum(axis=0), columns)
    return _WHERE[vertical, horizontal]


def _third(weights: NDArray[np.float32], centres: NDArray[np.float64]) -> int | None:
    """The third that most lies in, 0 to 2; None when none has half of all."""
    thirds = np.minimum((centres * 3).astype(int), 2)
    shares = np.array([weights[thirds == third].sum() for third in range(3)]) / weights.sum()
    return int(shares.argmax()) if shares.max() > 0.5 else None


def _centres(of: ClassMap, axis: int) -> NDArray[np.float64]:
    """Where rows or columns of the grid are in the photo, as parts of its height or width."""
    count, first, last = of.grid.shape[axis], of.seen[1 - axis], of.seen[3 - axis]
    return np.asarray(first + (np.arange(count) + 0.5) / count * (last - first), np.float64)


def _strength(grid: NDArray[np.float32]) -> NDArray[np.float32]:
    """0 where a place gives nothing to the label or speaks against it, 1 where one gives most."""
    positive = np.maximum(grid, 0)
    most = positive.max()
    return np.asarray(positive / most if most > 0 else positive, np.float32)


def _palette() -> NDArray[np.uint8]:
    """RGBA of each level, cold to hot, and of what is not seen: `(_LEVELS + 1, 4)`."""
    levels = np.linspace(0, 1, _LEVELS)
    anchors = np.linspace(0, 1, len(_COLD_TO_HOT))
    channels = [np.interp(levels, anchors, values) for values in zip(*_COLD_TO_HOT, strict=True)]
    seen = np.stack([*channels, levels * _MOST_OPAQUE], axis=1)
    return np.concatenate([seen, [_UNSEEN_RGBA]]).astype(np.uint8)
