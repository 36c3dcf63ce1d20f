"""An event as a row of the table `event`, and back. A row that cannot be understood raises ValueError."""

import json
import struct
from datetime import UTC, datetime, timedelta
from typing import Any

from urwkv_desktop.editing.edits import NO_BOX, Answer, FlagEdit, LabelEdit, MeasureEdit, StatusEdit
from urwkv_desktop.editing.events import AnswerClosed, Event, MaskEvent, Move, SuggestionDropped
from urwkv_desktop.editing.label_history import LabelEvent
from urwkv_desktop.imaging import Box, Finding, Flag, Label, Message, Origin, Severity, Status

_BOX = struct.Struct("<6i")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# kind, layer, group, reader, time, origin, tool, box, detail, payload
Columns = tuple[str, int, int, str, int, str | None, str | None, bytes | None, str | None, bytes | None]


def encode(event: Event) -> Columns:
    """The reader's name stands where the table has its id."""
    time = microseconds(event.time)
    match event:
        case MaskEvent():
            return ("prediction" if event.answer and event.origin is Origin.network else "mask", event.layer,
                    event.group, event.reader, time, event.origin.value, _tool(event), _box(event.box),
                    _answer(event.answer), event.payload)
        case Move():
            return event.kind, 0, 0, event.reader, time, None, None, None, json.dumps(event.position), None
        case AnswerClosed():
            kind = "prediction complete" if event.is_complete else "prediction cancelled"
            return kind, 0, event.group, event.reader, time, None, None, None, None, None
        case SuggestionDropped():
            return "suggestion dropped", 0, 0, event.reader, time, None, None, None, None, None
        case StatusEdit():
            kind, detail = "status", json.dumps(event.status.value)
        case FlagEdit():
            kind, detail = "flag", json.dumps([event.flag.flagged, event.flag.comment, event.flag.excluded])
        case MeasureEdit():
            kind = "measure"
            detail = json.dumps([event.kind, event.points, event.axis, event.index, event.label, event.removes])
    return kind, 0, event.group, event.reader, time, None, None, None, detail, None


def decode(columns: Columns) -> Event:
    kind, layer, group, reader, stamp, origin, tool, box, detail, payload = columns
    time = moment(stamp)
    if kind in ("mask", "prediction"):
        tool_id, text, values = json.loads(tool or '["", "", {}]')
        return MaskEvent(Message(text, **values), tool_id, group, layer, Box(*_BOX.unpack(box)) if box else NO_BOX,
                         Origin(origin), reader, time, _read_answer(detail), payload)
    if kind in ("undo", "redo", "jump"):
        return Move(kind, int(json.loads(detail or "")), reader, time)
    if kind in ("prediction complete", "prediction cancelled"):
        return AnswerClosed(group, kind == "prediction complete", reader, time)
    if kind == "suggestion dropped":
        return SuggestionDropped(reader, time)
    said: Any = json.loads(detail or "null")
    if kind == "status":
        return StatusEdit(Status(said), group, reader, time)
    if kind == "flag":
        return FlagEdit(Flag(*said), group, reader, time)
    if kind == "measure":
        name, points, axis, index, label, removes = said
        return MeasureEdit(name, tuple((row, column) for row, column in points), axis, index, label, removes, group,
                           reader, time)
    raise ValueError(f"an event of an unknown kind: {kind}")


def encode_label(event: LabelEvent) -> tuple[str, str, int, str]:
    """kind, reader, time, detail."""
    if isinstance(event, Move):
        return event.kind, event.reader, microseconds(event.time), json.dumps(event.position)
    detail = [_label(event.before), _label(event.after), event.place]
    return "edit", event.reader, microseconds(event.time), json.dumps(detail)


def decode_label(kind: str, reader: str, stamp: int, detail: str) -> LabelEvent:
    said: Any = json.loads(detail)
    if kind != "edit":
        return Move(kind, int(said), reader, moment(stamp))
    before, after, place = said
    return LabelEdit(Label(*before) if before else None, Label(*after) if after else None, place, reader,
                     moment(stamp))


def encode_findings(findings: tuple[Finding, ...]) -> str:
    return json.dumps([[one.code, one.message.text, one.message.values, one.severity.value] for one in findings],
                      default=str)


def decode_findings(text: str) -> tuple[Finding, ...]:
    return tuple(Finding(code, Message(sentence, **values), Severity(severity))
                 for code, sentence, values, severity in json.loads(text))


def microseconds(time: datetime) -> int:
    """Since 1970, UTC."""
    return (time - _EPOCH) // timedelta(microseconds=1)


def moment(stamp: int) -> datetime:
    return _EPOCH + timedelta(microseconds=stamp)


def _tool(event: MaskEvent) -> str:
    return json.dumps([event.tool_id, event.tool.text, event.tool.values], default=str)


def _box(box: Box) -> bytes:
    return _BOX.pack(box.k0, box.j0, box.i0, box.k1, box.j1, box.i1)


def _answer(answer: Answer | None) -> str | None:
    if answer is None:
        return None
    return json.dumps([answer.model, answer.weights_sha256, answer.slices, answer.offered])


def _read_answer(detail: str | None) -> Answer | None:
    if not detail:
        return None
    model, weights, slices, offered = json.loads(detail)
    return Answer(model, weights, tuple(slices), tuple(offered))


def _label(label: Label | None) -> list[object] | None:
    if label is None:
        return None
    return [label.id, label.name, label.colour, label.code, label.locked, label.visible]
