"""What a practice's form asks, step by step: the Practice Bank's fields, then the 5Is.

One table makes the form, the check-your-answers page, the page itself and the files that come and
go. The 5Is (Ekblom) are Intelligence, Intervention, Implementation, Involvement and Impact, each at
three depths: a sentence, a paragraph, and enough detail to do it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a field is answered."""

    LINE = "line"
    TEXT = "text"
    ONE = "one of"
    SEVERAL = "several of"
    MAILBOX = "mailbox"


@dataclass(frozen=True, slots=True)
class Field:
    """One question: its label, why or how to answer, an example, and how long an answer may be.

    ``options`` names the vocabulary of a choice. ``has_authors`` allows names: those of writers.
    """

    name: str
    label: str
    hint: str = ""
    example: str = ""
    kind: Kind = Kind.TEXT
    is_needed: bool = True
    options: str = ""
    longest: int = 3000
    has_authors: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form."""

    slug: str
    title: str
    why: str
    fields: tuple[Field, ...]

    @property
    def is_needed(self) -> bool:
        """Whether some field of it must be answered before the practice is submitted."""
        return any(field.is_needed for field in self.fields)


PURPOSES = {
    "prevention": "Prevention",
    "diversion": "Diversion",
    "reoffending": "Reducing reoffending",
    "organisational": "Organisational",
    "investigation": "Investigation",
}
RECOGNITION = {
    "hmicfrs": "Identified by HMICFRS",
    "smarter practice": "Smarter practice",
    "tilley award": "Tilley Award winner",
    "funded innovation": "Funded innovation",
}
# The Home Office's seven sub-types by the number that it gives them, in words for a form.
SUBTYPES = {
    "1": "Women and girls aged 16 or over, domestic",
    "2": "Men and boys aged 16 or over, domestic",
    "3": "Men and boys under 25, not domestic, in a public place",
    "4": "Women and girls aged 16 or over, not domestic",
    "5": "Men aged 25 or over, not domestic, in a public place",
    "6": "Men aged 25 or over, not domestic, at home",
    "7": "Children under 16, at home, elsewhere or place not known",
}
DEPTHS = {
    1: ("in a sentence", "One sentence, for somebody who is deciding whether to read on.", 300),
    2: ("in a paragraph", "A paragraph, for somebody who is deciding whether to try it.", 1500),
    3: ("in detail", "Enough that a team which has never met yours could do it again.", 8000),
}
FIVE_IS: Mapping[str, tuple[str, str, str]] = {
    "intelligence": (
        "Intelligence",
        "How you found out about the problem and its causes.",
        "Ambulance and police records together showed where and when people were hurt.",
    ),
    "intervention": (
        "Intervention",
        "What was meant to block, weaken or divert the causes.",
        "Support workers met injured young people in hospital while they were ready to talk.",
    ),
    "implementation": (
        "Implementation",
        "How the principle became tasks that people did, and what stood in the way.",
        "Four workers covered evenings and weekends; training took two days.",
    ),
    "involvement": (
        "Involvement",
        "Who was mobilised or became a partner, and how they were won over.",
        "The hospital gave a room; community groups chose the workers with us.",
    ),
    "impact": (
        "Impact",
        "What changed, how you know, what else could explain it, and what it cost.",
        "We compared returns to hospital with the year before; we had no comparison area.",
    ),
}


def _depths(name: str) -> tuple[Field, ...]:
    title, hint, example = FIVE_IS[name]
    return tuple(
        Field(
            f"{name}_{depth}",
            f"{title}, {words}",
            f"{hint} {meant}" if depth == 1 else meant,
            example if depth == 1 else "",
            is_needed=depth == 1,
            longest=longest,
        )
        for depth, (words, meant, longest) in DEPTHS.items()
    )


PRACTICE_BANK = (
    Step(
        "summary",
        "What it is",
        "Most readers see only this before they decide to read on.",
        (
            Field(
                "title", "Title", "As somebody with the same problem would look for it.",
                "Support for young people in hospital after an assault", Kind.LINE, longest=120,
            ),
            Field(
                "summary", "Summary", "Two or three sentences: who did what, where, for whom.",
                "Youth workers in an emergency department offer help to people aged 11 to 25"
                " who were hurt by violence.", longest=600,
            ),
            Field("purpose", "Purpose", kind=Kind.ONE, options="purpose"),
        ),
    ),
    Step(
        "problem",
        "The problem",
        "A practice without its problem cannot be matched to anybody else’s.",
        (
            Field(
                "problem", "What was the problem?",
                "How large it was, where, who was harmed, and how you know. Never name a person.",
                "Serious injuries by knives around two stations on weekday afternoons rose from"
                " about 20 to about 35 a year.",
            ),
        ),
    ),
    Step(
        "response",
        "The response",
        "What was done, in the order in which it was done.",
        (
            Field(
                "response", "What did you do?",
                "Objectives, who, for how long, in which area, with what training.",
                "Officers and youth workers walked two routes from 3pm to 6pm on school days.",
            ),
        ),
    ),
    Step(
        "mechanism",
        "Why it should work",
        "Others can adapt what they understand; they can only copy what they do not.",
        (
            Field(
                "mechanism", "What about it makes the difference?",
                "The chain from what you do to fewer people harmed.",
                "Adults whom pupils know are near when disputes begin, so fewer turn violent.",
            ),
        ),
    ),
    Step(
        "people",
        "Whom it suits",
        "The strategy asks that every practice says its prevention level.",
        (
            Field(
                "suits", "Who does it suit, and who not?",
                "People, places and circumstances in which you would expect it to work.",
                "Town centres with several schools; it did not suit villages.",
            ),
            Field("prevention", "Prevention level", kind=Kind.SEVERAL, options="prevention"),
        ),
    ),
    Step(
        "framework",
        "Themes and areas of focus",
        "This is how other forces find it.",
        (
            Field("themes", "Themes", kind=Kind.SEVERAL, options="theme"),
            Field("areas", "Areas of focus", kind=Kind.SEVERAL, options="area"),
        ),
    ),
    Step(
        "toolkits",
        "Toolkits and interventions",
        "A practice is one way of doing an intervention; the link brings its evidence.",
        (
            Field(
                "toolkits", "Toolkits", kind=Kind.SEVERAL, options="toolkit", is_needed=False
            ),
            Field(
                "interventions", "Interventions", "Choose none if none is like it.",
                kind=Kind.SEVERAL, options="intervention", is_needed=False,
            ),
        ),
    ),
    Step(
        "subtypes",
        "Kinds of homicide",
        "The Home Office counts seven kinds. Choose those that this could make rarer.",
        (
            Field(
                "subtypes", "Sub-types", "Choose none if you cannot tell.",
                kind=Kind.SEVERAL, options="subtype", is_needed=False,
            ),
        ),
    ),
    Step(
        "delivery",
        "What it takes",
        "Others must know what to ask for before they begin.",
        (
            Field(
                "dose", "Dose", "How much, how often, for how long.",
                "Three hours a day for 38 weeks.", longest=1000,
            ),
            Field(
                "staffing", "Staffing", "Roles and numbers, not names.",
                "One sergeant, four constables and two youth workers.", longest=1000,
            ),
            Field(
                "cost", "Cost", "To begin and for a year, in pounds, and who paid.",
                "About £12,000 to begin and £90,000 a year, half from the council.", longest=1000,
            ),
            Field(
                "partners", "Partners", "Organisations, and what each did.",
                "The council paid the youth workers; four schools changed their closing times.",
                longest=1000,
            ),
        ),
    ),
    Step(
        "results",
        "What happened",
        "What failed is as welcome as what worked: it saves the next force from repeating it.",
        (
            Field("finding", "Which describes it best?", kind=Kind.ONE, options="finding"),
            Field(
                "results", "Results",
                "With numbers and periods, and what you could not measure. Counts below ten"
                " may point to a person: round them.",
                "Assaults with injury on the two routes fell from about 35 to about 25 in a year;"
                " we cannot tell this from chance.",
            ),
            Field(
                "lessons", "What did not work, or what would you do differently?",
                "Effects that you did not want, too.",
                "Stopping earlier in summer would have saved a third of the cost.",
            ),
        ),
    ),
    Step(
        "evidence",
        "Evidence",
        "Assessors judge the finding by this.",
        (
            Field(
                "evidence", "What does it rest on?",
                "Evaluations, data and methods, with addresses where they are public. Write “none”"
                " if there is none.",
                "Local evaluation by the force’s analysts, before and after, 2024, not published.",
                has_authors=True,
            ),
            Field(
                "recognition", "Recognised by", kind=Kind.SEVERAL, options="recognition",
                is_needed=False,
            ),
        ),
    ),
    Step(
        "contact",
        "Whom to ask",
        "Officers move on. A desk and a role mailbox stay.",
        (
            Field(
                "desk", "Desk or team", "A role or a team, never a person’s name.",
                "Violence Prevention Desk", Kind.LINE, longest=120,
            ),
            Field(
                "mailbox", "Role mailbox", "An address that a team reads, not a person’s own.",
                "violence.prevention@force.example", Kind.MAILBOX, longest=200,
            ),
        ),
    ),
)  # fmt: skip
REPEATING = tuple(Step(name, FIVE_IS[name][0], FIVE_IS[name][1], _depths(name)) for name in FIVE_IS)
STEPS = (*PRACTICE_BANK, *REPEATING)
FIELDS = {field.name: field for step in STEPS for field in step.fields}
OWN_OPTIONS: Mapping[str, Mapping[str, str]] = {
    "purpose": PURPOSES,
    "recognition": RECOGNITION,
    "subtype": SUBTYPES,
}

Answer = str | list[str]
Answers = Mapping[str, Answer]


def step(slug: str) -> Step | None:
    """Return the step with this slug, or None."""
    return next((held for held in STEPS if held.slug == slug), None)


def step_after(slug: str) -> Step | None:
    """Return the step that follows, or None after the last."""
    return dict(zip((held.slug for held in STEPS), (*STEPS[1:], None), strict=True))[slug]


def unanswered(answers: Answers) -> tuple[Field, ...]:
    """Return the fields that must be answered and are not, in the form's order."""
    return tuple(
        field for field in FIELDS.values() if field.is_needed and not answers.get(field.name)
    )


def is_begun(held: Step, answers: Answers) -> bool:
    """Whether any field of a step is answered."""
    return any(answers.get(field.name) for field in held.fields)
