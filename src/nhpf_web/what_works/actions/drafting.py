"""Beginning a practice, saving each step of its form, submitting it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from nhpf.errors import InvalidInput
from nhpf_web.audit.rules import Verb
from nhpf_web.organisations.queries import Account, check_may, visible_to
from nhpf_web.organisations.rules import Right
from nhpf_web.what_works import queries
from nhpf_web.what_works.actions.moving import held_for, lead, log
from nhpf_web.what_works.actions.telling import tell_editors
from nhpf_web.what_works.models import Practice, Tag, Version
from nhpf_web.what_works.rules import (
    FIELDS,
    Act,
    Answer,
    Answers,
    Kind,
    Step,
    faults,
    unanswered,
)

LONGEST_SLUG = 60
# What readers filter by.
VOCABULARIES = {
    FIELDS[name].options: name
    for name in ("themes", "areas", "toolkits", "interventions", "subtypes", "prevention")
}


@transaction.atomic
def begin(*, organisation: str, title: str, by: Account) -> Version:
    """Begin a practice in the organisation of this slug; its id is given now and never changes.

    Raises
    ------
    NotPermitted
        Where no role of the person allows it.
    InvalidInput
        Where the title is empty, too long or points to a person.
    """
    check_may(by, Right.DESCRIBE_PRACTICE, organisation=organisation)
    answers: Answers = {"title": title.strip()}
    check_answers(answers)
    if not answers["title"]:
        raise InvalidInput("Enter a title.")
    try:
        with transaction.atomic():
            return new_practice(next_number(), organisation=organisation, answers=answers, by=by)
    except IntegrityError:
        # Somebody began another practice at the same moment: its number is known by now.
        return new_practice(next_number(), organisation=organisation, answers=answers, by=by)


def next_number() -> int:
    """Return the number that the next practice gets."""
    return (Practice.objects.aggregate(highest=Max("number"))["highest"] or 0) + 1


def new_practice(
    number: int, *, organisation: str, answers: Answers, by: Account, permanent_id: str = ""
) -> Version:
    """Write a practice with its first version, in the transaction of whoever calls."""
    slug = slugify(str(answers["title"]))[:LONGEST_SLUG].strip("-") or "practice"
    practice = Practice.objects.create(
        number=number,
        permanent_id=permanent_id or f"pr-{number}-{slug}",
        organisation=visible_to(by).get(slug=organisation),
        begun_by=by,
    )
    return new_version(practice, answers, by=by)


def new_version(practice: Practice, answers: Answers, *, by: Account) -> Version:
    """Write the next version of a practice as a draft, in the transaction of whoever calls."""
    number = practice.versions.count() + 1
    version = Version(practice=practice, number=number, label=f"{practice.permanent_id}-v{number}")
    _keep(version, answers, by=by)
    log(version, Verb.COLLECTION, by=by)
    return version


def check_answers(answers: Answers) -> None:
    """Refuse answers that cannot be kept.

    Raises
    ------
    InvalidInput
        With what is wrong with each.
    """
    if found := faults(answers, options=queries.options()):
        raise InvalidInput(" ".join(found.values()))


@transaction.atomic
def save_step(version: Version, step: Step, values: Mapping[str, Answer], *, by: Account) -> None:
    """Keep the answers of one step of a draft.

    Raises
    ------
    NotPermitted
        Where the version is no draft or the person does not describe this practice.
    InvalidInput
        Where an answer cannot be kept.
    """
    held, _ = held_for(version, Act.CHANGE, by=by)
    new: Answers = {field.name: values.get(field.name) or "" for field in step.fields}
    check_answers(new)
    if "title" in new and not new["title"]:
        raise InvalidInput("Enter a title.")
    _keep(held, {**held.answers, **new}, by=by)
    log(held, Verb.ALTERATION, by=by, reason=step.title)


def _keep(version: Version, answers: Answers, *, by: Account) -> None:
    version.answers = {
        name: list(answer) if FIELDS[name].kind == Kind.SEVERAL else answer
        for name, answer in answers.items()
        if answer
    }
    version.title = str(answers["title"])
    version.save()
    version.writers.add(by)
    version.tags.all().delete()
    Tag.objects.bulk_create(
        Tag(version=version, vocabulary=vocabulary, value=value)
        for vocabulary, name in VOCABULARIES.items()
        for value in dict.fromkeys(version.answers.get(name, ()))
    )


@transaction.atomic
def submit(version: Version, *, by: Account) -> None:
    """Hand a draft in for assessment.

    Raises
    ------
    InvalidInput
        With what is not answered yet.
    """
    held, move = held_for(version, Act.SUBMIT, by=by)
    check_answers(held.answers)
    if missing := unanswered(held.answers):
        labels = "; ".join(field.label for field in missing)
        raise InvalidInput(f"Not answered yet: {labels}.", next_step="Answer these first.")
    held.submitted_at, held.reason = timezone.now(), ""
    lead(held, move)
    log(held, Verb.ALTERATION, by=by, reason="Submitted")
    tell_editors(held, "it is submitted. Choose two assessors.", by=by)
