"""DICOM SEG and RTSTRUCT: written and read by a process of their own, compared here with the mask and the geometry."""

from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from urwkv_desktop.formats.writing.dicom.asking import (
    Algorithm,
    Numbers,
    Planes,
    Segment,
    SourceFiles,
    WriteRequest,
    WrittenObject,
)
from urwkv_desktop.formats.writing.dicom_proof import prove
from urwkv_desktop.formats.writing.exporter import Means
from urwkv_desktop.formats.writing.proven import Written
from urwkv_desktop.formats.writing.record import ExportCase
from urwkv_desktop.imaging import Geometry, Label, Message, Refusal, ThirdAxis

ENDINGS = {"dicom-seg": "seg", "dicom-labelmap": "labelmap", "rtstruct": "rtstruct"}  # by format
_MOST_SEGMENTS = 65535


class DicomObjects:
    """kind: a format's name. One file a case, beside it in the export's folders: NAME.seg.dcm and so on."""

    def __init__(self, means: Means, kind: str) -> None:
        self._means, self._kind = means, ENDINGS[kind]
        self._outlet, self._writer = means.outlet, means.dicom

    def add(self, name: str, case: ExportCase) -> Sequence[Written]:
        request = self._request(case)
        file = f"{name}.{self._kind}.dcm"
        made: list[WrittenObject] = []

        def write(target: BinaryIO) -> None:
            made.append(self._writer.write(request))
            target.write(made[0].data)

        done = self._outlet.write(file, "dicom", write,
                                  lambda path: prove(path, file, request, made[0].images, case.image.geometry),
                                  key=case.key(self._kind, self._means.version))
        return (replace(done, notes=tuple(note for one in made for note in one.notes)),)

    def finish(self) -> None:
        """Each case's file stands by itself."""

    def _request(self, case: ExportCase) -> WriteRequest:
        if case.format != "dicom" or case.root is None:
            raise _refused(Message("This image is no DICOM image, which such an object refers to."))
        geometry = case.image.geometry
        if self._kind == "rtstruct" and not (geometry.oriented and geometry.third_axis is not ThirdAxis.time):
            raise _refused(Message("This image has no place in a patient, which contours are given in."))
        if not geometry.oriented and geometry.third_axis is ThirdAxis.space:
            raise _refused(Message("This volume lies in a space of its own, which such an object can't name."))
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
            algorithm, case.reader, self._means.version, f"{case.project}/{case.image_sha256 or case.stem}/{case.part}",
            self._means.rule)


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


def _refused(cause: Message) -> Refusal:
    return Refusal(tried=Message("Writing DICOM."), cause=cause,
                   cure=Message("Export this case as NIfTI, PNG or COCO."))


