"""What an index found in a file, in words that the caller keeps from one opening of a folder to the next."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KnownFile:
    """file: relative to the root, posix. size: bytes. time: of the last change of its content, nanoseconds.

    words: for the index alone, which passes over what it cannot understand.
    """

    file: str
    size: int
    time: int
    words: str


@dataclass(frozen=True)
class Learned:
    """What an index adds to what is known, and files of which something was known and that are no longer there."""

    files: tuple[KnownFile, ...] = ()
    gone: tuple[str, ...] = ()
