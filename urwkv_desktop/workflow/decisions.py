"""What a reader decides about a case: accepted, reopened, flagged, excluded."""

from collections.abc import Callable
from dataclasses import replace

from urwkv_desktop.editing.document import Document
from urwkv_desktop.editing.edits import FlagEdit, StatusEdit
from urwkv_desktop.imaging import Flag, Status


def is_untouched(document: Document) -> bool:
    """Neither a network nor a hand has left anything in it: what was drawn and undone again counts as nothing."""
    return document.status is Status.new and not document.history.has_answer


def accept(document: Document) -> None:
    if document.is_writable and document.status is not Status.accepted:
        document.apply(StatusEdit(Status.accepted, reader=document.reader))


def reopen(document: Document) -> None:
    if document.is_writable and document.status is Status.accepted:
        document.apply(StatusEdit(Status.edited, reader=document.reader))


def flag(document: Document, comment: str | None) -> None:
    """None takes the flag away."""
    _mark(document, lambda flag: replace(flag, flagged=comment is not None, comment=comment or ""))


def exclude(document: Document, excluded: bool) -> None:
    _mark(document, lambda flag: replace(flag, excluded=excluded))


def _mark(document: Document, change: Callable[[Flag], Flag]) -> None:
    if document.is_writable and change(document.flag) != document.flag:
        document.apply(FlagEdit(change(document.flag), reader=document.reader))
