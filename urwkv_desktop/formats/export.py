"""The one function that writes labels for a person: every file proven before it gets its name, the manifest last."""

import contextlib
import json
from collections.abc import Callable, Iterable, Sequence, Sized
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from urwkv_desktop.formats.catalogue import FORMATS
from urwkv_desktop.formats.writing.coco import CocoFile
from urwkv_desktop.formats.writing.dicom.client import DicomWriter
from urwkv_desktop.formats.writing.dicom_copies import DicomCopies
from urwkv_desktop.formats.writing.dicom_object import ENDINGS, DicomObjects
from urwkv_desktop.formats.writing.exporter import Exporter, Means
from urwkv_desktop.formats.writing.labelme import LabelmeFiles
from urwkv_desktop.formats.writing.masks import IndexMasks, LabelMasks, NiftiMasks
from urwkv_desktop.formats.writing.names import Names
from urwkv_desktop.formats.writing.nnunet import NnunetSets
from urwkv_desktop.formats.writing.nrrd import NrrdFiles
from urwkv_desktop.formats.writing.private import Privacy, PrivateCases
from urwkv_desktop.formats.writing.proven import ExportStoppedError, Outlet, Written, disk_refusal
from urwkv_desktop.formats.writing.record import ExportCase
from urwkv_desktop.formats.writing.tables import label_rows, write_json
from urwkv_desktop.formats.writing.training import TrainingSet
from urwkv_desktop.formats.writing.yolo import YoloSet
from urwkv_desktop.imaging import Labels, Message, Refusal

__all__ = ["FORMATS", "ExportReport", "export"]
EXPORTERS: dict[str, Callable[[Means], Exporter]] = {
    "png": IndexMasks, "png-labels": LabelMasks, "nifti": NiftiMasks, "nrrd": NrrdFiles,
    **{kind: partial(DicomObjects, kind=kind) for kind in ENDINGS},
    "dicom": DicomCopies, "coco": partial(CocoFile, polygons=False), "coco-polygons": partial(CocoFile, polygons=True),
    "labelme": LabelmeFiles, "yolo": YoloSet, "nnunet": NnunetSets, "training": TrainingSet,
}
MANIFEST, LABELS = "manifest.json", "labels.json"
_KIND = "urwkv-desktop export"


@dataclass(frozen=True)
class ExportReport:
    """written: every file, as it stands. refused: (stem, why) of the cases that were left out.

    manifest: None where the person stopped before a case was written.
    """

    written: tuple[Path, ...]
    refused: tuple[tuple[str, Refusal], ...]
    manifest: Path | None


def export(cases: Iterable[ExportCase], out: Path, formats: Sequence[str], *, program: dict[str, Any],
           report: Callable[[int, int], None] | None = None, stop: Callable[[], bool] | None = None,
           privacy: Privacy | None = None) -> ExportReport:
    """Writes the cases to `out` in each of `formats` (FORMATS), streaming: one case in memory at a time.

    program: name, version and whatever else the manifest is to say of the program, among it split_key_fingerprint.
    A case that a format can't hold is refused and the others go on. Raises Refusal (ExportStoppedError) where nothing
    can go on: a file that is not what was written, a full disk, a folder that can't be written to. What stands by then
    is named in the manifest where that can still be written, so that the next export may replace it. A file that an
    earlier export into `out` made from the very same case, and that stands unchanged, is left as it is: an export that
    was stopped goes on where it was. privacy: the export is de-identified, and every file searched before it gets its
    name.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise ValueError(f"formats are {FORMATS}, not {list(formats)}")
    dicom = DicomWriter()
    try:
        if privacy is not None or any(name in ENDINGS for name in formats):
            dicom.start()  # it gets ready while the first image is decoded
        run = _Run(_outlet(out, privacy is not None), tuple(formats), program, dicom, privacy)
        return _export(run, cases, report or (lambda done, total: None), stop or (lambda: False))
    finally:
        dicom.close()


def _export(run: "_Run", cases: Iterable[ExportCase], report: Callable[[int, int], None],
            stop: Callable[[], bool]) -> ExportReport:
    total = len(cases) if isinstance(cases, Sized) else 0
    for done, case in enumerate(cases):
        report(done, max(total, done + 1))
        if stop():
            return run.finish(complete=False)
        try:
            run.add(case)
        except ExportStoppedError:
            with contextlib.suppress(Refusal):  # on a full disk there may be no room for a manifest either
                run.finish(complete=False)
            raise
    report(run.count, max(total, run.count))
    return run.finish(complete=True)


def _outlet(out: Path, deidentified: bool) -> Outlet:
    found = _earlier(out)
    if found and deidentified != bool(found.get("deidentified")):
        cause = Message("In this folder stands an export that was not de-identified.") if deidentified else \
            Message("In this folder stands a de-identified export: names beside its codes would tell who is who.")
        raise ExportStoppedError(tried=Message("Exporting."), cause=cause, cure=Message("Choose an empty folder."))
    rows = [one for one in found.get("files", []) if isinstance(one, dict)]
    names = [MANIFEST, *(str(one.get("path")) for one in rows), *map(str, found.get("earlier", []))] if found else []
    proven = {str(one["path"]): Written(str(one["path"]), str(one.get("sha256")), int(one.get("bytes") or 0),
                                        str(one.get("format")), str(one.get("key") or "")) for one in rows
              if one.get("path")}
    return Outlet(out, names, proven)


def _earlier(out: Path) -> dict[str, Any]:
    """The manifest of an earlier export into this folder, or nothing."""
    path = out / MANIFEST
    try:
        if out.exists() and not out.is_dir():
            raise NotADirectoryError(20, "it is a file")
        if not path.is_file():
            return {}
        found = json.loads(path.read_text("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError):
        found = None
    except OSError as error:
        raise disk_refusal(error, out.name) from error
    return found if isinstance(found, dict) and found.get("kind") == _KIND else {}


class _Run:
    def __init__(self, outlet: Outlet, formats: tuple[str, ...], program: dict[str, Any], dicom: DicomWriter,
                 privacy: Privacy | None) -> None:
        self.count = 0
        self._outlet, self._formats, self._program = outlet, formats, program
        self._names = Names()
        self._labels = Labels()
        self._rows: list[dict[str, Any]] = []
        self._refused: list[tuple[str, Refusal]] = []
        self._private = None if privacy is None else PrivateCases(privacy, formats, dicom)
        self._edition = "" if privacy is None else privacy.rule.profile.edition
        means = Means(outlet, formats, program, dicom, None if privacy is None else privacy.rule)
        self._exporters = [EXPORTERS[name](means) for name in formats]

    def add(self, case: ExportCase) -> None:
        self.count += 1
        stem = case.stem
        try:
            case.written_mask()
            if self._private is not None:
                case, search = self._private.case(case)
                self._outlet.guard = search.guard
        except Refusal as refusal:
            self._refused.append((stem, refusal))
            return
        name = self._names.give(case.stem)
        self._labels = case.labels
        files: list[Written] = []
        for wanted, exporter in zip(self._formats, self._exporters, strict=True):
            try:
                files += exporter.add(name, case)
            except ExportStoppedError:
                raise
            except Refusal as refusal:
                self._refused.append((stem, refusal if len(self._formats) == 1 else _by(wanted, refusal)))
        self._rows.append(_case_row(name, case, files))

    def finish(self, *, complete: bool) -> ExportReport:
        if not complete and not self._outlet.written:
            return ExportReport((), tuple(self._refused), None)
        if self._private is not None:
            self._outlet.guard = self._private.search().guard
        for exporter in self._exporters:
            exporter.finish()
        write_json(self._outlet, LABELS, {"background": 0, "labels": label_rows(self._labels)})
        files = [{"path": one.path, "sha256": one.sha256, "bytes": one.size, "format": one.format, "key": one.key}
                 for one in self._outlet.written]
        write_json(self._outlet, MANIFEST, {
            "kind": _KIND, "version": 1, "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "complete": complete, "program": self._program,
            "split_key_fingerprint": str(self._program.get("split_key_fingerprint", "")),
            "notice": "Not a medical device; for review by a qualified reader.", "formats": list(self._formats),
            "labels": label_rows(self._labels), "cases": self._rows, "files": files,
            "earlier": [name for name in self._outlet.earlier() if name != MANIFEST],
            "refused": [{"case": self._named(stem), "reason": str(why)} for stem, why in self._refused],
            **self._claim(),
        })
        folder = self._outlet.folder
        return ExportReport(tuple(folder / one.path for one in self._outlet.written), tuple(self._refused),
                            folder / MANIFEST)


    def _named(self, stem: str) -> str:
        return stem if self._private is None else self._private.code(stem)

    def _claim(self) -> dict[str, Any]:
        """What is said of the de-identification: what was done, never that it is complete."""
        if self._private is None:
            return {}
        return {"deidentified": {
            "profile": f"DICOM PS3.15, table E.1-1, edition {self._edition}, and a pass of our own",
            "searched": "every file, before it got its name, for each identifier that was found",
            "claim": "Not claimed to be complete: pixels were not changed, and nobody has looked at each file."}}


def _by(wanted: str, refusal: Refusal) -> Refusal:
    """Of several formats the one that could not hold the case: the others may."""
    cause = Message("Not as {format}: {cause}", format=wanted, cause=refusal.cause)
    return Refusal(tried=refusal.tried, cause=cause, cure=refusal.cure)


def _case_row(name: str, case: ExportCase, files: Sequence[Written]) -> dict[str, Any]:
    geometry = case.image.geometry
    return {
        "id": name, "status": case.status.value, "reader": case.reader, "flagged": case.flag.flagged,
        "comment": case.flag.comment, "group": case.group, "split": case.split, "changed": round(case.changed, 6),
        "algorithm_type": case.algorithm_type, "model": case.model, "weights_sha256": case.weights_sha256,
        "source_sha256": case.image_sha256, "project": case.project,
        "size": list(case.image.shape), "label_counts": {str(label): n for label, n in case.counts().items()},
        "spacing_mm": [geometry.row_spacing, geometry.column_spacing], "spacing_kind": geometry.kind.value,
        "model_version": case.model_version, "threshold": case.threshold,
        **({"measurements": json.loads(case.measurements)} if case.measurements else {}),
        "notes": list(dict.fromkeys(str(note) for one in files for note in one.notes)),
        "files": [{"path": one.path, "sha256": one.sha256} for one in files],
    }
