"""Equality impact assessments: drafted by one, signed by another, or nothing is published."""
