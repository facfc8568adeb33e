"""Where the photos lie: a folder of this machine, or a bucket that STORAGE_URL names."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FORM = "s3://KEY:SECRET@bucket/prefix?endpoint_url=https://s3.example.org&region_name=eu-central-1"
OPTIONS = frozenset({"endpoint_url", "region_name", "addressing_style", "signature_version"})


def storage(url: str) -> dict[str, Any]:
    """Django's settings for the storage of the photos; an empty address is the folder in DATA_DIR.

    Raises ImproperlyConfigured, and never repeats the address, which has the secret in it.
    """
    if not url:
        return {"BACKEND": "classifier.storage.local.DurableFileSystemStorage"}
    advice = f"Write {FORM}, or leave STORAGE_URL out for DATA_DIR/media. In a secret, write %2F for / and %2B for +."
    try:
        parts, query = urlsplit(url), dict(parse_qsl(urlsplit(url).query, strict_parsing=bool(urlsplit(url).query)))
        bucket = parts.hostname
    except ValueError:
        raise ImproperlyConfigured(f"STORAGE_URL cannot be read. {advice}") from None
    if parts.scheme != "s3" or not bucket or bool(parts.username) != bool(parts.password):
        raise ImproperlyConfigured(f"STORAGE_URL names no bucket. {advice}")
    if unknown := sorted(set(query) - OPTIONS):
        raise ImproperlyConfigured(f"STORAGE_URL has no option {unknown[0]}; there are {', '.join(sorted(OPTIONS))}.")
    options = {"bucket_name": bucket, "location": parts.path.strip("/"), **query}
    if parts.username and parts.password:
        options |= {"access_key": unquote(parts.username), "secret_key": unquote(parts.password)}
    return {"BACKEND": "classifier.storage.s3.PrivateS3Storage", "OPTIONS": options}
