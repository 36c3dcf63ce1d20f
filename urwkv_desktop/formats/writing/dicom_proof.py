"""A segmentation or a structure set as it lies on the disk, against mask, geometry and the images it refers to."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.writing.contours import fill
from urwkv_desktop.formats.writing.dicom.asking import Numbers, References, WriteRequest
from urwkv_desktop.formats.writing.dicom_parse import DamagedError, Table, frames_of, parse
from urwkv_desktop.formats.writing.proven import mismatch, same_voxels
from urwkv_desktop.imaging import Geometry, Message

_OFF_MM = 1e-3  # text of 16 characters against float64
_PLANE_MM = 0.01
Places = dict[tuple[str, int | None], int]
Vectors = npt.NDArray[np.float64]


def prove(path: Path, name: str, request: WriteRequest, images: References, geometry: Geometry) -> None:
    """Raises ExportStoppedError on the first difference, OSError where the file can't be read."""
    try:
        table = parse(path.read_bytes())
    except DamagedError as error:
        raise mismatch(name, Message("Read back, it is cut short or damaged.")) from error
    _same_images(table, name, images, request.kind)
    places: Places = {place: k for k, place in enumerate(images.places)}
    if request.kind == "rtstruct":
        _prove_structures(table, name, request, places, geometry)
    else:
        _prove_segments(table, name, request, places, geometry)


def _same_images(table: Table, name: str, images: References, kind: str) -> None:
    if table.text(0x00020003) != table.text(0x00080018):
        raise mismatch(name, Message("Read back, it has two identifiers."))
    found = table.text(0x0020000D), table.text(0x00100020), table.text(0x00100010)
    if found != (images.study, images.patient_id, images.patient_name):
        raise mismatch(name, Message("Read back, it belongs to another study or patient than its images."))
    reference, series = table, table.sequence(0x00081115)
    if kind == "rtstruct":
        reference = table.first(0x30060010)
        series = reference.first(0x30060012).sequence(0x30060014)
    if images.frame_of_reference and reference.text(0x00200052) != images.frame_of_reference:
        raise mismatch(name, Message("Read back, it has another frame of reference than its images."))
    listed = 0x30060016 if kind == "rtstruct" else 0x0008114A
    named = {image.text(0x00081155) for one in series for image in one.sequence(listed)}
    if named != {uid for uid, _ in images.places}:
        raise mismatch(name, Message("Read back, it does not name all of its images."))


def _slice(image: Table, places: Places, name: str) -> int:
    """Which slice an item refers to by instance and frame."""
    frame = image.numbers(0x00081160)
    k = places.get((image.text(0x00081155), int(frame[0]) if frame else None))
    if k is None:
        raise mismatch(name, Message("Read back, it refers to a slice that its image does not have."))
    return k


def _same_names(name: str, found: dict[int, str], request: WriteRequest) -> None:
    """A long name is cut, and what can't be printed is replaced; anything else comes back as it was."""
    for segment in request.segments:
        said = found.pop(segment.number, "")
        plain = segment.name.isprintable() and "\\" not in segment.name and len(segment.name) <= 64
        if not said or (plain and said != segment.name.strip()):
            raise mismatch(name, Message("Read back, its names are not the labels' names."))
    if found:
        raise mismatch(name, Message("Read back, its names are not the labels' names."))


# ── segments ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _prove_segments(table: Table, name: str, request: WriteRequest, places: Places, geometry: Geometry) -> None:
    _same_names(name, {one.short(0x00620004) or 0: one.text(0x00620005) for one in table.sequence(0x00620002)
                       if one.short(0x00620004)}, request)
    rows, columns, bits = (table.short(tag) or 0 for tag in (0x00280010, 0x00280011, 0x00280100))
    if (rows, columns) != request.mask.shape[1:]:
        raise mismatch(name, Message("Read back, its size is {found}, not {expected}.", found=str((rows, columns)),
                                     expected=str(request.mask.shape[1:])))
    again: Numbers = np.zeros_like(request.mask)
    pixels = np.frombuffer(table.values.get(0x7FE00010, b""), np.uint8)
    positions: list[tuple[int, tuple[float, ...]]] = []
    for number, group in frames_of(table):
        k = _slice(group.first(0x00089124).first(0x00082112), places, name)
        place = (group if 0x00209113 in group.items else table.first(0x52009229)).first(0x00209113)
        positions.append((k, place.numbers(0x00200032)))
        if bits == 1:
            shared = table.first(0x52009229)  # says it for all frames where there is one segment only
            named = (group if 0x0062000A in group.items else shared).first(0x0062000A)
            segment = named.short(0x0062000B) or 0
            _add(again[k], _unpacked(pixels, number, rows * columns).reshape(rows, columns), segment, name, k)
        else:
            again[k] = pixels[(number - 1) * rows * columns * bits // 8:][:rows * columns * bits // 8].view(
                f"<u{bits // 8}").reshape(rows, columns)
    same_voxels(name, request.mask, again)
    if request.planes is not None:
        _same_planes(name, geometry, positions, table.first(0x52009229))


def _unpacked(pixels: npt.NDArray[np.uint8], number: int, size: int) -> npt.NDArray[np.uint8]:
    """0 and 1 of frame `number`. Frames follow each other bit by bit: one may begin inside a byte."""
    first, last = (number - 1) * size, number * size
    bits = np.unpackbits(pixels[first // 8:(last + 7) // 8], bitorder="little")
    return bits[first % 8:first % 8 + size]


def _add(plane: Numbers, bits: npt.NDArray[np.uint8], segment: int, name: str, k: int) -> None:
    drawn = bits * plane.dtype.type(segment)
    if np.logical_and(plane, bits).any():
        raise mismatch(name, Message("Read back, two segments cover each other in slice {k}.", k=k))
    plane |= drawn


def _same_planes(name: str, geometry: Geometry, positions: list[tuple[int, tuple[float, ...]]], shared: Table) -> None:
    """positions: (slice, what its frame says) of every frame. Slices without a frame are in the file nowhere."""
    for k, place in positions:
        off = float(np.abs(np.subtract(place, geometry.positions[k])).max()) if len(place) == 3 else np.inf
        if off > _OFF_MM:
            raise mismatch(name, Message("Read back, it lies {off} mm off its place.", off=round(off, 4)))
    axes = shared.first(0x00209116).numbers(0x00200037)
    spacing = shared.first(0x00289110).numbers(0x00280030)
    if (len(axes) != 6 or len(spacing) != 2
            or np.abs(np.subtract(axes, (*geometry.along_columns, *geometry.along_rows))).max() > 1e-3
            or not np.allclose(spacing, (geometry.row_spacing, geometry.column_spacing), rtol=1e-6)):
        raise mismatch(name, Message("Read back, its spacing or orientation is another one."))


# ── structures ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _prove_structures(table: Table, name: str, request: WriteRequest, places: Places, geometry: Geometry) -> None:
    """Every contour drawn again on its slice."""
    structures, contours, observed = (table.sequence(tag) for tag in (0x30060020, 0x30060039, 0x30060080))
    _same_names(name, {int(one.numbers(0x30060022)[0]): one.text(0x30060026) for one in structures}, request)
    numbers = [sorted(one.numbers(0x30060084)[0] for one in listed) for listed in (contours, observed)]
    if numbers[0] != numbers[1] or len(numbers[0]) != len(structures):
        raise mismatch(name, Message("Read back, its structures are not the same in each of its lists."))
    again = np.zeros_like(request.mask)
    for one in contours:
        by_slice: dict[int, list[Vectors]] = {}
        for line in one.sequence(0x30060040):
            k = _slice(line.first(0x30060016), places, name)
            by_slice.setdefault(k, []).append(_in_plane(name, line, geometry, k))
        for k, loops in by_slice.items():
            filled = fill(loops, (again.shape[1], again.shape[2]))
            if again[k][filled].any():
                raise mismatch(name, Message("Read back, two structures cover each other in slice {k}.", k=k))
            again[k][filled] = int(one.numbers(0x30060084)[0])
    same_voxels(name, request.mask, again)


def _in_plane(name: str, line: Table, geometry: Geometry, k: int) -> Vectors:
    """(row, column) of each point, pixel (0, 0) covering [0, 1); all must lie in the slice's plane."""
    text = bytes(line.values.get(0x30060050, b"")).split(b"\\")
    if len(text) % 3 or len(text) < 9 or len(text) != 3 * line.numbers(0x30060046)[0] or max(map(len, text)) > 17:
        raise mismatch(name, Message("Read back, a contour is not whole."))
    across, down = np.asarray(geometry.along_columns), np.asarray(geometry.along_rows)
    away = np.asarray(text, np.float64).reshape(-1, 3) - geometry.positions[k]
    if float(np.abs(away @ np.cross(across, down)).max(initial=0.0)) > _PLANE_MM:
        raise mismatch(name, Message("Read back, a contour lies beside its slice {k}.", k=k))
    return np.stack([away @ down / geometry.row_spacing, away @ across / geometry.column_spacing], axis=1) + 0.5
