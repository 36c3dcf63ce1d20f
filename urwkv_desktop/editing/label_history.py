"""The project's labels as a fold over their edits, with an undo cursor of its own."""

from dataclasses import dataclass, field, replace

from urwkv_desktop.editing.edits import LabelEdit
from urwkv_desktop.editing.events import Move
from urwkv_desktop.imaging import Label, Labels

LabelEvent = LabelEdit | Move


@dataclass
class LabelHistory:
    """labels: as they are now. An id that was ever given is never given again, whatever was undone."""

    revision: int = 0
    position: int = 0
    _edits: list[LabelEdit] = field(default_factory=list)
    _ids: list[int] = field(default_factory=list)

    @property
    def edits(self) -> tuple[LabelEdit, ...]:
        return tuple(self._edits)

    @property
    def can_undo(self) -> bool:
        return self.position > 0

    @property
    def can_redo(self) -> bool:
        return self.position < len(self._edits)

    @property
    def labels(self) -> Labels:
        items: list[Label] = []
        for edit in self._edits[: self.position]:
            known = edit.before or edit.after
            assert known is not None
            items = [label for label in items if label.id != known.id]
            if edit.after is not None:
                items.insert(min(edit.place, len(items)), edit.after)
        alive = {label.id for label in items}
        return Labels(tuple(items), tuple(known for known in self._ids if known not in alive))

    def take(self, event: LabelEvent) -> None:
        """One more event. ValueError: a move to nowhere, or a new label with an id that was given before."""
        if isinstance(event, Move):
            if not 0 <= event.position <= len(self._edits):
                raise ValueError(f"no place {event.position} in {len(self._edits)} edits of labels")
            self.position = event.position
        else:
            self._edit(event)
        self.revision += 1

    def undo(self, reader: str = "") -> Move | None:
        """The event that takes the last edit back; it happens when it is taken."""
        return Move("undo", self.position - 1, reader) if self.can_undo else None

    def redo(self, reader: str = "") -> Move | None:
        return Move("redo", self.position + 1, reader) if self.can_redo else None

    def _edit(self, edit: LabelEdit) -> None:
        if edit.before is None and edit.after is not None:
            if edit.after.id in self._ids or edit.after.id < 1:
                raise ValueError(f"the id {edit.after.id} was given before")
            self._ids.append(edit.after.id)
        del self._edits[self.position:]
        self._edits.append(edit)
        self.position += 1


def label_edits(old: Labels, new: Labels, reader: str = "") -> tuple[LabelEdit, ...]:
    """What turns one state of the panel into another: deletions, then changes and moves, then additions."""
    gone = [LabelEdit(label, None, place, reader) for place, label in enumerate(old) if new.get(label.id) is None]
    current = replace(old, items=tuple(label for label in old if new.get(label.id) is not None))
    edits = list(gone)
    for place, label in enumerate(new):
        before = current.get(label.id)
        if before == label and current.items[place: place + 1] == (label,):
            continue
        edits.append(LabelEdit(before, label, place, reader))
        rest = [other for other in current if other.id != label.id]
        current = replace(current, items=(*rest[:place], label, *rest[place:]))
    return tuple(edits)
