"""Random views of the training photos: framing, mirror and colour, the same for the same seed."""

from dataclasses import dataclass
from typing import Any

WIDEST_ASPECT = 4 / 3
COLOUR = 0.3
FARTHEST_SHIFT = 1 / 16


@dataclass(frozen=True, slots=True)
class Views:
    """How photos are seen: `size_px` square; crops of `smallest_area` (0..1) to all of the area, or, without it,
    the whole photo as it is served, shifted by a few pixels."""

    size_px: int
    smallest_area: float | None


def random_views(pixels: Any, seed: Any, *, views: Views) -> Any:
    """One random view of each photo: uint8 `(N, S, S, 3)` to float32 `(N, size_px, size_px, 3)` in -1..1.

    Crops have aspects up to 4:3 (Szegedy et al. 2014, arXiv:1409.4842); half of the views are mirrored, brightness,
    contrast and saturation changed by up to 30 %. `seed`: int32 `(2,)`.
    """
    import tensorflow as tf

    count = tf.shape(pixels)[0]
    seeds = tf.unstack(tf.random.split(seed, 2))
    if views.smallest_area is None:
        margin = round(views.size_px * FARTHEST_SHIFT)
        pixels = tf.pad(pixels, [[0, 0], [margin, margin], [margin, margin], [0, 0]], "REFLECT")
        boxes = _shifted_boxes(count, seeds[0], side=pixels.shape[1], size_px=views.size_px)
    else:
        boxes = _boxes(count, seeds[0], views.smallest_area)
    size = (views.size_px, views.size_px)
    crops = tf.image.crop_and_resize(tf.cast(pixels, tf.float32), boxes, tf.range(count), size)
    return tf.clip_by_value(_recolour(crops / 127.5 - 1.0, count, seeds[1]), -1.0, 1.0)


def served_views(pixels: Any) -> Any:
    """The view that serving takes: the whole prepared photo, float32 in -1..1."""
    import tensorflow as tf

    return tf.cast(pixels, tf.float32) / 127.5 - 1.0


def _boxes(count: Any, seed: Any, smallest_area: float) -> Any:
    """`(N, 4)` boxes y1, x1, y2, x2 in 0..1; x1 > x2 mirrors."""
    import tensorflow as tf

    draws = tf.random.stateless_uniform((5, count), seed)
    area = smallest_area + (1 - smallest_area) * draws[0]
    aspect = tf.exp((draws[1] * 2 - 1) * tf.math.log(WIDEST_ASPECT))
    height = tf.minimum(tf.sqrt(area / aspect), 1.0)
    width = tf.minimum(tf.sqrt(area * aspect), 1.0)
    top, left = draws[2] * (1 - height), draws[3] * (1 - width)
    mirrored = draws[4] < 0.5
    right = left + width
    return tf.stack([top, tf.where(mirrored, right, left), top + height, tf.where(mirrored, left, right)], axis=1)


def _shifted_boxes(count: Any, seed: Any, *, side: int, size_px: int) -> Any:
    """As `_boxes`, each of whole pixels, so that nothing is resampled."""
    import tensorflow as tf

    draws = tf.random.stateless_uniform((3, count), seed)
    offsets = tf.floor(draws[:2] * (side - size_px + 1))
    first, last = offsets / (side - 1), (offsets + size_px - 1) / (side - 1)
    mirrored = draws[2] < 0.5
    left, right = tf.where(mirrored, last[1], first[1]), tf.where(mirrored, first[1], last[1])
    return tf.stack([first[0], left, last[0], right], axis=1)


def _recolour(views: Any, count: Any, seed: Any) -> Any:
    import tensorflow as tf

    gains = 1 + COLOUR * (tf.random.stateless_uniform((3, count, 1, 1, 1), seed) * 2 - 1)
    bright = (views + 1) * gains[0] - 1
    mean = tf.reduce_mean(bright, axis=(1, 2, 3), keepdims=True)
    contrasted = mean + (bright - mean) * gains[1]
    gray = tf.reduce_mean(contrasted, axis=3, keepdims=True)
    return gray + (contrasted - gray) * gains[2]
