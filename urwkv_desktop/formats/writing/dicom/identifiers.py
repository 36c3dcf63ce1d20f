"""Identifiers of what is written: new at each save for objects and series, the same from save to save for segments."""

from hashlib import sha256

from pydicom.uid import UID, generate_uid


def fresh() -> UID:
    return UID(generate_uid(prefix=None))


def stable(*what: str) -> UID:
    """2.25 and 128 bits of a hash (PS3.5 B.2)."""
    digest = sha256("\0".join(what).encode()).digest()
    return UID(f"2.25.{int.from_bytes(digest[:16], 'big')}")
