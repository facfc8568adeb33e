"""The chart of the README, drawn from what `python -m benchmarks.peers --save` wrote about ResNet-50."""

import json
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.models import RESNET50
from benchmarks.peers.report import TITLES
from benchmarks.results import ROOT

CHART = ROOT / "docs/images/benchmarks.svg"
CLIENTS = 8
PANELS = (
    ("1024", "1024-px photos a second", "photos_per_s", "{:.3g}"),
    ("12mpx", "12-Mpx photos a second", "photos_per_s", "{:.3g}"),
    ("1024", "memory, MiB", "memory_mib", "{:,.0f}"),
)
"""Photo size, heading, figure and how it is written."""
KINDS = {"server": "ours", "server_bf16": "ours", "bare": "limit", "minimal": "limit"}
ROW_PX, BAR_PX, LEFT_PX, WIDTH_PX, PANEL_PX = 26, 16, 230, 170, 260
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f }
.heading { font-weight: 600 }
.bar { fill: #8c959f } .ours { fill: #0969da } .limit { fill: #d0d7de }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .ours { fill: #4493f8 } .limit { fill: #3d444d } }
"""


def main() -> None:
    found = json.loads((ROOT / f"benchmarks/results/peers_{RESNET50}.json").read_text())
    CHART.write_text(draw(found["measurements"], cores=found["machine"]["cores"]), encoding="utf-8")
    print(f"chart: {CHART.relative_to(ROOT)}")


def draw(measurements: list[dict[str, Any]], *, cores: int) -> str:
    """An SVG with a row for each server and a column of bars for each panel."""
    known = {(one["name"], one["size"]): one["figures"] for one in measurements if one["clients"] == CLIENTS}
    names = [name for name in TITLES if any((name, size) in known for size, *_ in PANELS)]
    height_px = ROW_PX * (len(names) + 1) + 16
    width_px = LEFT_PX + PANEL_PX * len(PANELS)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width_px} {height_px}" role="img">',
        f"<title>{CLIENTS} clients on {cores} cores: photos a second and memory</title><style>{STYLE}</style>",
    ]
    for row, name in enumerate(names, start=1):
        parts.append(f'<text x="0" y="{_baseline_px(row)}">{escape(TITLES[name])}</text>')
    for column, panel in enumerate(PANELS):
        parts += _panel(LEFT_PX + PANEL_PX * column, panel, names, known)
    return "\n".join([*parts, "</svg>", ""])


def _panel(
    left_px: int, panel: tuple[str, ...], names: list[str], known: dict[tuple[str, str], dict[str, float]]
) -> list[str]:
    size, heading, figure, written = panel
    parts = [f'<text class="heading" x="{left_px}" y="{_baseline_px(0)}">{heading}</text>']
    most = max((known[name, size][figure] for name in names if (name, size) in known), default=1.0)
    for row, name in enumerate(names, start=1):
        if (name, size) not in known:
            continue
        value = known[name, size][figure]
        width_px = max(1.0, WIDTH_PX * value / most)
        kind = KINDS.get(name, "bar")
        top_px = ROW_PX * row + (ROW_PX - BAR_PX) / 2
        parts.append(
            f'<rect class="{kind}" x="{left_px}" y="{top_px}" width="{width_px:.1f}" height="{BAR_PX}" rx="2"/>'
        )
        parts.append(f'<text x="{left_px + width_px + 6:.1f}" y="{_baseline_px(row)}">{written.format(value)}</text>')
    return parts


def _baseline_px(row: int) -> float:
    return ROW_PX * row + ROW_PX / 2 + 5


if __name__ == "__main__":
    main()
