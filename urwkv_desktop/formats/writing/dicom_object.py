"""DICOM SEG and RTSTRUCT: written and read by a process of their own, compared here with the mask and the geometry."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.writing.contours import fill
from urwkv_desktop.formats.writing.dicom.asking import (
    Algorithm,
    FoundContours,
    FoundSegments,
    Mismatch,
    Numbers,
    Planes,
    ProofRequest,
    Segment,
    SourceFiles,
    WriteRequest,
)
from urwkv_desktop.formats.writing.exporter import Means
from urwkv_desktop.formats.writing.proven import Written, mismatch, same_voxels
from urwkv_desktop.formats.writing.record import ExportCase
from urwkv_desktop.imaging import Geometry, Label, Message, Refusal, ThirdAxis

_ENDINGS = {"dicom-seg": "seg", "dicom-labelmap": "labelmap", "rtstruct": "rtstruct"}
_OFF_MM = 1e-3  # text of 16 characters against float64
_PLANE_MM = 0.01
_MOST_SEGMENTS = 65535


class DicomObjects:
    """kind: a format's name. One file a case, beside it in the export's folders: NAME.seg.dcm and so on."""

    def __init__(self, means: Means, kind: str) -> None:
        self._means, self._kind = means, _ENDINGS[kind]
        self._outlet, self._writer = means.outlet, means.dicom

    def add(self, name: str, case: ExportCase) -> Sequence[Written]:
        request = self._request(case)
        file = f"{name}.{self._kind}.dcm"
        notes: list[Message] = []

        def write(target: BinaryIO) -> None:
            made = self._writer.write(request)
            notes.extend(made.notes)
            target.write(made.data)

        done = self._outlet.write(file, "dicom", write, lambda path: self._prove(path, file, request, case),
                                  key=case.key(self._kind, self._means.version))
        return (replace(done, notes=(*done.notes, *notes)),)

    def finish(self) -> None:
        """Each case's file stands by itself."""

    def _request(self, case: ExportCase) -> WriteRequest:
        if case.format != "dicom" or case.root is None:
            raise _refused(Message("This image is no DICOM image, which such an object refers to."))
        geometry = case.image.geometry
        if self._kind == "rtstruct" and not (geometry.oriented and geometry.third_axis is not ThirdAxis.time):
            raise _refused(Message("This image has no place in a patient, which contours are given in."))
        mask = case.written_mask()
        segments = _segments(case, mask)
        table: Numbers = np.zeros(max(one.label for one in segments) + 1, np.uint8)
        if len(segments) > 255:
            table = table.astype(np.uint16)
        table[[one.label for one in segments]] = [one.number for one in segments]
        numbers: Numbers = table[mask]
        algorithm = Algorithm(case.algorithm_type, case.model, case.model_version, case.weights_sha256, case.threshold)
        if not algorithm.model and algorithm.kind != "MANUAL":
            algorithm = replace(algorithm, model="imported mask")
        return WriteRequest(
            self._kind, SourceFiles(case.root, case.source_files, case.part), numbers, _planes(geometry), segments,
            algorithm, case.reader, self._means.version, f"{case.project}/{case.image_sha256}/{case.part}")

    def _prove(self, path: Path, name: str, request: WriteRequest, case: ExportCase) -> None:
        found = self._writer.prove(ProofRequest(request.kind, path, request.source))
        if isinstance(found, Mismatch):
            raise mismatch(name, found.what)
        names = {one.number: one.name for one in request.segments}
        if set(found.names) != set(names) or any(
                not _same_name(found.names[number], given) for number, given in names.items()):
            raise mismatch(name, Message("Read back, its names are not the labels' names."))
        if isinstance(found, FoundSegments):
            same_voxels(name, request.mask, found.mask.astype(request.mask.dtype))
            if found.planes is not None:
                _same_planes(name, case.image.geometry, found.planes)
        else:
            _same_contours(name, request.mask, found, case.image.geometry)


def _same_name(found: str, given: str) -> bool:
    """A long name is cut; what cannot be printed was replaced."""
    return found == given or (len(found) > 0 and (not given.isprintable() or "\\" in given or len(given) > 64
                                                  or given != given.strip()))


def _segments(case: ExportCase, mask: npt.NDArray[np.generic]) -> tuple[Segment, ...]:
    """The labels that the mask holds, numbered without gaps; of an empty mask the first label, which is not there."""
    counts = case.counts()
    present: list[Label] = [label for label in case.labels if counts.get(label.id)]
    present = present or list(case.labels)[:1]
    if not present:
        raise _refused(Message("The project has no label yet."))
    if len(present) > _MOST_SEGMENTS:
        raise _refused(Message("There are more labels than such an object holds."))
    return tuple(Segment(number, label.id, label.name, label.colour, label.code)
                 for number, label in enumerate(present, start=1))


def _planes(geometry: Geometry) -> Planes | None:
    if not geometry.oriented:
        return None
    return Planes(geometry.positions, geometry.along_columns, geometry.along_rows,
                  (geometry.row_spacing, geometry.column_spacing))


def _same_planes(name: str, geometry: Geometry, found: Planes) -> None:
    """Slices without a frame of their own have no place in the file, and none is asked for."""
    if not geometry.oriented:
        return
    stated = ~np.isnan(found.positions).any(axis=1)
    off = float(np.abs(found.positions - geometry.positions)[stated].max(initial=0.0))
    if off > _OFF_MM:
        raise mismatch(name, Message("Read back, it lies {off} mm off its place.", off=round(off, 4)))
    axes = np.abs(np.subtract((*found.along_columns, *found.along_rows),
                              (*geometry.along_columns, *geometry.along_rows))).max()
    if axes > 1e-3 or not np.allclose(found.spacing, (geometry.row_spacing, geometry.column_spacing), rtol=1e-6):
        raise mismatch(name, Message("Read back, its spacing or orientation is another one."))


def _same_contours(name: str, mask: npt.NDArray[np.generic], found: FoundContours, geometry: Geometry) -> None:
    """Every contour drawn again on its slice."""
    again = np.zeros_like(mask)
    for number, lines in found.contours.items():
        by_slice: dict[int, list[npt.NDArray[np.float64]]] = {}
        for k, points in lines:
            by_slice.setdefault(k, []).append(_in_plane(name, points, geometry, k))
        for k, loops in by_slice.items():
            filled = fill(loops, (mask.shape[1], mask.shape[2]))
            if again[k][filled].any():
                raise mismatch(name, Message("Read back, two structures cover each other in slice {k}.", k=k))
            again[k][filled] = number
    same_voxels(name, mask, again)


def _in_plane(name: str, points: npt.NDArray[np.float64], geometry: Geometry, k: int) -> npt.NDArray[np.float64]:
    """(row, column) of each point, pixel (0, 0) covering [0, 1); all must lie in the slice's plane."""
    across, down = np.asarray(geometry.along_columns), np.asarray(geometry.along_rows)
    away = points - geometry.positions[k]
    if float(np.abs(away @ np.cross(across, down)).max(initial=0.0)) > _PLANE_MM:
        raise mismatch(name, Message("Read back, a contour lies beside its slice {k}.", k=k))
    return np.stack([away @ down / geometry.row_spacing, away @ across / geometry.column_spacing], axis=1) + 0.5


def _refused(cause: Message) -> Refusal:
    return Refusal(tried=Message("Writing DICOM."), cause=cause,
                   cure=Message("Export this case as NIfTI, PNG or COCO."))


