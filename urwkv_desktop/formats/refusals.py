"""The sentences for files that can't be opened."""

from urwkv_desktop.imaging import Message, Refusal

OPENING = Message("Opening this file.")
COPY_AGAIN = Message("Copy it again from where it came.")
EXPORT_AGAIN = Message("Export it again from the program that made it.")
NOT_SHOWN = Message("It is left out; everything else opens.")
# A picture of this size that shrinks to less than a two hundredth is one colour; photographs shrink to a third.
_BOMBS = ((256 << 20, 200), (32 << 20, 5000))  # the second: JPEG 2000 and JPEG-LS, of which deflate is not capable
_MOST_VOLUMES = 10_000
READABLE = "PNG, JPEG, BMP, TIFF, DICOM, NIfTI, NRRD, MetaImage"


def incomplete(have: int, need: int) -> Refusal:
    cause = Message("The file is incomplete: {have} of {need} bytes.", have=have, need=need)
    return Refusal(tried=OPENING, cause=cause, cure=COPY_AGAIN)


def incomplete_after(have: int) -> Refusal:
    """Where the format does not say how long the file should be."""
    cause = Message("The file is incomplete: it ends in the middle of the image, after {have} bytes.", have=have)
    return Refusal(tried=OPENING, cause=cause, cure=COPY_AGAIN)


def incomplete_frames(have: int, need: int) -> Refusal:
    cause = Message("The file is incomplete: {have} of {need} frames.", have=have, need=need)
    return Refusal(tried=OPENING, cause=cause, cure=COPY_AGAIN)


def is_incomplete(refusal: Refusal) -> bool:
    """Whether something of the image may be there."""
    return refusal.cause.text.startswith("The file is incomplete: ")


def nothing_there() -> Refusal:
    return Refusal(tried=Message("Showing what is there."),
                   cause=Message("No part of this file can be shown on its own."), cure=COPY_AGAIN)


def empty() -> Refusal:
    return Refusal(tried=OPENING, cause=Message("The file is empty: 0 bytes."), cure=COPY_AGAIN)


def too_large(need: int, limit: int) -> Refusal:
    cause = Message("This file says it needs {need} in memory; the limit is {limit}.",
                    need=size(need), limit=size(limit))
    return Refusal(tried=OPENING, cause=cause,
                   cure=Message("It was not opened. The limit can be raised in the settings."))


def unpacks_too_far(limit: int) -> Refusal:
    cause = Message("Its packed content is larger than {limit}, far more than its size explains.", limit=size(limit))
    return Refusal(tried=OPENING, cause=cause, cure=COPY_AGAIN)


def refuse_bomb(packed: int, unpacked: int) -> None:
    """For images, never for masks, which may well shrink to a thousandth. Raises Refusal."""
    for size_, ratio in _BOMBS:
        if unpacked > size_ and unpacked > ratio * packed:
            raise unpacks_too_far(size_)


def refuse_many(volumes: int) -> None:
    """Each volume of a file is a case. Raises Refusal where there are more than a worklist can hold."""
    if volumes > _MOST_VOLUMES:
        cause = Message("The file says that it holds {count} volumes; the limit is {limit}.", count=volumes,
                        limit=_MOST_VOLUMES)
        raise Refusal(tried=OPENING, cause=cause, cure=EXPORT_AGAIN)


def too_hungry() -> Refusal:
    return Refusal(tried=OPENING,
                   cause=Message("Decoding it needs far more memory than its size explains; it is damaged or hostile."),
                   cure=Message("Copy it again from where it came, or leave it out."))


def too_hungry_folder() -> Refusal:
    """Where no single file is to blame."""
    return Refusal(tried=Message("Opening this folder."),
                   cause=Message("Looking through this folder needs more memory than it may take."),
                   cure=Message("Open one of its sub-folders."))


def mislabelled(suffix: str) -> Refusal:
    cause = Message("This is no image: its name ends in {suffix}, but its content is not of that kind.", suffix=suffix)
    return Refusal(tried=OPENING, cause=cause, cure=NOT_SHOWN)


def unknown_kind() -> Refusal:
    return Refusal(tried=OPENING, cause=Message("This is no image of a kind that this program reads."),
                   cure=Message("It reads {formats}.", formats=READABLE))


def damaged(kind: str) -> Refusal:
    cause = Message("The file is damaged: its {kind} data can't be decoded.", kind=kind)
    return Refusal(tried=OPENING, cause=cause, cure=COPY_AGAIN)


def part_missing(kind: str) -> Refusal:
    """Where the data ends early and the file does not."""
    cause = Message("The file is damaged: a part of its {kind} data is missing.", kind=kind)
    return Refusal(tried=OPENING, cause=cause, cure=COPY_AGAIN)


def unsupported(what: str) -> Refusal:
    cause = Message("The image is stored as {what}, which this program does not read.", what=what)
    return Refusal(tried=OPENING, cause=cause, cure=EXPORT_AGAIN)


def not_an_image(kind: str) -> Refusal:
    cause = (Message("This is an {kind}, not an image.", kind=kind) if kind[:1] in "AEIOUaeio"
             else Message("This is a {kind}, not an image.", kind=kind))
    return Refusal(tried=OPENING, cause=cause, cure=NOT_SHOWN)


def inconsistent(cause: Message) -> Refusal:
    """cause: a whole sentence, "The file contradicts itself: ..."."""
    return Refusal(tried=OPENING, cause=cause, cure=EXPORT_AGAIN)


def unreachable(reason: str) -> Refusal:
    """reason: the operating system's own words, without the path."""
    cause = Message("The file can't be read: {reason}.", reason=reason)
    return Refusal(tried=OPENING, cause=cause, cure=Message("Check that it is still there and that you may read it."))


def size(nbytes: int) -> str:
    for unit, scale in (("GB", 1e9), ("MB", 1e6), ("KB", 1e3)):
        if nbytes >= scale:
            return f"{nbytes / scale:.1f} {unit}"
    return f"{nbytes} bytes"
