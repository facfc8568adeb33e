"""Whether a photo should be taken again: what the network cannot see, in a picture the size of a thumbnail."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from classifier.inference.types import ImageFacts, Quality, QualityCode

CODES: tuple[QualityCode, ...] = get_args(QualityCode)

# Chosen on real photos made worse step by step: `python -m benchmarks.quality` prints false alarms and finds.
SMALLEST_SIDE_PX = 96
"""Of the photo as it was sent; below it, a quarter of the best labels that were right are wrong."""
BLANK_SHADES = 16
"""How many of the 256 shades lie between all but the darkest and the brightest of its pixels."""
DARK_SHADE = 100
"""The brightest pixels of a photo that is not dark are brighter than that."""
BRIGHT_SHADE = 140
"""The darkest pixels of a photo that is not too bright are darker than that."""
BLACK_SHADE, WHITE_SHADE = 32, 223
"""Darker and brighter than these, what is blank is called dark and bright, too."""
CLIPPED_SHADE, CLIPPED_PART = 250, 0.62
"""In no channel is a larger part of the pixels that bright or brighter: what is lost there, no network sees."""
LEAST_SHARPNESS = 0.285
"""See `_sharpness`: blurred by a pixel of a thumbnail, half of all photos fall below it; by one and a half, all."""
EXTREME_PART = 0.02
"""The part of the pixels that are its darkest, and its brightest: a lamp in the night is no light."""
_SAMPLE_PX, _LINES = 160, 80
"""Shades are counted in a sample with so many pixels on its longer side, sharpness measured in about so many rows and
columns: they tell the same as all."""


def assess_quality(small: Image.Image, facts: ImageFacts) -> Quality:
    """What is wrong with a photo, from an upright RGB picture of it of 320 to 639 pixels and its facts."""
    every = -(-max(small.size) // _SAMPLE_PX)
    sample = small.resize((max(1, small.width // every), max(1, small.height // every)), Image.Resampling.NEAREST)
    darkest, brightest = _extremes(sample.convert("L"))
    seen = _seen(small, sample, darkest, brightest) if brightest - darkest >= BLANK_SHADES else _even(darkest)
    found = {*seen, *_size(facts)}
    return Quality(tuple(code for code in CODES if code in found))


def _seen(small: Image.Image, sample: Image.Image, darkest: int, brightest: int) -> Iterator[QualityCode]:
    """Of a photo with something on it. What is dark is not called blurred, too: its edges drown in its noise."""
    if brightest < DARK_SHADE:
        yield "dark"
    elif _sharpness(small) < LEAST_SHARPNESS:
        yield "blurred"
    if darkest > BRIGHT_SHADE or _clipped_part(sample) > CLIPPED_PART:
        yield "bright"


def _even(shade: int) -> Iterator[QualityCode]:
    """Of a photo with nothing on it, which may be of any colour."""
    yield "blank"
    if shade < BLACK_SHADE:
        yield "dark"
    if shade > WHITE_SHADE:
        yield "bright"


def _size(facts: ImageFacts) -> Iterator[QualityCode]:
    if min(facts.width, facts.height) < SMALLEST_SIDE_PX:
        yield "too_small"


def _extremes(grey: Image.Image) -> tuple[int, int]:
    """The shades below and above which `EXTREME_PART` of the pixels are."""
    below = list(accumulate(grey.histogram()))
    return bisect_left(below, EXTREME_PART * below[-1]), bisect_left(below, (1 - EXTREME_PART) * below[-1])


def _clipped_part(sample: Image.Image) -> float:
    """Of the channel that has most of it."""
    counts = sample.histogram()
    clipped = max(sum(counts[channel + CLIPPED_SHADE : channel + 256]) for channel in (0, 256, 512))
    return clipped / (sample.width * sample.height)


def _sharpness(small: Image.Image) -> float:
    """How much of the change between every other pixel happens between neighbours, in the direction where it is less.

    An edge that is sharp changes the next pixel as much as the one after it: 0.5 of squares; what is smeared over many
    pixels changes half as much, a quarter in squares. Moved photos are smeared in one direction alone.
    Green stands for all colours.
    """
    shades = np.asarray(small.getchannel("G"))
    if min(shades.shape) < 4:
        return 0.5
    every = max(1, max(shades.shape) // _LINES)
    return min(_fineness(shades[::every].astype(np.float32)), _fineness(shades[:, ::every].T.astype(np.float32)))


def _fineness(rows: NDArray[np.float32]) -> float:
    """Along rows `(H, W)`; the constants keep the noise of an even picture from being taken for either."""
    near, far = rows[:, 1:] - rows[:, :-1], rows[:, 2:] - rows[:, :-2]
    return (_mean_square(near) + 0.5) / (_mean_square(far) + 2)


def _mean_square(values: NDArray[np.float32]) -> float:
    flat = values.ravel()
    return float(np.dot(flat, flat)) / flat.size
