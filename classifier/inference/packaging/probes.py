"""Probe images: generated images with the statistics of photos, to compare two networks on."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from classifier.inference.preprocessing import scale_pixels
from classifier.inference.types import Parity, Pixels, Preprocessing, Scores

PROBES = 12
DISCS = 240
SMALLEST_RADIUS, LARGEST_RADIUS = 0.01, 0.5
"""As parts of the image's longer side."""


def probe_images(preprocessing: Preprocessing, *, count: int = PROBES) -> Pixels:
    """Generated images `(count, H, W, 3)`, scaled as the network expects; the same at every call."""
    size = (preprocessing.width_px, preprocessing.height_px)
    random = np.random.default_rng(0)
    images = np.stack([np.asarray(_dead_leaves(random, size)) for _ in range(count)])
    return scale_pixels(images, preprocessing.scaling)


def parity_of(scores: Scores, reference: Scores) -> Parity:
    """How far probabilities `(N, C)` are from the reference."""
    is_sigmoid = scores.shape[1] == 1
    best, expected = (s[:, 0] > 0.5 if is_sigmoid else s.argmax(axis=1) for s in (scores, reference))
    return Parity(
        max_difference=float(np.abs(scores - reference).max()),
        top_1_agreement=float((best == expected).mean()),
        probes=len(scores),
    )


def _dead_leaves(random: np.random.Generator, size: tuple[int, int]) -> Image.Image:
    """Overlapping discs whose radii have a density of radius**-3: edges at all scales, as in photos.

    Lee, Mumford and Huang, "Occlusion models for natural images", IJCV 41 (2001).
    """
    image = Image.new("RGB", size, _colour(random))
    draw, side = ImageDraw.Draw(image), max(size)
    shares = random.uniform(size=DISCS)
    smallest, largest = SMALLEST_RADIUS**-2, LARGEST_RADIUS**-2
    for radius in side * (smallest - shares * (smallest - largest)) ** -0.5:
        x, y = random.uniform(0, size[0]), random.uniform(0, size[1])
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_colour(random))
    noise = random.normal(0, 6, (size[1], size[0], 1))
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(side / 400)), np.float32)
    return Image.fromarray((soft + noise).clip(0, 255).astype(np.uint8))


def _colour(random: np.random.Generator) -> tuple[int, int, int]:
    """A grey with a slight tint, as most things in photos."""
    tint = random.normal(random.uniform(20, 235), 30, 3).clip(0, 255)
    return int(tint[0]), int(tint[1]), int(tint[2])
