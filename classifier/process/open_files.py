"""How many files and connections a process may have open at once."""

import sys


def allow_open_files(wanted: int) -> int:
    """Raises this process's limit as far as it may by itself; how many it may have open now, `wanted` at most."""
    if sys.platform == "win32":  # where sockets are no files
        return wanted
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return wanted
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return min(soft, wanted)
