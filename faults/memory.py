"""The largest photos allowed, and thousands of others: memory stays where it was."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PIL import Image

from faults.finding import Finding
from faults.photos import encoded, photo
from faults.server import Server, running

FIRST, MORE, CLIENTS = 1000, 5000, 8
SIZES = ((640, 480), (1024, 768), (1600, 1200), (4032, 3024))
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
    with running(CLASSIFIER_MAX_WAITING_PHOTOS="64") as server:
        server.upload(photo(0))
        idle = server.resident_mib()
        peaks = {name: server.peak_mib(_large(*made)) - idle for name, made in LARGEST.items()}
        _send(server, range(FIRST))
        before = server.resident_mib()
        _send(server, range(FIRST, FIRST + MORE))
        after = server.resident_mib()
    worst = max(peaks, key=peaks.__getitem__)
    return [
        Finding(
            "memory: the largest photo of each format, above idle",
            f"{peaks[worst]:.0f} MiB at most ({worst})",
            peaks[worst] <= ALLOWED_MIB,
        ),
        Finding(f"memory after {FIRST:,} mixed uploads", f"{before:.0f} MiB", before <= 450),
        Finding(f"memory: growth over {MORE:,} more", f"{after - before:+.0f} MiB", after - before <= 30),
    ]


def _send(server: Server, numbers: range) -> None:
    def send(number: int) -> int:
        width, height = SIZES[3] if number % 40 == 0 else SIZES[number % 3]
        return server.upload(photo(number, width=width, height=height)).status

    with ThreadPoolExecutor(CLIENTS) as pool:
        statuses = set(pool.map(send, numbers))
    assert statuses == {201}, statuses


def _large(format: str, mode: str, size: tuple[int, int], options: dict[str, Any]) -> bytes:
    return encoded(Image.linear_gradient("L").resize(size).convert(mode), format, **options)


if __name__ == "__main__":
    print(*run(), sep="\n")
