"""The pages of the cycle, by noun."""
