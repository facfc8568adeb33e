"""The largest photo of each format that the limits allow: what decoding it takes of memory is bounded.

Memory after thousands of ordinary photos is measured by `python -m benchmarks.endurance`.
"""

import io
from typing import Any

import pillow_heif
from PIL import Image

from benchmarks.live.photos import photo
from benchmarks.live.server import running
from faults.finding import Finding

ALLOWED_MIB = 250_000_000 / 2**20
LARGEST: dict[str, tuple[str, str, tuple[int, int], dict[str, Any]]] = {
    "JPEG": ("JPEG", "RGB", (8064, 6048), {}),
    "progressive JPEG": ("JPEG", "RGB", (8064, 6048), {"progressive": True}),
    "PNG": ("PNG", "RGB", (8064, 6048), {"compress_level": 1}),
    "PNG with transparency": ("PNG", "RGBA", (8064, 6048), {"compress_level": 1}),
    "HEIC": ("HEIF", "RGB", (5712, 4284), {}),
    "WebP": ("WEBP", "RGB", (4096, 3300), {"method": 0}),
    "AVIF": ("AVIF", "RGB", (4096, 3400), {"speed": 10}),
}
"""Name to format, mode, size and how it is written: as large as the limits allow."""


def run() -> list[Finding]:
    pillow_heif.register_heif_opener()
    with running() as server:
        server.upload(photo(0))
        idle_mib = server.resident_mib()
        peaks_mib = {name: server.peak_mib(_large(*made)) - idle_mib for name, made in LARGEST.items()}
    worst = max(peaks_mib, key=peaks_mib.__getitem__)
    return [
        Finding(
            "memory: the largest photo of each format, above idle",
            f"{peaks_mib[worst]:.0f} MiB at most ({worst})",
            peaks_mib[worst] <= ALLOWED_MIB,
        )
    ]


def _large(format: str, mode: str, size: tuple[int, int], options: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(file, format, **options)
    return file.getvalue()


if __name__ == "__main__":
    print(*run(), sep="\n")
