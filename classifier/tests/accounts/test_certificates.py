"""The fingerprint of the server's certificate."""

import base64
import hashlib
import logging
from pathlib import Path
from typing import Any

import pytest

from classifier.accounts.certificates import fingerprint

CERTIFICATES = [b"a certificate", b"of whoever signed it"]
CHAIN = "\n".join(
    f"-----BEGIN CERTIFICATE-----\n{base64.b64encode(der).decode()}\n-----END CERTIFICATE-----" for der in CERTIFICATES
)


def test_it_is_that_of_the_first_certificate_in_the_file_as_it_is_now(settings: Any, tmp_path: Path) -> None:
    file = tmp_path / "server.pem"
    settings.CLASSIFIER_TLS_CERTIFICATE = str(file)
    file.write_text(f"Subject: CN = photos\n{CHAIN}\n")
    first = fingerprint()
    file.write_text(CHAIN[CHAIN.index("\n-----BEGIN") :])

    assert first.replace(":", "").lower() == hashlib.sha256(CERTIFICATES[0]).hexdigest()
    assert first[2::3] == ":" * 31
    assert fingerprint().replace(":", "").lower() == hashlib.sha256(CERTIFICATES[1]).hexdigest()


def test_there_is_none_without_a_certificate(settings: Any) -> None:
    settings.CLASSIFIER_TLS_CERTIFICATE = ""

    assert fingerprint() == ""


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"-----BEGIN PRIVATE KEY-----"])
def test_a_file_that_has_none_is_told_and_left_out(
    content: bytes | None, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "server.pem"
    if content is not None:
        file.write_bytes(content)
    settings.CLASSIFIER_TLS_CERTIFICATE = str(file)

    with caplog.at_level(logging.WARNING):
        assert fingerprint() == ""
    assert "CLASSIFIER_TLS_CERTIFICATE cannot be read" in caplog.text
