"""The forms of the cycle, by noun."""
