"""QR codes, drawn in the page itself: nobody else is asked to draw a secret."""

import segno
from django.utils.safestring import SafeString, mark_safe


def drawing_of(text: str) -> SafeString:
    """A QR code as an SVG for a page; it has nothing of the text but its squares."""
    drawing = segno.make(text).svg_inline(scale=5, border=4, light="#fff", omitsize=True, svgclass="qr")
    return mark_safe(drawing)  # noqa: S308  # made of squares alone
