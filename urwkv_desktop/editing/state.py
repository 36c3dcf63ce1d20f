"""A case as its events made it: mask and history, folded together."""

from dataclasses import dataclass, field

from urwkv_desktop.editing.edits import NO_BOX
from urwkv_desktop.editing.events import Event
from urwkv_desktop.editing.history import History, Step
from urwkv_desktop.imaging import Box, Flag, Mask, Status


@dataclass
class CaseState:
    """What a fold over all events gives. `take` follows the next event, whoever made it."""

    mask: Mask
    history: History = field(default_factory=History)

    @staticmethod
    def empty(shape: tuple[int, int, int]) -> "CaseState":
        return CaseState(Mask.empty(shape))

    @property
    def revision(self) -> int:
        return self.history.revision

    @property
    def status(self) -> Status:
        return self.history.status

    @property
    def flag(self) -> Flag:
        return self.history.flag

    def take(self, event: Event) -> Box:
        """Returns the box of the mask that has changed (an empty one where none has)."""
        changed = NO_BOX
        for step in self.history.take(event):
            self.perform(step)
            changed = changed.union(step.event.box)
        return changed

    def perform(self, step: Step) -> None:
        edit = step.event.edit(self.history.payload(step.revision))
        if step.forward:
            edit.apply(self.mask)
        else:
            edit.reverse(self.mask)
