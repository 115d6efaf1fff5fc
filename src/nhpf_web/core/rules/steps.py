"""A form that asks one thing at a time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormPage:
    """One page of a form, and one section of the record that it makes.

    Attributes
    ----------
    slug, title : str
    why : str
        Why it is asked.
    fields : tuple of str
    """

    slug: str
    title: str
    why: str
    fields: tuple[str, ...]
