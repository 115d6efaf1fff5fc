"""Writes of the cycle, by noun: each checks, changes and logs in one transaction."""
