"""Whether the server of this container does its work; exit status 1, with what it says, if not.

`healthcheck.py /livez` asks only whether it answers.
"""

import os
import sys
from urllib.error import HTTPError
from urllib.request import urlopen

path = sys.argv[1] if len(sys.argv) > 1 else "/readyz"
try:
    urlopen(f"http://127.0.0.1:{os.environ.get('PORT', '8000')}{path}", timeout=4)
except HTTPError as error:
    sys.exit(error.read().decode())
except OSError as error:
    sys.exit(str(error))
