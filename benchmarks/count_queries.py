"""How often pages ask the database, counted inside Django: `python -m benchmarks.count_queries SESSION PATH...`."""

import os
import sys


def count_queries(session: str, path: str) -> int:
    """Of one page. Raises RuntimeError when it is not answered well."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    with CaptureQueriesContext(connection) as queries:
        status = client.get(path).status_code
    if status != 200:
        raise RuntimeError(f"{path}: {status}")
    return len(queries)


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "classifier_project.settings")
    django.setup()
    session, *paths = sys.argv[1:]
    print(*(count_queries(session, path) for path in paths), sep="\n")


if __name__ == "__main__":
    main()
