"""Roles, what each may do, and when a membership may change. Decides; reads and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from nhpf.errors import InvalidInput, NotPermitted

# The organisation that answers for the framework: its editors publish.
OWNER_SLUG = "npcc-homicide-prevention"


class Kind(StrEnum):
    """The sectors that homicide prevention needs."""

    FORCE = "force"
    COLLEGE = "college"
    VRU = "vru"
    LOCAL_AUTHORITY = "local authority"
    HEALTH = "health"
    PCC = "pcc"
    INSPECTORATE = "inspectorate"
    NPCC_PORTFOLIO = "npcc portfolio"
    COMMUNITY = "community"
    FAMILIES = "families"
    ACADEMIA = "academia"
    GOVERNMENT = "government"
    PROBATION = "probation"
    EDUCATION = "education"
    FIRE = "fire"


KIND_NAMES = {
    Kind.FORCE: "Police force",
    Kind.COLLEGE: "College of Policing",
    Kind.VRU: "Violence reduction unit",
    Kind.LOCAL_AUTHORITY: "Local authority",
    Kind.HEALTH: "Health",
    Kind.PCC: "Police and crime commissioner",
    Kind.INSPECTORATE: "Inspectorate",
    Kind.NPCC_PORTFOLIO: "National Police Chiefs’ Council portfolio",
    Kind.COMMUNITY: "Community or voluntary organisation",
    Kind.FAMILIES: "Representatives of bereaved families",
    Kind.ACADEMIA: "University or research body",
    Kind.GOVERNMENT: "Government department",
    Kind.PROBATION: "Probation",
    Kind.EDUCATION: "Education",
    Kind.FIRE: "Fire and rescue",
}


# Those who comment on practices for the people whom they speak for, and are answered.
SPEAK_FOR_OTHERS = (Kind.COMMUNITY, Kind.FAMILIES)


class Role(StrEnum):
    """The fourteen roles; a person may hold several in one organisation."""

    READER = "reader"
    CONTRIBUTOR = "contributor"
    ANALYST = "analyst"
    LEAD = "lead"
    ASSESSOR = "assessor"
    EQUALITY_LEAD = "equality lead"
    EDITOR = "editor"
    DATA_STEWARD = "data steward"
    PARTNER = "partner"
    RESEARCHER = "researcher"
    INSPECTOR = "inspector"
    COMMISSIONER = "commissioner"
    ADMINISTRATOR = "organisation administrator"
    AUDITOR = "auditor"


ROLE_MEANINGS = {
    Role.READER: "Reads what the organisation may see.",
    Role.CONTRIBUTOR: "Describes practices and answers questions about them.",
    Role.ANALYST: "Makes profiles and explains figures.",
    Role.LEAD: "Answers for homicide prevention in the organisation.",
    Role.ASSESSOR: "Judges practices against their evidence.",
    Role.EQUALITY_LEAD: "Drafts equality impact assessments and signs those that others wrote.",
    Role.EDITOR: "Keeps the framework’s words and drafts their assessments.",
    Role.DATA_STEWARD: "Answers for the organisation’s data and their releases.",
    Role.PARTNER: "Works with policing from another sector.",
    Role.RESEARCHER: "Studies what was done and what it changed.",
    Role.INSPECTOR: "Looks at how forces prevent homicide.",
    Role.COMMISSIONER: "Pays for services and holds a force to account.",
    Role.ADMINISTRATOR: "Adds and removes people and their roles.",
    Role.AUDITOR: "Reads the log.",
}


class Right(StrEnum):
    """What a role allows inside its own organisation, and nowhere else."""

    MANAGE_PEOPLE = "add and remove people"
    DRAFT_ASSESSMENT = "draft an equality impact assessment"
    SIGN_ASSESSMENT = "sign an equality impact assessment"
    DESCRIBE_PRACTICE = "describe a practice"
    ASSESS_PRACTICE = "assess a practice"
    PUBLISH_PRACTICE = "publish a practice"
    ADOPT_PRACTICE = "record that the organisation adopts a practice"
    KEEP_FRAMEWORK = "write the framework"
    RUN_CYCLE = "move the cycle on"
    ANSWER_RETURN = "answer a scoping return"
    PROPOSE = "propose a change of the framework"
    ADD_STUDY = "put a study forward"
    DECIDE_STUDY = "decide whether a study counts"
    ASK_RESEARCH = "ask a research question"
    CALL_FOR_RESEARCH = "open a call for research"
    DO_RESEARCH = "propose research"
    DECIDE_DATA = "decide on a request for data"
    LOOK_AT_SIGNAL = "say what was found about a signal"
    WORK_ON_PROBLEM = "work on a problem"


HOLDERS = {
    Right.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
    Right.DRAFT_ASSESSMENT: frozenset(
        {Role.ANALYST, Role.CONTRIBUTOR, Role.EDITOR, Role.EQUALITY_LEAD, Role.LEAD}
    ),
    Right.SIGN_ASSESSMENT: frozenset({Role.EQUALITY_LEAD}),
    Right.DESCRIBE_PRACTICE: frozenset({Role.CONTRIBUTOR, Role.LEAD}),
    Right.ASSESS_PRACTICE: frozenset({Role.ASSESSOR}),
    Right.PUBLISH_PRACTICE: frozenset({Role.EDITOR}),
    Right.ADOPT_PRACTICE: frozenset({Role.LEAD}),
    Right.KEEP_FRAMEWORK: frozenset({Role.EDITOR}),
    Right.RUN_CYCLE: frozenset({Role.EDITOR, Role.LEAD}),
    Right.ANSWER_RETURN: frozenset(
        {Role.ANALYST, Role.COMMISSIONER, Role.CONTRIBUTOR, Role.EDITOR, Role.LEAD, Role.PARTNER}
    ),
    Right.PROPOSE: frozenset(
        {Role.ANALYST, Role.COMMISSIONER, Role.CONTRIBUTOR, Role.EDITOR, Role.INSPECTOR}
        | {Role.LEAD, Role.PARTNER, Role.RESEARCHER}
    ),
    Right.ADD_STUDY: frozenset(
        {Role.ANALYST, Role.CONTRIBUTOR, Role.EDITOR, Role.LEAD, Role.RESEARCHER}
    ),
    Right.DECIDE_STUDY: frozenset({Role.ASSESSOR, Role.EDITOR}),
    Right.ASK_RESEARCH: frozenset(
        {Role.ANALYST, Role.COMMISSIONER, Role.EDITOR, Role.INSPECTOR}
        | {Role.LEAD, Role.PARTNER, Role.RESEARCHER}
    ),
    Right.CALL_FOR_RESEARCH: frozenset({Role.EDITOR}),
    Right.DO_RESEARCH: frozenset({Role.RESEARCHER}),
    Right.DECIDE_DATA: frozenset({Role.DATA_STEWARD, Role.EDITOR}),
    Right.LOOK_AT_SIGNAL: frozenset({Role.ANALYST, Role.LEAD}),
    # A problem may repeat figures of a restricted screen: those who may read that.
    Right.WORK_ON_PROBLEM: frozenset({Role.ANALYST, Role.LEAD}),
}


class NoticeKind(StrEnum):
    """What a person is told of; a new kind is one row here and no migration."""

    FOLLOWED = "what you follow"
    QUESTION = "question or comment"
    ANSWER = "answer"
    TO_ASSESS = "to assess"
    ASSESSED = "assessed"
    TO_SIGN = "to sign"
    PUBLISHED = "published"
    REVIEW_DUE = "review due"
    REPLY_DUE = "reply due"
    DECIDED = "decided"
    TO_DO = "waits for you"


# What a date alone brings about: the text names the date, and it is said once.
SAID_ONCE = frozenset({NoticeKind.REVIEW_DUE, NoticeKind.REPLY_DUE})
LONGEST_NOTICE = 400
LONGEST_ADDRESS = 300


def check_notice(text: str, *, address: str) -> None:
    """Refuse a notice that says nothing, or leads out of the service.

    Raises
    ------
    InvalidInput
        Where the text is empty or too long, or the address is not one of the service's own pages.
    """
    if not text.strip() or len(text) > LONGEST_NOTICE:
        raise InvalidInput(f"A notice says something in at most {LONGEST_NOTICE} characters.")
    is_own = address.startswith("/") and not address.startswith("//")
    if not is_own or len(address) > LONGEST_ADDRESS:
        raise InvalidInput("A notice leads to a page of this service.")


def allows(roles: Iterable[str], right: Right) -> bool:
    """Whether somebody who holds these roles may do this."""
    return not HOLDERS[right].isdisjoint(roles)


def check_allows(roles: Iterable[str], right: Right) -> None:
    """Refuse what no role held allows.

    Raises
    ------
    NotPermitted
        With the roles that would allow it.
    """
    if not allows(roles, right):
        needed = " or ".join(sorted(HOLDERS[right]))
        raise NotPermitted(
            f"Your roles in this organisation do not let you {right}.",
            next_step=f"It needs the role {needed}.",
        )


def check_can_remove(role: str, *, holders: int) -> None:
    """Refuse to leave an organisation with nobody who can add people.

    Raises
    ------
    NotPermitted
        Where this is the organisation's last administrator.
    """
    if role == Role.ADMINISTRATOR and holders <= 1:
        raise NotPermitted(
            "This is the organisation’s last administrator.",
            next_step="Give the role to somebody else first.",
        )


def may_sign_in(*, is_active: bool, is_demonstration: bool, is_production: bool) -> bool:
    """Whether an account may be used: demonstration accounts never where real people rely on it."""
    return is_active and not (is_demonstration and is_production)
