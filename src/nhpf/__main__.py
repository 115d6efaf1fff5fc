"""Run the command line as ``python -m nhpf``."""

import sys

from nhpf.cli import main

if __name__ == "__main__":
    sys.exit(main())
