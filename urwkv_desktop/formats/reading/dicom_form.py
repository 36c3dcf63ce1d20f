"""Files that are DICOM in another form than they say: what stands at their beginning, and how it is put right.

Source: DICOM PS3.10, 7.1, and PS3.5, 7.1 and 7.3. Forms that pydicom itself puts up with are left to it.
"""

from collections.abc import Callable

_PREFIX, _PREAMBLE = b"DICM", b"\0" * 128
_LITTLE, _BIG = b"1.2.840.10008.1.2.1\0", b"1.2.840.10008.1.2.2\0"  # explicit, of one length
_IDENTIFYING, _IDENTIFYING_BIG = b"\x08\0", b"\0\x08"  # group 0008, with which nearly all data sets begin
_FIRST_GROUP = b"\x02\0\0\0UL\x04\0"


def begins_dicom(head: bytes) -> bool:
    """head: at least 140 bytes. Without the prefix only a file that begins with group 0002 or 0008 is one."""
    if head[128:132] == _PREFIX or (head[:4] == _PREFIX and head[4:8] == _FIRST_GROUP[:4]):
        return True
    if head[:2] == _IDENTIFYING_BIG and head[2:3] == b"\0" and _is_kind(head[4:6]):
        return True
    return len(head) >= 16 and head[1:2] == b"\0" and head[3:4] == b"\0" and head[0] in (2, 8) and (
        _is_kind(head[4:6]) or int.from_bytes(head[4:8], "little") < 4096)


def mending(head: bytes) -> Callable[[bytes], bytes] | None:
    """head: the file's beginning. What makes an ordinary file of the whole; None where it is one, or no help."""
    if head[:4] == _PREFIX:
        return lambda whole: _PREAMBLE + whole
    if head[:2] == _IDENTIFYING_BIG and _is_kind(head[4:6]):
        return lambda whole: _with_meta(_BIG) + whole
    start = 144 + int.from_bytes(head[140:144], "little")
    if head[128:132] != _PREFIX or head[132:140] != _FIRST_GROUP or len(head) < start + 6:
        return None
    found, group = head[start:start + 2], head[132:start]
    if found == _IDENTIFYING_BIG and _LITTLE in group and _is_kind(head[start + 4:start + 6]):
        return lambda whole: whole[:start].replace(_LITTLE, _BIG) + whole[start:]
    if found == _IDENTIFYING and _BIG in group:
        return lambda whole: whole[:start].replace(_BIG, _LITTLE) + whole[start:]
    return None


def _is_kind(letters: bytes) -> bool:
    """A value representation, which is two capitals."""
    return len(letters) == 2 and letters.isalpha() and letters.isupper()


def _with_meta(syntax: bytes) -> bytes:
    group = b"\x02\0\x10\0UI" + len(syntax).to_bytes(2, "little") + syntax
    return _PREAMBLE + _PREFIX + _FIRST_GROUP + len(group).to_bytes(4, "little") + group
