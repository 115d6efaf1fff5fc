"""One hierarchy of errors; each class carries the exit code that the command line ends with."""

from __future__ import annotations

from typing import ClassVar


class NhpfError(Exception):
    """What happened, where, and what to do next, in the user's words.

    Parameters
    ----------
    what : str
        What happened, as a sentence that holds no value of any row.
    where : str, optional
        File, row and column, or the name of the thing concerned.
    next_step : str, optional
        What the user can do about it.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str = "", next_step: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.next_step = next_step

    def __str__(self) -> str:
        """Return the parts that are known, in reading order."""
        where = f" ({self.where})" if self.where else ""
        return f"{self.what}{where}{' ' + self.next_step if self.next_step else ''}"


class InvalidInput(NhpfError):
    """An argument that no method can use: negative counts, no areas, a share above one."""

    exit_code = 2


class UnknownArea(NhpfError):
    """No force, local authority or nation has this name or code."""

    exit_code = 3


class AmbiguousArea(NhpfError):
    """Several areas have this name."""

    exit_code = 4


class DamagedData(NhpfError):
    """A data file cannot be read, or a row of it breaks its contract."""

    exit_code = 5


class RowsRejected(DamagedData):
    """Rows of a file break its contract, more than may be rejected; nothing was kept.

    ``account`` says what became of each row, without any value.
    """

    account: object = None


class UnknownRelease(NhpfError):
    """No release of the data set has this id, or none has been made."""

    exit_code = 6


class EditionFault(NhpfError):
    """An edition of the framework is incomplete or refers to something that does not exist."""

    exit_code = 7


class RefusedByDisclosure(NhpfError):
    """The figure may not leave under the policy of this data set and audience."""

    exit_code = 8


class NotPermitted(NhpfError):
    """The user's role does not allow this action."""

    exit_code = 9


class ContradictsRelease(NhpfError):
    """A file disagrees with the release that is held in a way that no revision explains."""

    exit_code = 10


class PersonalData(NhpfError):
    """A file holds a name or another reference to a person."""

    exit_code = 11


class CannotTell(NhpfError):
    """The numbers cannot bear the statistic that was asked for."""

    exit_code = 12


class NoRoom(NhpfError):
    """The disk is full; what was held before is as it was."""

    exit_code = 20


class StoreBusy(NhpfError):
    """Another process is writing to the data set."""

    exit_code = 21


class BrokenSeal(NhpfError):
    """A sealed file was changed, or its seal is not that of the one it claims to come from."""

    exit_code = 13
