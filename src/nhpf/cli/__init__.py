"""The command line: parse, call one function, print."""

from nhpf.cli.main import main

__all__ = ["main"]
