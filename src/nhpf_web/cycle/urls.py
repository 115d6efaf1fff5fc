"""Addresses of the cycle and of editions."""

from django.urls import path

from nhpf_web.cycle.views import cycles, drafts, editions, proposals, returns

app_name = "cycle"
CYCLE = "cycles/<slug:cycle_slug>/"
urlpatterns = [
    path("", cycles.home, name="home"),
    path("due/", cycles.due, name="due"),
    path("cycles/open/", cycles.open_cycle, name="open_cycle"),
    path(CYCLE, cycles.cycle, name="cycle"),
    path(f"{CYCLE}plan/", cycles.plan, name="plan"),
    path(f"{CYCLE}phases/<int:number>/<slug:what>/", cycles.move, name="move"),
    path(f"{CYCLE}phases/<int:number>/gates/<slug:gate>/", cycles.gate, name="gate"),
    path(f"{CYCLE}returns/", returns.returns, name="returns"),
    path(f"{CYCLE}returns/ask/", returns.ask, name="ask"),
    path("returns/<int:answer_id>/", returns.answer, name="answer"),
    path("returns/<int:answer_id>/reopen/", returns.reopen, name="reopen"),
    path("returns/<int:answer_id>/describe/", returns.describe, name="describe"),
    path("activity/", returns.activity, name="activity"),
    path("activity.csv", returns.activity_csv, name="activity_csv"),
    path("activity/<int:activity_id>/", returns.check, name="check"),
    path("activity/<int:activity_id>/remove/", returns.remove, name="remove"),
    path("activity/<int:activity_id>/<slug:step_slug>/", returns.write, name="write"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/start/", proposals.start, name="start_proposal"),
    path("proposals/<slug:proposal_slug>/", proposals.proposal, name="proposal"),
    path("proposals/<slug:proposal_slug>/<slug:act_slug>/", proposals.move, name="move_proposal"),
    path("linked-work/", proposals.linked_work, name="linked_work"),
    path("linked-work/link/", proposals.link, name="link"),
    path("linked-work/<int:work_id>/remove/", proposals.unlink, name="unlink"),
    path("editions/", editions.editions, name="editions"),
    path("editions/compare/", editions.compare, name="compare"),
    path("editions/next/", editions.header, name="header"),
    path("editions/freeze/", editions.freeze, name="freeze"),
    path("editions/<slug:edition_name>/", editions.edition, name="edition"),
    path("editions/<slug:edition_name>/files.zip", editions.files, name="files"),
    path("editions/<slug:edition_name>/<str:entry_id>/", editions.entry, name="entry"),
    path("entries/<str:entry_id>/", editions.entry_as_at, name="entry_as_at"),
    path("draft/", drafts.draft, name="draft"),
    path("draft/add/", drafts.add, name="add"),
    path("draft/<str:identity>/", drafts.record, name="record"),
    path("draft/<str:identity>/compare/", drafts.compare, name="compare_revisions"),
    path("draft/<str:identity>/rename/", drafts.rename, name="rename"),
    path("draft/<str:identity>/outcomes/<int:row>/", drafts.outcome, name="outcome"),
    path("draft/<str:identity>/<int:number>/schedule/", drafts.schedule, name="schedule"),
    path("draft/<str:identity>/<slug:part_slug>/", drafts.change, name="change"),
]
