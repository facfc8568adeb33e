"""QR codes in pages."""

from classifier.web.qr_codes import drawing_of


def test_it_is_a_drawing_that_the_content_security_policy_lets_pass_and_has_no_text() -> None:
    drawing = drawing_of("https://example.org/pair/#code=<b>")

    assert drawing.startswith("<svg")
    assert " style=" not in drawing
    assert "<b>" not in drawing
    assert drawing != drawing_of("https://example.org/pair/#code=<i>")
