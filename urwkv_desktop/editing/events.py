"""What is written down for a case: its edits, packed, and every move of the undo cursor. Append-only."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from urwkv_desktop.editing.edits import Answer, FlagEdit, MaskEdit, MeasureEdit, StatusEdit, now
from urwkv_desktop.editing.packing import pack, unpack
from urwkv_desktop.imaging import Box, Message, Origin


@dataclass(frozen=True, eq=False)
class MaskEvent:
    """A MaskEdit whose arrays are packed. payload: None where it has to be read from the store."""

    tool: Message
    tool_id: str
    group: int
    layer: int
    box: Box
    origin: Origin
    reader: str
    time: datetime
    answer: Answer | None
    payload: bytes | None

    @staticmethod
    def of(edit: MaskEdit) -> "MaskEvent":
        return MaskEvent(edit.tool, edit.tool_id, edit.group, edit.layer, edit.box, edit.origin, edit.reader, edit.time,
                         edit.answer, pack(edit.before, edit.after))

    def edit(self, payload: bytes | None = None) -> MaskEdit:
        """The edit with its arrays. Raises ValueError where there is no payload or it is damaged."""
        packed = self.payload if payload is None else payload
        if packed is None:
            raise ValueError("the payload of this edit has not been read")
        before, after = unpack(packed, self.box.shape)
        return MaskEdit(self.tool, self.tool_id, self.group, self.layer, self.box, before, after, self.origin,
                        self.reader, self.time, self.answer)

    def without_payload(self) -> "MaskEvent":
        return self if self.payload is None else replace(self, payload=None)


@dataclass(frozen=True)
class Move:
    """The cursor was moved. kind: undo, redo or jump. position: groups applied after it."""

    kind: str
    position: int
    reader: str = ""
    time: datetime = field(default_factory=now)


@dataclass(frozen=True)
class AnswerClosed:
    """The network has nothing more to say in this group: complete, or cancelled."""

    group: int
    is_complete: bool
    reader: str = ""
    time: datetime = field(default_factory=now)


@dataclass(frozen=True)
class SuggestionDropped:
    """What the network had offered is not wanted."""

    reader: str = ""
    time: datetime = field(default_factory=now)


GroupEvent = MaskEvent | StatusEdit | FlagEdit | MeasureEdit
Event = GroupEvent | Move | AnswerClosed | SuggestionDropped
