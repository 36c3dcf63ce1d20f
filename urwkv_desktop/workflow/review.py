"""The order in which a reader goes through the cases."""

from collections.abc import Callable, Sequence

from urwkv_desktop.imaging import Status
from urwkv_desktop.store.cases import CaseRow


def is_open(row: CaseRow) -> bool:
    """Still to be looked at: neither accepted nor excluded. Rows below 0 are files that were refused."""
    return row.id > 0 and row.status is not Status.accepted and not row.flag.excluded


def next_open(rows: Sequence[CaseRow], current: int | None) -> int | None:
    """The next case that is still open, behind the current one, then from the top; None when all are done."""
    at = place_of(rows, current)
    behind = rows if at is None else (*rows[at + 1:], *rows[:at])
    return next((row.id for row in behind if is_open(row)), None)


def neighbour(rows: Sequence[CaseRow], current: int | None, step: int) -> int | None:
    """The case so many rows further; None past either end."""
    at = place_of(rows, current)
    if at is None:
        return rows[0].id if rows else None
    return rows[at + step].id if 0 <= at + step < len(rows) else None


def place_of(rows: Sequence[CaseRow], case: int | None) -> int | None:
    return next((place for place, row in enumerate(rows) if row.id == case), None)


def wanted_ahead(rows: Sequence[CaseRow], current: int | None, is_wanted: Callable[[CaseRow], bool], *,
                 at_most: int) -> int | None:
    """The case that the network looks at next: the current one, then those behind it, at most so many of them."""
    at = place_of(rows, current) or 0
    return next((row.id for row in rows[at:at + 1 + at_most] if is_wanted(row)), None)
