"""What decoding a photo takes: told before it is taken, and never more than allowed."""

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from classifier.conf import Conf
from classifier.errors import ImageTooLargeError
from classifier.inference.images import memory
from classifier.inference.images.decoding import decode_image
from classifier.inference.images.memory import decoding_bytes
from classifier.inference.types import ImageLimits
from classifier.tests.examples import encoded, picture

MEASURE = """
import sys
from pathlib import Path
from classifier.inference.images.decoding import decode_photo
from classifier.errors import ImageTooLargeError
def peak_bytes():
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024
data = Path(sys.argv[1]).read_bytes()
before = peak_bytes()
decode_photo(data, shorter_side_px=293)
print(peak_bytes() - before)
"""
SIZE = (8000, 6200)
LIMITS = ImageLimits(max_pixels=Conf.max_image_pixels.default)


def cost(data: bytes) -> int:
    with Image.open(io.BytesIO(data)) as image:
        return decoding_bytes(image, data, full_px=image.width * image.height)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
@pytest.mark.parametrize(
    ("format", "mode", "options"),
    [
        ("JPEG", "RGB", {}),
        ("JPEG", "RGB", {"progressive": True}),
        ("PNG", "RGB", {"compress_level": 1}),
        ("PNG", "RGBA", {"compress_level": 1}),
    ],
    ids=str,
)
def test_a_photo_as_large_as_allowed_takes_no_more_than_225_megabytes(
    tmp_path: Path, format: str, mode: str, options: dict[str, object]
) -> None:
    colour = (200, 100, 50, 128)[: len(mode)]
    path = tmp_path / "photo"
    path.write_bytes(encoded(picture(colour, SIZE, mode), format, **options))

    done = subprocess.run([sys.executable, "-c", MEASURE, str(path)], check=True, capture_output=True, text=True)

    assert int(done.stdout) < 225_000_000


@pytest.mark.parametrize(
    ("format", "options"),
    [("WEBP", {"quality": 1, "method": 0}), ("JPEG", {"progressive": True, "subsampling": 0})],
    ids=str,
)
def test_what_would_take_more_memory_is_refused(format: str, options: dict[str, object]) -> None:
    data = encoded(picture("red", SIZE), format, **options)

    with pytest.raises(ImageTooLargeError, match="of memory"):
        decode_image(data, limits=LIMITS, shorter_side_px=293)


def test_the_memory_allowed_follows_the_pixels_allowed() -> None:
    data = encoded(picture("red", (100, 100)), "WEBP")  # 16.5 bytes a pixel: 165,000

    assert decode_image(data, limits=ImageLimits(max_pixels=36_667))
    with pytest.raises(ImageTooLargeError, match="of memory"):
        decode_image(data, limits=ImageLimits(max_pixels=36_666))


def test_a_jpeg_in_several_scans_is_kept_whole_by_its_decoder() -> None:
    plain = encoded(picture("red", (64, 64)), "JPEG", subsampling=0)
    progressive = encoded(picture("red", (64, 64)), "JPEG", subsampling=0, progressive=True)

    assert cost(plain) == 4 * 64 * 64
    assert cost(progressive) == (4 + 3 * 2) * 64 * 64


def test_a_phones_heic_costs_less_than_one_with_full_colour() -> None:
    phones = encoded(picture("red", (64, 64)), "HEIF", chroma=420)
    full = encoded(picture("red", (64, 64)), "HEIF", chroma=444)

    assert cost(phones) < cost(full)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "1"])
def test_a_picture_reduced_in_strips_has_no_seams(mode: str) -> None:
    across, down = np.meshgrid(np.linspace(0, 255, 900), np.linspace(0, 255, 1300))
    whole = Image.fromarray(np.stack([across, down, across], axis=2).astype(np.uint8))
    data = encoded(whole.convert(mode), "PNG")

    reduced = decode_image(data, shorter_side_px=50)

    expected = whole.convert(mode).convert("RGB").reduce(13)
    assert reduced.size == expected.size
    assert np.abs(np.asarray(reduced, np.int16) - np.asarray(expected, np.int16)).max() <= 1


def test_spare_memory_goes_back_before_a_large_picture_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    monkeypatch.setattr(memory, "release_freed_memory", lambda: steps.append("memory released"))

    for name, bytes_needed in (("small", memory.LARGE_DECODE_BYTES), ("large", memory.LARGE_DECODE_BYTES + 1)):
        with memory.large_decode_lock(bytes_needed):
            steps.append(name)

    assert steps == ["small", "memory released", "large"]
