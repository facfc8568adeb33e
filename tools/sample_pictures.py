"""Draws the sample pictures that the first page offers: `python -m tools.sample_pictures FOLDER`.

Rendered, not photographed: three things that any network of ImageNet's classes knows, and that may be shown anywhere.
"""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

WIDTH, HEIGHT = 640, 480
SIZE = (512, 384)
LIGHT = np.array([-0.45, -0.6, 0.66])
Plane = NDArray[np.float64]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in {"apple": apple, "ball": ball, "lemons": lemons}.items():
        picture = Image.fromarray(np.clip(draw(np.random.default_rng(7)), 0, 255).astype(np.uint8))
        picture.resize(SIZE, Image.Resampling.LANCZOS).save(folder / f"{name}.jpg", quality=84, optimize=True)


def apple(random: np.random.Generator) -> Plane:
    """A green apple with its stalk, on a table."""
    scene = _table(random)
    x, y = _grid()
    angle = np.arctan2(y - 250, x - 320)
    radius = 168 * (1 + 0.035 * np.cos(2 * angle) - 0.12 * np.exp(-(((angle + np.pi / 2) / 0.28) ** 2)))
    speckles = _noise(random, 3) * 26 + _noise(random, 40) * 22
    skin = np.array([126, 178, 44]) + speckles[..., None] * [0.9, 0.7, 0.4]
    _cast_shadow(scene, 330, 408, 190, 26)
    _lay_ball(scene, skin, 320, 250, radius, shine=0.75)
    stalk = (np.abs(x - 322 - (y - 120) * -0.22) < 5) & (y > 62) & (y < 128)
    scene[stalk] = np.array([92, 62, 30]) + _noise(random, 2)[stalk][:, None] * 20
    return scene


def ball(random: np.random.Generator) -> Plane:
    """A tennis ball with its seam, on grass."""
    x, y = _grid()
    scene = np.array([62, 118, 44]) + (_noise(random, 2) * 46 + _noise(random, 30) * 16)[..., None] * [0.8, 1, 0.5]
    felt = np.array([206, 226, 62]) + (_noise(random, 1.2) * 34 + _noise(random, 6) * 14)[..., None]
    for side in (-1, 1):
        seam = np.abs(np.hypot(x - 320 - side * 235, (y - 245) * 1.02) - 160) < 8
        felt[seam] = [238, 240, 232]
    _cast_shadow(scene, 345, 395, 185, 42)
    _lay_ball(scene, felt, 320, 245, np.full_like(x, 165.0), shine=0.08)
    return scene


def lemons(random: np.random.Generator) -> Plane:
    """Two lemons beside each other, on a table."""
    scene = _table(random)
    x, y = _grid()
    for x0, y0, turn, size in ((440, 235, -0.5, 0.92), (235, 290, 0.25, 1.0)):
        angle = np.arctan2(y - y0, x - x0) - turn
        oval = 1 / np.hypot(np.cos(angle) / 172, np.sin(angle) / 128)
        tip = 20 * np.exp(-((np.sin(angle) / 0.2) ** 2))
        skin = np.array([246, 208, 40]) + (_noise(random, 5) * 9 + _noise(random, 45) * 10)[..., None] * [1, 1, 0.6]
        _cast_shadow(scene, x0 + 12, y0 + 112 * size, 175 * size, 30)
        _lay_ball(scene, skin, x0, y0, size * (oval + tip), shine=0.5)
    return scene


def _grid() -> tuple[Plane, Plane]:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(float)
    return x, y


def _noise(random: np.random.Generator, size_px: float) -> Plane:
    """Soft noise of mean 0 and deviation 1, with grains of about this size."""
    grains = random.normal(size=(round(HEIGHT / size_px) + 2, round(WIDTH / size_px) + 2)).astype(np.float32)
    soft = np.asarray(Image.fromarray(grains).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)).astype(float)
    noise: Plane = (soft - soft.mean()) / soft.std()
    return noise


def _table(random: np.random.Generator) -> Plane:
    """A pale wall and a wooden table before it."""
    x, y = _grid()
    wall = np.array([214, 216, 214]) - (np.hypot(x - 180, y - 60) / 14)[..., None]
    grain = np.sin((y * 1.4 + 9 * np.sin(x / 160)) * 0.55) * 7 + _noise(random, 2) * 4
    wood = np.array([168, 120, 78]) + grain[..., None]
    return np.where((y > 330)[..., None], wood, wall)


def _cast_shadow(scene: Plane, x0: float, y0: float, width: float, height: float) -> None:
    x, y = _grid()
    scene *= 1 - 0.6 * np.exp(-((((x - x0) / width) ** 2 + ((y - y0) / height) ** 2) ** 2))[..., None]


def _lay_ball(scene: Plane, skin: Plane, x0: float, y0: float, radius: Plane, *, shine: float) -> None:
    """Lays a lit ball, whose radius may differ by direction, over the scene."""
    x, y = _grid()
    across, down = (x - x0) / radius, (y - y0) / radius
    inside = across**2 + down**2 < 1
    depth = np.sqrt(np.clip(1 - across**2 - down**2, 0, None))
    facing = np.clip(across * LIGHT[0] + down * LIGHT[1] + depth * LIGHT[2], 0, 1)
    lit = skin * (0.34 + 0.78 * facing)[..., None] + 255 * shine * (facing**28)[..., None]
    scene[inside] = lit[inside]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
