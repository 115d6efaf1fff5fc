"""What a force's own homicide cases add to a profile: sub-types, who, how, where and by whom."""

from nhpf.profile.cases.held import Cases, cases_of
from nhpf.profile.cases.sections import judgements, sections

__all__ = ["Cases", "cases_of", "judgements", "sections"]
