"""How far a case has got, and where a change came from."""

from dataclasses import dataclass
from enum import Enum


class Status(Enum):
    """A fold over a case's events; flagged and excluded stand beside it."""

    new = "new"
    predicted = "predicted"
    edited = "edited"
    accepted = "accepted"


class Origin(Enum):
    network = "network"
    hand = "hand"
    imported = "import"
    suggestion = "suggestion"


@dataclass(frozen=True)
class Flag:
    """Marks beside the status: a comment for the next reader, and whether the case is left out of exports."""

    flagged: bool = False
    comment: str = ""
    excluded: bool = False
