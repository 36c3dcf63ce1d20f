"""A DICOM file or series becomes an Image."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.limits import Room
from urwkv_desktop.formats.reading.dicom_caption import caption
from urwkv_desktop.formats.reading.dicom_facts import PixelFacts, facts, kind_refusal
from urwkv_desktop.formats.reading.dicom_file import DicomFile, open_dicom
from urwkv_desktop.formats.reading.dicom_frames import FrameVolume, frame_volumes
from urwkv_desktop.formats.reading.dicom_oddities import is_fractional, rescale
from urwkv_desktop.formats.reading.dicom_padding import padding
from urwkv_desktop.formats.reading.dicom_pixels import decode
from urwkv_desktop.formats.reading.dicom_place import orientation, position, scale
from urwkv_desktop.formats.reading.dicom_series import position_findings
from urwkv_desktop.formats.reading.dicom_tables import modality_table
from urwkv_desktop.formats.reading.dicom_values import number, quietly, text
from urwkv_desktop.formats.reading.dicom_voi import windows
from urwkv_desktop.formats.reading.picture import grey_where_equal
from urwkv_desktop.formats.refusals import inconsistent
from urwkv_desktop.formats.source import Source
from urwkv_desktop.imaging import Finding, Geometry, Image, Message, SpacingKind, ThirdAxis

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

Array = npt.NDArray[np.generic]


def read(root: Path, source: Source, room: Room) -> Image:
    """A series of single frames, or one file. Raises Refusal."""
    with quietly():
        return _read(root, source, room)


def _read(root: Path, source: Source, room: Room) -> Image:
    opened = []
    for name in source.files:
        room.begin(0)
        opened.append(open_dicom(root / name, room))
    for file in opened:
        refusal = kind_refusal(file)
        if refusal is not None:
            raise refusal
    checked = [facts(file) for file in opened]
    if len(opened) > 1:
        return _series(opened, [found for found, _ in checked], room)
    return one_file(opened[0], checked[0][0], checked[0][1], _frame_part(source), room)


def one_file(file: DicomFile, found: PixelFacts, findings: tuple[Finding, ...], part: str, room: Room) -> Image:
    """part: which of the volumes that its frames make."""
    pieces = frame_volumes(file.dataset, found.frames)
    piece = next((one for one in pieces if one.part == part), pieces[0])
    room.claim(found.decoded_bytes // found.frames * len(piece.frames), volume=len(piece.frames) > 1)
    pixels = room.array((len(piece.frames), *found.shown_shape), found.shown_dtype)
    places = {frame: place for place, frame in enumerate(piece.frames)}
    findings = (*findings, *piece.findings, *decode(file, found, places, pixels))
    single = piece.positions is None and found.frames == 1
    geometry = _plane(file.dataset, piece) if single else _frames_geometry(piece)
    return _image([file], found, grey_where_equal(pixels), geometry, findings, piece)


def _frame_part(source: Source) -> str:
    return source.part.partition("/")[2]


def _plane(dataset: "Dataset", piece: FrameVolume) -> Geometry:
    """A single frame: in the patient where it says so, otherwise a picture with its scale."""
    directions, place = orientation(dataset), position(dataset)
    if directions is None or place is None or piece.scale.kind not in (SpacingKind.patient, SpacingKind.calibrated):
        return Geometry(np.zeros((1, 3)), row_spacing=piece.scale.row_mm, column_spacing=piece.scale.column_mm,
                        kind=piece.scale.kind, regions=piece.scale.regions)
    return _geometry(np.asarray([place], np.float64), directions, piece, ThirdAxis.none)


def _frames_geometry(piece: FrameVolume) -> Geometry:
    if piece.positions is not None and piece.directions is not None:
        return _geometry(piece.positions, piece.directions, piece, piece.third_axis)
    positions = np.zeros((len(piece.frames), 3))
    positions[:, 2] = np.arange(len(piece.frames))
    return Geometry(positions, row_spacing=piece.scale.row_mm, column_spacing=piece.scale.column_mm,
                    kind=piece.scale.kind, third_axis=piece.third_axis, regions=piece.scale.regions)


def _geometry(positions: npt.NDArray[np.float64], directions: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]],
              piece: FrameVolume, third_axis: ThirdAxis) -> Geometry:
    across, down = (tuple(float(one) for one in direction) for direction in directions)
    return Geometry(positions, (across[0], across[1], across[2]), (down[0], down[1], down[2]), piece.scale.row_mm,
                    piece.scale.column_mm, piece.scale.kind, third_axis, piece.scale.regions, oriented=piece.in_patient)


def _series(opened: list[DicomFile], found: list[PixelFacts], room: Room) -> Image:
    directions = orientation(opened[0].dataset)
    places = [position(file.dataset) for file in opened]
    if directions is None or any(place is None for place in places) or len({one.shown_shape for one in found}) > 1:
        raise inconsistent(Message("The slices of this series do not fit together any more."))
    normal = np.cross(*directions)
    positions = np.asarray(places, np.float64)
    order = np.argsort(positions @ normal, kind="stable")
    opened, found = [opened[k] for k in order], [found[k] for k in order]
    room.claim(sum(one.decoded_bytes for one in found), volume=True)
    pixels = room.array((len(opened), *found[0].shown_shape), found[0].shown_dtype)
    findings: list[Finding] = []
    for k, (file, one) in enumerate(zip(opened, found, strict=True)):
        room.begin(one.decoded_bytes)
        findings += decode(file, one, {0: 0}, pixels[k:k + 1])
    middle = opened[len(opened) // 2].dataset
    piece = FrameVolume((0,), "", scale(middle, text(middle, "Modality")), ThirdAxis.space)
    geometry = _geometry(positions[order], directions, piece, ThirdAxis.space)
    findings += position_findings(positions[order], normal)
    return _image(opened, found[0], grey_where_equal(pixels), geometry, tuple(dict.fromkeys(findings)), piece)


def _image(opened: Sequence[DicomFile], found: PixelFacts, pixels: Array, geometry: Geometry,
           findings: tuple[Finding, ...], piece: FrameVolume) -> Image:
    middle = opened[len(opened) // 2].dataset
    pixels, slope, intercept = _values(opened, found, pixels, piece)
    modality = text(middle, "Modality")
    return Image(
        pixels, geometry, slope=slope, intercept=intercept, unit=_unit(middle, modality),
        padding=padding(middle, found), inverted=found.photometric == "MONOCHROME1",
        windows=() if pixels.ndim == 4 else piece.windows or windows(middle, fractional=is_fractional(middle)),
        findings=findings, modality=modality,
        body_part=text(middle, "BodyPartExamined"), caption=caption(middle),
        frames_per_second=_frame_rate(middle) if geometry.third_axis is ThirdAxis.time else None)


def _frame_rate(dataset: "Dataset") -> float | None:
    """Source: DICOM PS3.3 C.7.6.5 (Cine): what is recommended for display, else as it was taken."""
    rate = number(dataset, "RecommendedDisplayFrameRate") or number(dataset, "CineRate")
    milliseconds = number(dataset, "FrameTime")
    if not rate and milliseconds:
        rate = 1000.0 / milliseconds
    return float(rate) if rate and 0 < rate < 1000 else None


def _values(opened: Sequence[DicomFile], found: PixelFacts, pixels: Array, piece: FrameVolume,
            ) -> tuple[Array, tuple[float, ...], tuple[float, ...]]:
    """slope and intercept of each slice; a modality table is applied, because no line stands for it."""
    if found.samples == 3 or found.is_palette:
        return pixels, (1.0,), (0.0,)
    tables = [modality_table(file.dataset) for file in opened] if found.keyword == "PixelData" else []
    if tables and None not in tables:
        each = tables if len(tables) > 1 else tables * len(pixels)
        mapped = [table.of(plane) for plane, table in zip(pixels, each, strict=True) if table is not None]
        return np.stack(mapped), (1.0,), (0.0,)
    if piece.slope is not None and piece.intercept is not None:
        return pixels, piece.slope, piece.intercept
    return pixels, *_lines([file.dataset for file in opened])


def _lines(datasets: "Sequence[Dataset]") -> tuple[tuple[float, ...], tuple[float, ...]]:
    lines = [rescale(one) or (1.0, 0.0) for one in datasets]
    doses = [number(one, "DoseGridScaling") or 1.0 for one in datasets]
    return tuple(slope * dose for (slope, _), dose in zip(lines, doses, strict=True)), tuple(one for _, one in lines)


def _unit(dataset: "Dataset", modality: str) -> str:
    said = text(dataset, "RescaleType") or text(dataset, "Units") or text(dataset, "DoseUnits")
    if said and said.upper() not in ("US", "UNSPECIFIED"):
        return said
    return "HU" if modality == "CT" and number(dataset, "RescaleIntercept") else ""
