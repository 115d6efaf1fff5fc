"""Forms of the working draft: one for each part of an entry."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, ClassVar

from django import forms

from nhpf.evidence.emmie import PARTS, QUALITIES, SCORED_BY
from nhpf.framework import Edition, EmmiePart, Entry, Evidence, Fact, Rating, Source
from nhpf.framework.entries import KINDS, PREVENTION_LEVELS, STRENGTHS
from nhpf_web.core.forms import date_field
from nhpf_web.cycle.forms.fields import entered
from nhpf_web.cycle.forms.outcomes import rating_lines, ratings_of, sources_of
from nhpf_web.cycle.models import Edition as Row
from nhpf_web.what_works.rules import KIND_NAMES, PART_HEADINGS

LISTS = ("partners", "legislation", "synonyms", "indicators")
LINKS = {
    "themes": "theme",
    "areas": "area",
    "toolkits": "toolkit",
    "interventions": "intervention",
    "drivers": "driver",
}
IDS_HINT = "Ids of sources with commas between: S_ONS2024, S_HMI"
_CITED = re.compile(r"^(.*\S)\s*\[([A-Za-z0-9_-]+)\]$")


class PartForm(forms.Form):
    """One part of an entry; ``changed`` is the entry with what was typed."""

    reason = forms.CharField(
        label="What did you change, and why? (optional)", required=False, max_length=150
    )

    def __init__(self, *args: Any, entry: Entry, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entry, self.edition = entry, edition
        # The reason comes last, after the part's own fields.
        reason = self.fields.pop("reason")
        self.add_fields()
        self.fields["reason"] = reason

    def add_fields(self) -> None:
        """Add the part's own fields, filled with what stands."""

    def answers(self) -> dict[str, Any]:
        """Return the fields of the entry that this part sets."""
        return {}

    def changed(self) -> Entry:
        """Return the entry with what was typed."""
        return replace(self.entry, **self.answers())


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


class Words(PartForm):
    """Title, summary, editorial note and the text parts of its kind."""

    def add_fields(self) -> None:
        """Add them."""
        self.fields["title"] = entered("Title")
        self.fields["title"].initial = self.entry.title
        self.fields["summary"] = entered("Summary", rows=3)
        self.fields["summary"].initial = self.entry.summary
        for part in KINDS[self.entry.kind][1]:
            self.fields[f"text_{part}"] = entered(PART_HEADINGS[part], rows=8)
            self.fields[f"text_{part}"].initial = self.entry.text.get(part, "")
        self.fields["editorial"] = entered("What is our own reading here?", rows=3, required=False)
        self.fields["editorial"].initial = self.entry.editorial

    def answers(self) -> dict[str, Any]:
        """Return them."""
        said = {name: _lines(value) for name, value in self.cleaned_data.items()}
        parts = KINDS[self.entry.kind][1]
        return {name: said[name] for name in ("title", "summary", "editorial")} | {
            "text": {part: said[f"text_{part}"] for part in parts}
        }


class Links(PartForm):
    """Links to other entries, and prevention levels."""

    def add_fields(self) -> None:
        """Add a group of boxes for each kind."""
        for name, kind in LINKS.items():
            choices = [
                (one.id, one.title) for one in self.edition.of_kind(kind) if one.id != self.entry.id
            ]
            self._boxes(name, KIND_NAMES[kind][1], choices)
        levels = [(level, level.capitalize()) for level in PREVENTION_LEVELS]
        self._boxes("prevention", "Prevention levels", levels)

    def _boxes(self, name: str, label: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name] = forms.MultipleChoiceField(
            label=label,
            choices=choices,
            required=False,
            initial=list(getattr(self.entry, name)),
            widget=forms.CheckboxSelectMultiple,
        )

    def answers(self) -> dict[str, Any]:
        """Return the ids; those that stood keep their order, new ones follow."""
        return {name: self._kept(name) for name in (*LINKS, "prevention")}

    def _kept(self, name: str) -> tuple[str, ...]:
        chosen, before = self.cleaned_data[name], getattr(self.entry, name)
        stay = [id for id in before if id in chosen]
        return (*stay, *(id for id in chosen if id not in before))


class Facts(PartForm):
    """Facts, one a line, each with the id of its source."""

    def add_fields(self) -> None:
        """Add one field for all."""
        self.fields["facts"] = entered(
            "Facts",
            rows=10,
            required=False,
            hint="One a line, its source’s id at the end: “In 2024 there were … [S_ONS2024]”",
        )
        self.fields["facts"].initial = "\n".join(
            f"{fact.text} [{fact.source}]" for fact in self.entry.facts
        )

    def clean_facts(self) -> tuple[Fact, ...]:
        """Refuse a fact without a source that the draft holds."""
        before = {fact.text: fact for fact in self.entry.facts}
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["facts"].splitlines())):
            match = _CITED.match(line)
            if match is None:
                raise forms.ValidationError(f"This fact names no source: {line[:80]}")
            text, source = match.groups()
            if source not in self.edition.sources:
                raise forms.ValidationError(f"No source has the id {source}. Add it first.")
            found.append(replace(before.get(text, Fact(text)), source=source))
        return tuple(found)

    def answers(self) -> dict[str, Any]:
        """Return the facts."""
        return {"facts": self.cleaned_data["facts"]}


class Strength(PartForm):
    """How strong the evidence is, its harms, its cost and what other libraries say."""

    TEXTS: ClassVar = {"harms": "Harms", "cost": "Cost", "caveat": "What to keep in mind"}
    CITED: ClassVar = {
        "harms_sources": "What the harms rest on",
        "cost_sources": "What the cost rests on",
    }

    def add_fields(self) -> None:
        """Add them."""
        held = self.entry.evidence or Evidence("none")
        self.fields["strength"] = forms.ChoiceField(
            label="Strength of evidence",
            choices=[(name, name.capitalize()) for name in STRENGTHS],
            initial=held.strength,
            widget=forms.RadioSelect,
        )
        for name, label in self.TEXTS.items():
            self.fields[name] = entered(label, rows=3, required=False)
            self.fields[name].initial = getattr(held, name)
        for name, label in self.CITED.items():
            self.fields[name] = entered(label, required=False, hint=IDS_HINT)
            self.fields[name].initial = ", ".join(getattr(held, name))
        self.fields["ratings"] = entered(
            "What other libraries say",
            rows=4,
            required=False,
            hint="One a line: “Youth Endowment Fund Toolkit: moderate [S_YEF]”",
        )
        self.fields["ratings"].initial = rating_lines(held)

    def clean_ratings(self) -> tuple[Rating, ...]:
        """Refuse a rating without a library or a source."""
        return ratings_of(self.cleaned_data["ratings"], self.edition)

    def clean_harms_sources(self) -> tuple[str, ...]:
        """Refuse a source that the draft does not hold."""
        return sources_of(self.cleaned_data["harms_sources"], self.edition)

    def clean_cost_sources(self) -> tuple[str, ...]:
        """Refuse a source that the draft does not hold."""
        return sources_of(self.cleaned_data["cost_sources"], self.edition)

    def answers(self) -> dict[str, Any]:
        """Return the evidence with its outcomes as they stand."""
        held, said = self.entry.evidence or Evidence("none"), self.cleaned_data
        made: dict[str, Any] = {name: _lines(said[name]) for name in self.TEXTS}
        made |= {name: said[name] for name in ("strength", "ratings", *self.CITED)}
        return {"evidence": replace(held, **made)}


class Emmie(PartForm):
    """EMMIE's five parts: what is known of each, how good that is, and what it rests on."""

    def add_fields(self) -> None:
        """Add three fields for each part."""
        evidence = self.entry.evidence or Evidence("none")
        held = {part.part: part for part in evidence.emmie}
        scores = [
            (score, f"{score}: {name}, {rule}")
            for score, (name, rule) in enumerate(zip(QUALITIES, SCORED_BY, strict=True))
        ]
        for part, question in PARTS.items():
            stands = held.get(part, EmmiePart(part))
            known = entered(f"{part.capitalize()}: {question.lower()}", rows=3, required=False)
            known.initial = stands.known
            quality = forms.TypedChoiceField(
                label=f"How good is that? ({part})", choices=scores, coerce=int,
                initial=stands.quality,
            )  # fmt: skip
            cited = entered(f"What does it rest on? ({part})", required=False, hint=IDS_HINT)
            cited.initial = ", ".join(stands.sources)
            self.fields |= {f"known_{part}": known, f"quality_{part}": quality, f"of_{part}": cited}

    def clean(self) -> dict[str, Any]:
        """Refuse a part with words and no score or source, or the reverse."""
        said = super().clean() or {}
        for part in PARTS:
            known, quality = _lines(said.get(f"known_{part}", "")), said.get(f"quality_{part}")
            try:
                cited = sources_of(said.get(f"of_{part}", ""), self.edition)
            except forms.ValidationError as wrong:
                self.add_error(f"of_{part}", wrong)
                continue
            if quality is not None and not bool(known) == bool(quality) == bool(cited):
                why = "Give words, a quality above 0 and a source, or none of the three."
                self.add_error(f"known_{part}", f"{part.capitalize()}: {why.lower()}")
            said[f"of_{part}"] = cited
        return said

    def answers(self) -> dict[str, Any]:
        """Return the evidence with its five parts."""
        said = self.cleaned_data
        emmie = tuple(
            EmmiePart(
                part, _lines(said[f"known_{part}"]), said[f"quality_{part}"], said[f"of_{part}"]
            )
            for part in PARTS
        )
        return {"evidence": replace(self.entry.evidence or Evidence("none"), emmie=emmie)}


class Keeping(PartForm):
    """Who answers for an entry, when it is looked at again, and how it is found."""

    def add_fields(self) -> None:
        """Add them."""
        for name, label in (
            ("slug", "Name in addresses"),
            ("owner", "Owner"),
            ("checker", "Checker"),
        ):
            self.fields[name] = entered(label)
            self.fields[name].initial = getattr(self.entry, name)
        self.fields["order"] = forms.IntegerField(
            label="Place in its list", min_value=0, initial=self.entry.order,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        )  # fmt: skip
        self.fields["review_due"] = date_field("Review date", initial=self.entry.review_due)
        for name in LISTS:
            self.fields[name] = entered(
                name.capitalize(), rows=4, required=False, hint="One a line"
            )
            self.fields[name].initial = "\n".join(getattr(self.entry, name))

    def answers(self) -> dict[str, Any]:
        """Return them."""
        said = self.cleaned_data
        plain = {name: said[name] for name in ("slug", "owner", "checker", "order", "review_due")}
        lists = {
            name: tuple(filter(None, map(str.strip, said[name].splitlines()))) for name in LISTS
        }
        return plain | lists


PART_FORMS: dict[str, type[PartForm]] = {
    "words": Words,
    "links": Links,
    "facts": Facts,
    "evidence": Strength,
    "emmie": Emmie,
    "keeping": Keeping,
}


class SourceForm(forms.Form):
    """A publication that facts rest on."""

    title = entered("Title")
    publisher = entered("Publisher")
    year = entered("Year")
    url = forms.URLField(label="Address (optional)", required=False, assume_scheme="https")
    note = entered("Note", rows=3, required=False, hint="For example, that only a copy was read")

    def source(self, identity: str) -> Source:
        """Return the source with what was typed."""
        return Source(identity, **{name: _lines(said) for name, said in self.cleaned_data.items()})


class AddRecord(forms.Form):
    """A new entry or source: its kind, its permanent id and its title."""

    kind = forms.ChoiceField(
        label="What kind is it?",
        choices=[("source", "Source"), *((kind, names[0]) for kind, names in KIND_NAMES.items())],
    )
    identity = forms.RegexField(
        r"^[A-Za-z0-9_-]{3,60}$",
        label="Permanent id",
        help_text="Never used for anything else: ar-arson, tk-listening, S_ONS2027",
        error_messages={"invalid": "Letters, digits, hyphens and underlines only."},
    )
    title = entered("Title")


class RenameRecord(forms.Form):
    """Another permanent id, and why."""

    identity = forms.RegexField(
        r"^[A-Za-z0-9_-]{3,60}$",
        label="New permanent id",
        help_text="The old id leads to it for ever.",
        error_messages={"invalid": "Letters, digits, hyphens and underlines only."},
    )
    reason = entered("Why?")


class Schedule(forms.Form):
    """From which day readers see a revision."""

    day = date_field("From which day?")


class EditionHeader(forms.ModelForm):
    """Name, title, summary and dates of an edition."""

    published = date_field("Date of publication")
    review_due = date_field("Review date")

    class Meta:
        model = Row
        fields = ("name", "title", "summary", "published", "review_due")
        labels: ClassVar = {"name": "Name in addresses"}
        help_texts: ClassVar = {"name": "For example, 2028"}
        widgets: ClassVar = {"summary": forms.Textarea(attrs={"rows": 4})}
