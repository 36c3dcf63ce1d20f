"""NRRD, in one file or as a header beside its numbers. Source: "Definition of NRRD File Format", teem."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.reading.volume import VolumeHeader, read_header
from urwkv_desktop.formats.refusals import inconsistent, unsupported
from urwkv_desktop.imaging import Message

_LONGEST = 1 << 20  # of a header; Slicer's with a thousand segments has a tenth
_TYPES = {
    "i1": ("signed char", "int8", "int8_t"), "u1": ("uchar", "unsigned char", "uint8", "uint8_t"),
    "i2": ("short", "short int", "signed short", "signed short int", "int16", "int16_t"),
    "u2": ("ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t"),
    "i4": ("int", "signed int", "int32", "int32_t"), "u4": ("uint", "unsigned int", "uint32", "uint32_t"),
    "i8": ("longlong", "long long", "long long int", "signed long long", "signed long long int", "int64", "int64_t"),
    "u8": ("ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t"),
    "f4": ("float",), "f8": ("double",),
}
_PACKINGS = {"raw": "raw", "gz": "gzip", "gzip": "gzip"}
_COLOURS = {"rgb-color": 3, "rgba-color": 4, "3-color": 3, "4-color": 4}
_SPACES = {"left-posterior-superior": (1, 1, 1), "lps": (1, 1, 1), "right-anterior-superior": (-1, -1, 1),
           "ras": (-1, -1, 1), "left-anterior-superior": (1, -1, 1), "las": (1, -1, 1)}


def can_read(head: bytes) -> bool:
    return head[:4] == b"NRRD" and head[4:8].isdigit()


def header(path: Path) -> VolumeHeader:
    """Raises Refusal for what can't be read, and for a plain file shorter than it says."""
    return read_header(path, "NRRD", _LONGEST, _fields, _understood)


def _fields(text: bytes) -> tuple[dict[str, str], int]:
    """The fields by lower-case name, and where the numbers begin: behind the first empty line, or at the end."""
    fields: dict[str, str] = {}
    place = text.find(b"\n") + 1
    while 0 < place < len(text):
        end = text.find(b"\n", place)
        if end < 0:
            break
        line = text[place:end].rstrip(b"\r").decode("utf-8", "replace")
        place = end + 1
        if not line:
            return fields, place
        for mark in (":=", ": "):
            name, found, value = line.partition(mark)
            if found and not line.startswith("#"):
                fields[name.strip().lower()] = value.strip()
                break
    return fields, place


def _understood(path: Path, fields: dict[str, str], offset: int) -> VolumeHeader:
    sizes = [int(one) for one in fields["sizes"].split()]
    if len(sizes) != int(fields["dimension"]) or not 2 <= len(sizes) <= 4 or min(sizes) < 1:
        raise inconsistent(Message("The file contradicts itself: its dimensions are {dims}.", dims=str(sizes)))
    encoding = fields["encoding"].lower()
    if encoding not in _PACKINGS:
        raise unsupported("NRRD with this encoding")
    dtype = next((np.dtype(code) for code, names in _TYPES.items() if fields["type"].lower() in names), None)
    if dtype is None:
        raise unsupported("NRRD with numbers of an unusual kind")
    if dtype.itemsize > 1:
        dtype = dtype.newbyteorder("<" if fields["endian"].lower() == "little" else ">")
    data, offset = _data(path, fields, offset)
    found = VolumeHeader("NRRD", (1, 1, 1), dtype, data, offset, _PACKINGS[encoding], fields=fields)
    return _placed(_axes(found, sizes, fields), fields)


def _data(path: Path, fields: dict[str, str], offset: int) -> tuple[Path, int]:
    """The file of the numbers, which lies beside the header or is the header's own."""
    name = fields.get("data file") or fields.get("datafile")
    if any(int(fields.get(word, "0")) for word in ("line skip", "lineskip")):
        raise unsupported("NRRD with lines to be skipped")
    skip = int(fields.get("byte skip") or fields.get("byteskip") or "0")
    if skip < 0:
        raise unsupported("NRRD whose numbers are counted from the end")
    if name is None:
        return path, offset + skip
    if "/" in name or "\\" in name or name.startswith("LIST") or "%" in name or name in ("", ".", ".."):
        raise unsupported("NRRD of several files")
    return path.with_name(name), skip


def _axes(found: VolumeHeader, sizes: list[int], fields: dict[str, str]) -> VolumeHeader:
    kinds = fields.get("kinds", "").lower().split() or ["domain"] * len(sizes)
    apart = [at for at in range(len(sizes)) if not _is_space(at, kinds, fields)]
    if len(sizes) == 4 and not apart:
        apart = [3]
    if len(apart) > 1:
        raise unsupported("NRRD with more than four dimensions")
    space = [size for at, size in enumerate(sizes) if at not in apart]
    if len(space) > 3 or (apart and apart[0] not in (0, len(sizes) - 1)):
        raise unsupported("NRRD with its axes in this order")
    shape = (space[0], space[1] if len(space) > 1 else 1, space[2] if len(space) > 2 else 1)
    if not apart:
        return replace(found, shape=shape)
    count = sizes[apart[0]]
    if apart[0] == 0 and count in (3, 4) and found.dtype.itemsize == 1 and _COLOURS.get(kinds[0]) == count:
        return replace(found, shape=shape, samples=count)
    return replace(found, shape=shape, times=count, parted=apart[0] == 0)


def _is_space(at: int, kinds: Sequence[str], fields: dict[str, str]) -> bool:
    directions = _directions(fields)
    if directions is not None:
        return directions[at] is not None
    return kinds[at] in ("domain", "space", "???", "none") or (kinds[at] == "time" and len(kinds) < 4)


def _directions(fields: dict[str, str]) -> list[list[float] | None] | None:
    said = fields.get("space directions")
    if said is None:
        return None
    found: list[list[float] | None] = []
    rest = said.replace(" ", "")
    while rest:
        if rest.lower().startswith("none"):
            found.append(None)
            rest = rest[4:]
            continue
        vector, mark, rest = rest.partition(")")
        if not mark or not vector.startswith("("):
            raise ValueError(said)
        found.append([float(one) for one in vector[1:].split(",")])
    return found


def _placed(found: VolumeHeader, fields: dict[str, str]) -> VolumeHeader:
    steps = [one for one in _directions(fields) or () if one is not None]
    signs = _SPACES.get(fields.get("space", "").lower())
    if not steps or signs is None or len(steps) < 2 or any(len(one) != 3 for one in steps):
        return _spaced(found, fields, steps)
    columns = [np.asarray(one, np.float64) * signs for one in steps]
    if len(columns) == 2:
        normal = np.cross(columns[0], columns[1])
        columns.append(normal / (np.linalg.norm(normal) or 1.0))
    origin = fields.get("space origin", "(0,0,0)").strip("() ").split(",")
    affine: npt.NDArray[np.float64] = np.eye(4)
    affine[:3, :3] = np.stack(columns, axis=1)
    affine[:3, 3] = np.asarray([float(one) for one in origin]) * signs
    if not np.isfinite(affine).all() or abs(float(np.linalg.det(affine[:3, :3]))) < 1e-12:
        return _spaced(found, fields, steps)
    lengths = [float(np.linalg.norm(one)) for one in columns]
    return replace(found, affine=affine, spacing=(lengths[0], lengths[1], lengths[2]))


def _spaced(found: VolumeHeader, fields: dict[str, str], steps: Sequence[Sequence[float]]) -> VolumeHeader:
    """Distances without a place in the patient."""
    said = [float(np.linalg.norm(one)) for one in steps]
    if not said and "spacings" in fields:
        said = [abs(float(one)) for one in fields["spacings"].split()]
        said = said[1:] if found.samples > 1 or found.parted else said
    mm = [one if np.isfinite(one) and one > 0 else 1.0 for one in (*said, 1.0, 1.0, 1.0)]
    return replace(found, spacing=(mm[0], mm[1], mm[2]), has_spacing=bool(said))
