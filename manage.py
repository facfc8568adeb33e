#!/usr/bin/env python
"""The project's command line."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "classifier_project.settings")
    try:
        from classifier_project import command_line

        status = command_line.main(sys.argv)
    except KeyboardInterrupt:  # while Django was being imported
        status = 130
    sys.exit(status)
