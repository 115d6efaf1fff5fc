"""Organisations of every sector, the people in them, their roles, and signing in."""
