"""Reads of the cycle, by noun."""
