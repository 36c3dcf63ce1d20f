"""Fragments of encapsulated pixels, and which of them make a frame. Source: DICOM PS3.5, A.4."""

from collections.abc import Iterator

from urwkv_desktop.formats.reading.dicom_file import DicomFile
from urwkv_desktop.formats.refusals import incomplete, incomplete_frames, inconsistent
from urwkv_desktop.imaging import Message

_ITEM, _CLOSED = b"\xfe\xff\x00\xe0", b"\xfe\xff\xdd\xe0"
_MOST = 500_000
_STREAMS = (b"\xff\xd8", b"\xff\x4f")  # how JPEG and JPEG 2000 begin
_NO_FRAGMENTS = Message("The file contradicts itself: its compressed pixels are not in fragments.")
Fragments = list[tuple[int, int]]


def walk(file: DicomFile) -> tuple[Fragments, bool]:
    """(offset, length) of the table of offsets and of each fragment after it, and whether their list is closed.

    Raises Refusal where one is cut.
    """
    found: Fragments = []
    with file.stream() as stream:
        place = file.offset
        while True:
            stream.seek(place)
            head = stream.read(8)
            tag, length = head[:4], int.from_bytes(head[4:8], "little")
            if tag == _CLOSED or (not head and found):
                return found, bool(head)
            if len(head) < 8 or tag != _ITEM:
                raise incomplete(file.size, max(file.size, place) + 8) if len(head) < 8 else inconsistent(_NO_FRAGMENTS)
            if place + 8 + length > file.size:
                raise incomplete(file.size, place + 8 + length)
            if len(found) > _MOST:
                raise inconsistent(Message("The file contradicts itself: its pixels lie in more than {count} pieces.",
                                           count=_MOST))
            found.append((place + 8, length))
            place += 8 + length


def frames_beyond(file: DicomFile, fragments: Fragments, frames: int) -> int:
    """How many frames there are more than the header says: by the table of offsets, else by how fragments begin."""
    if len(fragments) - 1 <= frames:
        return 0
    with file.stream() as stream:
        if fragments[0][1]:
            return max(0, fragments[0][1] // 4 - frames)
        begun = 0
        for offset, _ in fragments[1:]:
            stream.seek(offset)
            begun += stream.read(2) in _STREAMS
    return max(0, begun - frames)


def compressed_frames(file: DicomFile, frames: int) -> Iterator[bytes]:
    """As many as the header says. Raises Refusal where there are fewer, ValueError where their table is rubbish.

    Where there is one fragment for each frame no table is asked: tables are wrong more often than fragments are.
    """
    fragments = [one for one in walk(file)[0][1:] if one[1]]
    if len(fragments) == frames:
        with file.stream() as stream:
            for offset, length in fragments:
                stream.seek(offset)
                yield stream.read(length)
        return
    from pydicom.encaps import generate_frames

    count = 0
    for frame in generate_frames(file.encoded(), number_of_frames=frames, extended_offsets=_extended_offsets(file)):
        count += 1
        yield frame
        if count == frames:
            return
    raise incomplete_frames(count, frames)


def _extended_offsets(file: DicomFile) -> tuple[bytes, bytes] | None:
    table, lengths = file.dataset.get("ExtendedOffsetTable"), file.dataset.get("ExtendedOffsetTableLengths")
    return (table, lengths) if isinstance(table, bytes) and isinstance(lengths, bytes) else None
