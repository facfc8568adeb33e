"""Damaged photos without end: `decode_image` answers with a picture or an error of ours, never with anything else."""

import argparse
import io
import time
import warnings
from typing import Any

import pillow_heif
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from classifier.errors import ImageError
from classifier.inference.images.decoding import decode_image, inspect_image
from classifier.inference.types import ImageLimits
from faults.finding import Finding

INPUTS = 100_000
LIMITS = ImageLimits(max_pixels=1_000_000)


def encoded(image: Image.Image, format: str, **options: Any) -> bytes:
    """The image as a file of that format."""
    file = io.BytesIO()
    if format == "HEIF":  # which the server can read, but not write
        pillow_heif.from_pillow(image).save(file, **options)
    else:
        image.save(file, format, **options)
    return file.getvalue()


def seeds() -> list[bytes]:
    """A small photo in every accepted format and several modes."""
    made = []
    for name, modes in {
        "JPEG": ("RGB", "L", "CMYK"),
        "PNG": ("RGB", "RGBA", "P", "I;16", "1"),
        "WEBP": ("RGB", "RGBA"),
        "HEIF": ("RGB",),
        "AVIF": ("RGB",),
    }.items():
        for mode in modes:
            exif = Image.Exif()
            exif[0x0112] = 6
            made.append(encoded(Image.linear_gradient("L").resize((48, 32)).convert(mode), name, exif=exif.tobytes()))
    return [*made, *_odd_seeds()]


def _odd_seeds() -> list[bytes]:
    """Photos as some cameras and programs write them: two pictures, many scans, restarts, no end, texts, frames."""
    photo, other = Image.linear_gradient("L").resize((48, 32)).convert("RGB"), Image.new("RGB", (24, 16), "red")
    text = PngImagePlugin.PngInfo()
    text.add_text("Raw profile type exif", "\nexif\n 8\n45786966\n", zip=True)
    text.add_itxt("XML:com.adobe.xmp", '<x tiff:Orientation="6"/>', zip=True)
    several = {"save_all": True, "append_images": [other]}
    return [
        encoded(photo, "MPO", **several),
        encoded(photo, "JPEG", progressive=True, restart_marker_blocks=2, comment=b"x" * 50),
        encoded(photo, "JPEG", restart_marker_rows=1)[:-2],
        encoded(photo, "JPEG", progressive=True)[:-2],
        encoded(photo, "PNG", pnginfo=text, icc_profile=b"x" * 50),
        encoded(photo, "PNG", **several),
        encoded(photo, "WEBP", xmp=b"x" * 20, icc_profile=b"x" * 50, save_all=True, append_images=[photo.rotate(9)]),
    ]


def run(inputs: int = INPUTS) -> list[Finding]:
    tried, pictures, began = 0, 0, time.monotonic()
    warnings.simplefilter("ignore")  # Pillow tells of every damaged tag

    @settings(max_examples=inputs, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(
        st.sampled_from(seeds()),
        st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=8)), max_size=8),
        st.integers(0, 4000),
    )
    def damaged(seed: bytes, edits: list[tuple[int, bytes]], cut: int) -> None:
        nonlocal tried, pictures
        data = bytearray(seed)
        for position, replacement in edits:
            at = position % len(data)
            data[at : at + len(replacement)] = replacement
        data = data[: -(cut % len(data))] if cut > 3000 else data
        tried += 1
        try:
            inspect_image(bytes(data), limits=LIMITS)
            pictures += decode_image(bytes(data), limits=LIMITS, shorter_side_px=16).mode == "RGB"
        except ImageError:
            pass

    damaged()
    figure = f"{tried:,} inputs, {pictures:,} still pictures, {time.monotonic() - began:.0f} s"
    return [Finding("damaged photos: only pictures and errors of ours", figure, tried >= inputs)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=INPUTS)
    print(*run(parser.parse_args().inputs), sep="\n")
