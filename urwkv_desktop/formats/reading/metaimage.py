"""MetaImage (.mha, .mhd with its numbers beside it). Source: itk.org, "MetaIO/Documentation"."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.reading.volume import VolumeHeader, read_header
from urwkv_desktop.formats.refusals import inconsistent, unsupported
from urwkv_desktop.imaging import Finding, Message

_LONGEST = 1 << 16
_TYPES = {"MET_CHAR": "i1", "MET_UCHAR": "u1", "MET_SHORT": "i2", "MET_USHORT": "u2", "MET_INT": "i4",
          "MET_UINT": "u4", "MET_LONG_LONG": "i8", "MET_ULONG_LONG": "u8", "MET_FLOAT": "f4", "MET_DOUBLE": "f8"}
_FIRST = (b"ObjectType", b"NDims", b"Comment")


def can_read(head: bytes) -> bool:
    return head.lstrip()[:16].startswith(_FIRST) and b"NDims" in head and b"=" in head[:32]


def header(path: Path) -> VolumeHeader:
    """Raises Refusal for what can't be read, and for a plain file shorter than it says."""
    return read_header(path, "MetaImage", _LONGEST, _fields, _understood)


def _fields(text: bytes) -> tuple[dict[str, str], int]:
    """ElementDataFile is the last field; the numbers begin behind it."""
    fields: dict[str, str] = {}
    place = 0
    while place < len(text):
        end = text.find(b"\n", place)
        end = len(text) if end < 0 else end
        name, mark, value = text[place:end].decode("utf-8", "replace").partition("=")
        place = end + 1
        if not mark:
            break
        fields[name.strip().lower()] = value.strip()
        if name.strip().lower() == "elementdatafile":
            break
    return fields, place


def _understood(path: Path, fields: dict[str, str], offset: int) -> VolumeHeader:
    sizes = [int(one) for one in fields["dimsize"].split()]
    if len(sizes) != int(fields["ndims"]) or not 2 <= len(sizes) <= 4 or min(sizes) < 1:
        raise inconsistent(Message("The file contradicts itself: its dimensions are {dims}.", dims=str(sizes)))
    kind = fields["elementtype"].removesuffix("_ARRAY")
    samples = int(fields.get("elementnumberofchannels", "1"))
    if kind not in _TYPES or _true(fields, "binarydata") is False:
        raise unsupported("MetaImage with numbers of an unusual kind")
    if samples not in (1, 3, 4) or (samples > 1 and kind != "MET_UCHAR"):
        raise unsupported("MetaImage with several numbers for each voxel")
    big = _true(fields, "elementbyteordermsb") or _true(fields, "binarydatabyteordermsb")
    data, offset = _data(path, fields, offset)
    affine, spacing = _place(fields, len(sizes))
    return VolumeHeader("MetaImage", (sizes[0], sizes[1], sizes[2] if len(sizes) > 2 else 1),
                        np.dtype(_TYPES[kind]).newbyteorder(">" if big else "<"), data, offset,
                        "zlib" if _true(fields, "compresseddata") else "raw",
                        times=sizes[3] if len(sizes) > 3 else 1, samples=samples, affine=affine, spacing=spacing,
                        has_spacing="elementspacing" in fields or "elementsize" in fields, fields=fields,
                        findings=_odd(fields))


def _data(path: Path, fields: dict[str, str], offset: int) -> tuple[Path, int]:
    name = fields["elementdatafile"]
    if name.upper() == "LOCAL":
        return path, offset
    if "/" in name or "\\" in name or name.upper().startswith("LIST") or "%" in name or name in ("", ".", ".."):
        raise unsupported("MetaImage of several files")
    skip = int(fields.get("headersize", "0"))
    if skip < 0:
        raise unsupported("MetaImage whose numbers are counted from the end")
    return path.with_name(name), skip


def _odd(fields: dict[str, str]) -> tuple[Finding, ...]:
    said = fields.get("elementspacing") or fields.get("elementsize") or ""
    if all(np.isfinite(float(one)) and float(one) > 0 for one in said.split()):
        return ()
    return (Finding("mha.spacing", Message("The file states a spacing that can't be; 1 mm was used in its place.")),)


def _place(fields: dict[str, str], dims: int) -> tuple[npt.NDArray[np.float64] | None, tuple[float, float, float]]:
    """The vectors of the axes follow one another; the patient's space is LPS."""
    said = fields.get("elementspacing") or fields.get("elementsize") or ""
    lengths = [abs(float(one)) for one in said.split()]
    mm = [one if np.isfinite(one) and one > 0 else 1.0 for one in (*lengths[:3], 1.0, 1.0, 1.0)]
    spacing = (mm[0], mm[1], mm[2])
    matrix = next((fields[name] for name in ("transformmatrix", "rotation", "orientation") if name in fields), None)
    origin = next((fields[name] for name in ("offset", "position", "origin") if name in fields), None)
    if dims < 3 or (matrix is None and origin is None):
        return None, spacing
    turn = np.eye(dims)
    if matrix is not None:
        turn = np.asarray([float(one) for one in matrix.split()]).reshape(dims, dims)
    affine = np.eye(4)
    affine[:3, :3] = turn[:3, :3].T * np.asarray(spacing)
    affine[:3, 3] = [float(one) for one in (origin or "0 0 0").split()][:3]
    usable = np.isfinite(affine).all() and abs(float(np.linalg.det(affine[:3, :3]))) > 1e-12
    return affine if usable else None, spacing


def _true(fields: dict[str, str], name: str) -> bool | None:
    return None if name not in fields else fields[name].lower().startswith(("t", "1"))
