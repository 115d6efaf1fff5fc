"""What a force's own homicide cases add to a profile: sub-types, who, how, where and by whom."""

from nhpf.profile.cases.adding import with_cases

__all__ = ["with_cases"]
