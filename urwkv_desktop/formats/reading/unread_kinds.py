"""Images of kinds that no reader here reads: they are named, so that nobody looks for them in vain."""

from urwkv_desktop.formats import suffixes
from urwkv_desktop.formats.refusals import OPENING, READABLE
from urwkv_desktop.imaging import Message, Refusal

# Where in the file, what stands there, what that is.
_MARKS = (
    (0, b"GIF8", "GIF"), (8, b"WEBP", "WebP"), (0, b"8BPS", "Photoshop"), (0, b"ZISRAWFILE", "CZI"),
    (4, b"jP  \r\n\x87\n", "JPEG 2000"), (0, b"\xff\x4f\xff\x51", "JPEG 2000"), (4, b"JXL \r\n\x87\n", "JPEG XL"),
    (4, b"ftypheic", "HEIF"), (4, b"ftypheix", "HEIF"), (4, b"ftypmif1", "HEIF"), (4, b"ftypavif", "AVIF"),
)
_ANALYZE = 348  # bytes of the header, as its first number says


def by_content(head: bytes) -> str | None:
    """What the file's first bytes are those of; None where they are of no such kind."""
    return next((kind for at, mark, kind in _MARKS if head[at:at + len(mark)] == mark), None)


def by_name(suffix: str, head: bytes) -> str | None:
    """suffix: in small letters, with its dot."""
    if suffix == ".hdr" and len(head) >= _ANALYZE and head[:4] in (b"\x5c\1\0\0", b"\0\0\1\x5c"):
        return "Analyze 7.5"
    return suffixes.UNREAD.get(suffix)


def unread(kind: str) -> Refusal:
    return Refusal(tried=OPENING, cure=Message("It reads {formats}.", formats=READABLE),
                   cause=Message("The image is stored as {what}, which this program does not read.", what=kind))
