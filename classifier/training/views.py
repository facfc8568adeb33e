"""Views of a photo: as it is served, mirrored, and the random crops that training adds."""

import numpy as np
from PIL import Image

from classifier.inference.preprocessing import preprocess_image
from classifier.inference.types import Pixels, Preprocessing

SMALLEST_SIDE = 0.55
"""Of a photo's shorter side: a random crop is at least as large. Smaller ones lost accuracy on phone photos."""


def served_view(image: Image.Image, preprocessing: Preprocessing) -> Pixels:
    """The image as the network gets it when it serves, `(H, W, 3)`."""
    return preprocess_image(image, preprocessing)


def random_view(image: Image.Image, preprocessing: Preprocessing, random: np.random.Generator) -> Pixels:
    """A square part of the image at a random place, mirrored half of the time, as pixels `(H, W, 3)`."""
    side = random.uniform(SMALLEST_SIDE, 1.0) * min(image.size)
    left, top = random.uniform(0, image.width - side), random.uniform(0, image.height - side)
    box = (int(left), int(top), int(left + side), int(top + side))
    whole = Preprocessing(preprocessing.width_px, preprocessing.height_px, "stretch", preprocessing.scaling)
    pixels = preprocess_image(image.crop(box), whole)
    return np.ascontiguousarray(pixels[:, ::-1]) if random.random() < 0.5 else pixels
