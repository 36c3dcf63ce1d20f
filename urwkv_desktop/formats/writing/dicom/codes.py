"""Concepts for labels: SNOMED CT where the label's code or name is one of pydicom's tables, else a code of our own."""

from hashlib import sha256

from pydicom.sr.codedict import codes
from pydicom.sr.coding import Code

OWN_SCHEME = "99URWKV"
_ABNORMAL = Code("49755003", "SCT", "Morphologically Abnormal Structure")
_ANATOMY = Code("123037004", "SCT", "Anatomical Structure")
_TISSUE = Code("85756007", "SCT", "Tissue")
_SPATIAL = Code("309825002", "SCT", "Spatial and Relational Concept")
# Context groups of PS3.16 and the category that their concepts belong to.
_GROUPS = (("cid7159", _ABNORMAL), ("cid7192", _ANATOMY), ("cid7153", _ANATOMY), ("cid4", _ANATOMY),
           ("cid7151", _TISSUE), ("cid8135", _ANATOMY))
_LONGEST_VALUE, LONGEST = 16, 64


def concept(name: str, code: str) -> tuple[Code, Code]:
    """(category, type) of a label. code: "SCT:52988006", or a SNOMED number alone, or ""."""
    scheme, _, value = code.strip().rpartition(":")
    scheme = scheme or ("SCT" if value.isdigit() else "")
    known = _table()
    if scheme == "SCT" and value in known:
        return known[value]
    if scheme and value and len(value) <= _LONGEST_VALUE:
        return _SPATIAL, Code(value, scheme[:_LONGEST_VALUE], meaning(name))
    by_name = next((found for found in known.values() if found[1].meaning.casefold() == name.strip().casefold()), None)
    if by_name is not None and not code:
        return by_name
    return _SPATIAL, Code(sha256(name.encode()).hexdigest()[:12].upper(), OWN_SCHEME, meaning(name))


def meaning(name: str) -> str:
    """A label's name as a DICOM long string: 64 characters, none of them a backslash or a control character."""
    clean = "".join(" " if letter == "\\" or not letter.isprintable() else letter for letter in name).strip()
    return clean[:LONGEST].strip() or "label"


_known: dict[str, tuple[Code, Code]] = {}


def _table() -> dict[str, tuple[Code, Code]]:
    """SNOMED value -> (category, concept); the first group that lists it decides."""
    if not _known:
        for group, category in _GROUPS:
            for code in getattr(codes, group).concepts.values():
                if code.scheme_designator == "SCT":
                    _known.setdefault(code.value, (category, code))
    return _known
