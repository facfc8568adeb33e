"""Random views of the training photos: framing, mirror and colour, the same for the same seed."""

from typing import Any

SMALLEST_AREA = 0.35
WIDEST_ASPECT = 4 / 3
COLOUR = 0.3


def random_views(pixels: Any, seed: Any, *, size_px: int) -> Any:
    """One random view of each photo: uint8 `(N, S, S, 3)` to float32 `(N, size_px, size_px, 3)` in -1..1.

    Crops of 35 to 100 % of the area and aspects up to 4:3 (Szegedy et al. 2014, arXiv:1409.4842), half of them
    mirrored, brightness, contrast and saturation changed by up to 30 %. `seed`: int32 `(2,)`.
    """
    import tensorflow as tf

    count = tf.shape(pixels)[0]
    seeds = tf.unstack(tf.random.split(seed, 2))
    boxes = _boxes(count, seeds[0])
    views = tf.image.crop_and_resize(tf.cast(pixels, tf.float32), boxes, tf.range(count), (size_px, size_px))
    return tf.clip_by_value(_recolour(views / 127.5 - 1.0, count, seeds[1]), -1.0, 1.0)


def centre_views(pixels: Any, *, size_px: int) -> Any:
    """The view that serving takes: the central `size_px` square, float32 in -1..1."""
    import tensorflow as tf

    margin = (pixels.shape[1] - size_px) // 2
    centre = pixels[:, margin : margin + size_px, margin : margin + size_px]
    return tf.cast(centre, tf.float32) / 127.5 - 1.0


def _boxes(count: Any, seed: Any) -> Any:
    """`(N, 4)` boxes y1, x1, y2, x2 in 0..1; x1 > x2 mirrors."""
    import tensorflow as tf

    draws = tf.random.stateless_uniform((5, count), seed)
    area = SMALLEST_AREA + (1 - SMALLEST_AREA) * draws[0]
    aspect = tf.exp((draws[1] * 2 - 1) * tf.math.log(WIDEST_ASPECT))
    height = tf.minimum(tf.sqrt(area / aspect), 1.0)
    width = tf.minimum(tf.sqrt(area * aspect), 1.0)
    top, left = draws[2] * (1 - height), draws[3] * (1 - width)
    mirrored = draws[4] < 0.5
    right = left + width
    return tf.stack([top, tf.where(mirrored, right, left), top + height, tf.where(mirrored, left, right)], axis=1)


def _recolour(views: Any, count: Any, seed: Any) -> Any:
    import tensorflow as tf

    gains = 1 + COLOUR * (tf.random.stateless_uniform((3, count, 1, 1, 1), seed) * 2 - 1)
    bright = (views + 1) * gains[0] - 1
    mean = tf.reduce_mean(bright, axis=(1, 2, 3), keepdims=True)
    contrasted = mean + (bright - mean) * gains[1]
    gray = tf.reduce_mean(contrasted, axis=3, keepdims=True)
    return gray + (contrasted - gray) * gains[2]
