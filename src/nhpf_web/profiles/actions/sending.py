"""A month's signals by e-mail, and backtests that are kept for the page that shows them."""

from __future__ import annotations

import json
from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from nhpf.records import areas
from nhpf_web.organisations.actions import send_each
from nhpf_web.organisations.queries import people_who_may
from nhpf_web.organisations.rules import Right
from nhpf_web.profiles.models import KeptBacktest, SignalDigest
from nhpf_web.profiles.queries.looks import digests
from nhpf_web.profiles.queries.places import place_with_code, release
from nhpf_web.profiles.queries.signals import bulletins_of

END = "Your organisation asked for this. To stop it: "


def send_signals() -> tuple[int, int]:
    """Send each organisation that asked the latest month of its area, once.

    It goes to its people who may look at signals and have notices by e-mail; figures that the
    public may see, and addresses, nothing else.

    Returns
    -------
    tuple of int
        How many messages were handed over, and how many organisations' could not be: those go
        the next time.

    Raises
    ------
    NotPermitted
        Where this installation has no way of outgoing e-mail.
    """
    return send_each(digests(), _send)


@transaction.atomic
def _send(digest: SignalDigest) -> int:
    # Held still, so that a second run at the same moment does not send it again.
    held = SignalDigest.objects.select_for_update(of=("self",)).get(pk=digest.pk)
    written = _written(digest.organisation.area_code)
    if written is None or held.sent_month == written[0]:
        return 0
    month, subject, text = written
    held.sent_month = month
    held.save(update_fields=["sent_month"])
    people = people_who_may(Right.LOOK_AT_SIGNAL, organisation=digest.organisation.slug)
    addresses = [person.email for person in people.filter(is_emailed=True)]
    for address in addresses:
        EmailMessage(subject, text, to=[address]).send()
    return len(addresses)


def _written(area_code: str) -> tuple[date, str, str] | None:
    """Return the month, subject and text of an area's latest bulletin."""
    place = place_with_code(area_code)
    if place is None or not (held := bulletins_of(place)):
        return None
    latest = held[0]
    base = settings.NHPF_ADDRESS
    lines = [latest.sentence, ""]
    for each in latest.signals:
        lines += [each.sentence, f"{base}/what-happens/signals/{each.id}/", ""]
    lines += [f"{base}{place.address}signals/", "", f"{END}{base}/what-happens/signals/by-e-mail/"]
    subject = f"Signals in {latest.area_name}, {latest.month:%B %Y}: {len(latest.signals)}"
    return latest.month, subject, "\n".join(lines)


def keep_backtest(*, runs: int, seed: int) -> KeptBacktest:
    """Run the backtest on the current release and keep what it found."""
    from nhpf.signals import watchable
    from nhpf.signals.backtest import backtest

    current = release()
    held, _ = watchable(areas(current), release=current)
    found = backtest(held, runs=runs, rng=seed)
    # Through its text, so that what a page shows is what the table holds.
    result = json.loads(json.dumps(found.as_json()))
    return KeptBacktest.objects.create(release=current.id, runs=runs, seed=seed, result=result)
