"""NHPF: from what happens and what works to what we will do and what it did."""

__version__ = "0.1.0"
