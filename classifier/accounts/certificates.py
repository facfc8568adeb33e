"""The server's certificate, where no authority vouches for it and phones have to be told which one it is."""

import hashlib
import logging
import re
import ssl
from pathlib import Path

from classifier.conf import conf

_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)
logger = logging.getLogger(__name__)


def fingerprint() -> str:
    """The SHA-256 of the certificate that `tls_certificate` names, as `AA:BB:…`; empty where there is none.

    It is read anew each time, since certificates are renewed while the server runs.
    """
    if not conf.tls_certificate:
        return ""
    try:
        return fingerprint_of(Path(conf.tls_certificate).read_text("ascii"))
    except (OSError, ValueError) as error:
        logger.warning("CLASSIFIER_TLS_CERTIFICATE cannot be read, so phones are not told of it: %s", error)
        return ""


def fingerprint_of(pem: str) -> str:
    """The same of the first certificate in a text, which is the server's own. Raises ValueError if there is none."""
    found = _CERTIFICATE.search(pem)
    if found is None:
        raise ValueError("there is no certificate in it")
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(found[0])).digest().hex(":").upper()
