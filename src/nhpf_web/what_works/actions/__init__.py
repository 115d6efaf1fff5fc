"""Changes to practices: each checks the move, changes and logs in one transaction."""

from nhpf_web.what_works.actions.assessing import (
    accept,
    assign,
    decline,
    object_to,
    rate,
    reply_to,
    send_back,
)
from nhpf_web.what_works.actions.demonstration import make_demonstration_practices
from nhpf_web.what_works.actions.drafting import begin, save_step, submit
from nhpf_web.what_works.actions.exchange import import_practices
from nhpf_web.what_works.actions.files import attach, detach
from nhpf_web.what_works.actions.publishing import (
    begin_equality,
    confirm_equality,
    publish,
    renew,
    review,
    withdraw,
)
from nhpf_web.what_works.actions.telling import tell_what_is_due
from nhpf_web.what_works.actions.using import (
    adopt,
    answer,
    ask,
    comment,
    follow,
    log_replication,
    unfollow,
)

__all__ = [
    "accept",
    "adopt",
    "answer",
    "ask",
    "assign",
    "attach",
    "begin",
    "begin_equality",
    "comment",
    "confirm_equality",
    "decline",
    "detach",
    "follow",
    "import_practices",
    "log_replication",
    "make_demonstration_practices",
    "object_to",
    "publish",
    "rate",
    "renew",
    "reply_to",
    "review",
    "save_step",
    "send_back",
    "submit",
    "tell_what_is_due",
    "unfollow",
    "withdraw",
]
