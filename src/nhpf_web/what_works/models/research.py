"""The research register: questions, calls, proposals with their protocols, and outputs."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from nhpf.errors import NotPermitted
from nhpf_web.what_works.models.practices import Practice
from nhpf_web.what_works.rules.research.calls import CALL_KINDS, CALL_WORDS, CallState, standing
from nhpf_web.what_works.rules.research.outputs import OUTPUT_KINDS, OUTPUT_WORDS, OutputState
from nhpf_web.what_works.rules.research.proposals import (
    DATA_WORDS,
    ETHICS_WORDS,
    PROPOSAL_WORDS,
    PROTOCOL,
    REGISTERED,
    Data,
    DataState,
    Ethics,
    ProposalState,
)
from nhpf_web.what_works.rules.research.questions import ORIGINS, QUESTION_WORDS, QuestionState


class Registered(models.Model):
    """What every record of the register has: a permanent reference, a body and a subject."""

    PREFIX = ""
    FOLDER = ""

    number = models.PositiveIntegerField(unique=True)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField(auto_now_add=True)
    title = models.CharField(max_length=200)
    area = models.CharField(max_length=80, blank=True, help_text="Permanent id of an area.")
    subtype = models.CharField(max_length=2, blank=True, help_text="Home Office sub-type.")
    level = models.CharField(max_length=10, blank=True, help_text="Prevention level.")
    reason = models.TextField(blank=True, help_text="Why it stands where it stands.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("-number",)

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    @property
    def reference(self) -> str:
        """The permanent reference, as addresses and citations write it."""
        return f"{self.PREFIX}-{self.number}"

    @property
    def path(self) -> str:
        """The permanent address."""
        return f"/what-works/research/{self.FOLDER}/{self.reference}/"


def _state_known(name: str, states: type[StrEnum]) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(state__in=[str(one) for one in states]), name=name)


class Question(Registered):
    """What somebody needs to know, why it matters, and what would answer it."""

    PREFIX = "rq"
    FOLDER = "questions"

    state = models.CharField(max_length=12, default=QuestionState.ASKED.value)
    why = models.TextField("why it matters for homicide")
    wanted = models.TextField("what would answer it")
    raised_from = models.CharField(max_length=10, default="free")
    raised_id = models.CharField(max_length=100, blank=True)
    raised_address = models.CharField(max_length=300, blank=True)
    raised_label = models.CharField(max_length=200, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)

    class Meta(Registered.Meta):
        constraints = (
            _state_known("question_state_known", QuestionState),
            models.CheckConstraint(
                condition=~Q(state=str(QuestionState.MERGED)) | Q(merged_into__isnull=False),
                name="question_merged_into_another",
            ),
        )

    @property
    def state_words(self) -> str:
        """Where it stands, as people are told."""
        return QUESTION_WORDS[QuestionState(self.state)]

    @property
    def origin_words(self) -> str:
        """What it was raised from."""
        return ORIGINS[self.raised_from]


class Call(Registered):
    """An invitation to study questions or untested practices, with what is offered."""

    PREFIX = "rc"
    FOLDER = "calls"

    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=12, default=CallState.DRAFT.value)
    questions = models.ManyToManyField(Question, blank=True, related_name="calls")
    practices = models.ManyToManyField(Practice, blank=True, related_name="calls")
    summary = models.TextField("what is asked for", blank=True)
    offered = models.TextField("data, access and funding offered", blank=True)
    closes = models.DateField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=200, blank=True)
    baseline = models.FloatField(null=True, blank=True)
    fall = models.PositiveSmallIntegerField("fall to be seen, per cent", null=True, blank=True)
    units = models.PositiveSmallIntegerField(null=True, blank=True)
    years = models.FloatField(null=True, blank=True)
    dispersion = models.FloatField(default=1.0)
    design = models.CharField(max_length=20, blank=True)

    class Meta(Registered.Meta):
        constraints = (_state_known("call_state_known", CallState),)

    @property
    def standing(self) -> CallState:
        """Where it stands today; an open call closes by its date alone."""
        return standing(self.state, closes=self.closes, today=timezone.localdate())

    @property
    def state_words(self) -> str:
        """Where it stands, as people are told."""
        return CALL_WORDS[self.standing]

    @property
    def kind_words(self) -> str:
        """What it calls for."""
        return CALL_KINDS[self.kind]


class StudyProposal(Registered):
    """A study that somebody wants to do; its protocol stands from acceptance on."""

    PREFIX = "rp"
    FOLDER = "proposals"

    state = models.CharField(max_length=12, default=ProposalState.DRAFT.value)
    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    questions = models.ManyToManyField(Question, blank=True, related_name="proposals")
    summary = models.TextField("what is studied", blank=True)
    design = models.CharField(max_length=20, blank=True)
    outcome = models.TextField("primary outcome", blank=True)
    measures = models.TextField("how outcomes are measured", blank=True)
    analysis = models.TextField(blank=True)
    power = models.TextField("what it could see", blank=True)
    starts = models.DateField(null=True, blank=True)
    reports = models.DateField(null=True, blank=True)
    ethics = models.CharField(max_length=12, default=Ethics.TO_BE_SOUGHT.value)
    ethics_reason = models.TextField(blank=True)
    ethics_body = models.CharField(max_length=120, blank=True)
    ethics_reference = models.CharField(max_length=60, blank=True)
    ethics_on = models.DateField(null=True, blank=True)
    data = models.CharField(max_length=10, default=Data.NONE.value)
    data_what = models.TextField(blank=True)
    data_purpose = models.TextField(blank=True)
    data_basis = models.TextField(blank=True)
    data_control = models.TextField(blank=True)
    data_agreement = models.CharField(max_length=120, blank=True)
    data_state = models.CharField(max_length=8, default=DataState.NONE.value)
    data_reasons = models.TextField(blank=True)
    data_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    data_decided_on = models.DateField(null=True, blank=True)
    submitted_on = models.DateField(null=True, blank=True)
    registered_on = models.DateField(null=True, blank=True, help_text="The day of acceptance.")
    begun_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta(Registered.Meta):
        constraints = (
            _state_known("study_proposal_state_known", ProposalState),
            models.CheckConstraint(
                condition=~Q(state__in=[str(one) for one in REGISTERED])
                | Q(registered_on__isnull=False, decided_by__isnull=False),
                name="study_registered_wholly_or_not",
            ),
            models.CheckConstraint(
                condition=~Q(data=str(Data.NONE)) | Q(data_state=str(DataState.NONE)),
                name="study_data_decided_where_asked",
            ),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it; the protocol of a registered study stays as it was accepted."""
        stands = StudyProposal.objects.filter(pk=self.pk, registered_on__isnull=False).values(
            *PROTOCOL
        )
        for held in stands:
            if any(held[name] != getattr(self, name) for name in PROTOCOL):
                raise NotPermitted(
                    "The protocol of a registered study stands as it was accepted.",
                    next_step="Record a change of the protocol, with its reason.",
                )
        super().save(*args, **kwargs)

    @property
    def state_words(self) -> str:
        """Where it stands, as people are told."""
        return PROPOSAL_WORDS[ProposalState(self.state)]

    @property
    def ethics_words(self) -> str:
        """Where its ethics review stands."""
        return ETHICS_WORDS[Ethics(self.ethics)]

    @property
    def data_words(self) -> str:
        """What data it asks for."""
        return DATA_WORDS[Data(self.data)]


class ProtocolChange(models.Model):
    """A change of a registered protocol: what stood, what stands now, and why."""

    proposal = models.ForeignKey(StudyProposal, on_delete=models.PROTECT, related_name="changes")
    field = models.CharField(max_length=10)
    was = models.TextField()
    now = models.TextField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        """Return what changed."""
        return f"{self.proposal}: {self.field}"

    @property
    def field_words(self) -> str:
        """Which part of the protocol changed."""
        return PROTOCOL[self.field]


class Output(Registered):
    """A publication, dataset, report or null result, and what it found."""

    PREFIX = "ro"
    FOLDER = "outputs"

    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=12, default=OutputState.OFFERED.value)
    citation = models.TextField()
    address = models.URLField(max_length=300, blank=True)
    found = models.TextField("what it found")
    proposal = models.ForeignKey(
        StudyProposal, on_delete=models.PROTECT, null=True, blank=True, related_name="outputs"
    )
    questions = models.ManyToManyField(Question, blank=True, related_name="outputs")
    answers = models.ManyToManyField(Question, blank=True, related_name="answered_by")
    practices = models.ManyToManyField(Practice, blank=True, related_name="outputs")

    class Meta(Registered.Meta):
        constraints = (_state_known("output_state_known", OutputState),)

    @property
    def state_words(self) -> str:
        """Where it stands, as people are told."""
        return OUTPUT_WORDS[OutputState(self.state)]

    @property
    def kind_words(self) -> str:
        """What kind of output it is."""
        return OUTPUT_KINDS[self.kind]


class Bearing(models.Model):
    """An entry of the framework that an output bears on."""

    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="bearings")
    entry = models.CharField(max_length=80, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["output", "entry"], name="bearing_once"),)

    def __str__(self) -> str:
        """Return the output and the entry."""
        return f"{self.output}: {self.entry}"
