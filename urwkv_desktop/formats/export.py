"""The one function that writes labels for a person: every file proven before it gets its name, the manifest last."""

import contextlib
import json
from collections.abc import Callable, Iterable, Sequence, Sized
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from urwkv_desktop.formats.writing import nifti, png
from urwkv_desktop.formats.writing.coco import CocoSet
from urwkv_desktop.formats.writing.names import Names, table_id
from urwkv_desktop.formats.writing.proven import ExportStoppedError, Outlet, Written, disk_refusal
from urwkv_desktop.formats.writing.record import ExportCase
from urwkv_desktop.formats.writing.tables import label_rows, write_json
from urwkv_desktop.formats.writing.training import TrainingSet
from urwkv_desktop.imaging import Labels, Refusal

FORMATS = ("png", "nifti", "coco", "training")
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
           report: Callable[[int, int], None] | None = None, stop: Callable[[], bool] | None = None) -> ExportReport:
    """Writes the cases to `out` in each of `formats` (FORMATS), streaming: one case in memory at a time.

    program: name, version and whatever else the manifest is to say of the program, among it split_key_fingerprint.
    A case that a format can't hold is refused and the others go on. Raises Refusal (ExportStoppedError) where nothing
    can go on: a file that is not what was written, a full disk, a folder that can't be written to. What stands by then
    is named in the manifest where that can still be written, so that the next export may replace it.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise ValueError(f"formats are {FORMATS}, not {list(formats)}")
    run = _Run(Outlet(out, _ours(out)), tuple(formats), program)
    total = len(cases) if isinstance(cases, Sized) else 0
    for done, case in enumerate(cases):
        if report is not None:
            report(done, max(total, done + 1))
        if stop is not None and stop():
            return run.finish(complete=False)
        try:
            run.add(case)
        except ExportStoppedError:
            with contextlib.suppress(Refusal):  # on a full disk there may be no room for a manifest either
                run.finish(complete=False)
            raise
    if report is not None:
        report(run.count, max(total, run.count))
    return run.finish(complete=True)


def _ours(out: Path) -> list[str]:
    """Names that earlier exports into this folder made, by the manifest."""
    path = out / MANIFEST
    try:
        if out.exists() and not out.is_dir():
            raise NotADirectoryError(20, "it is a file")
        if not path.is_file():
            return []
        found = json.loads(path.read_text("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError):
        found = None
    except OSError as error:
        raise disk_refusal(error, out.name) from error
    if not isinstance(found, dict) or found.get("kind") != _KIND:
        return []
    files = [str(one.get("path")) for one in found.get("files", []) if isinstance(one, dict)]
    return [MANIFEST, *files, *map(str, found.get("earlier", []))]


class _Run:
    def __init__(self, outlet: Outlet, formats: tuple[str, ...], program: dict[str, Any]) -> None:
        self.count = 0
        self._outlet, self._formats, self._program = outlet, formats, program
        self._names, self._ids = Names(), Names()
        self._labels = Labels()
        self._rows: list[dict[str, Any]] = []
        self._refused: list[tuple[str, Refusal]] = []
        self._coco = CocoSet()
        self._training = TrainingSet(outlet)

    def add(self, case: ExportCase) -> None:
        self.count += 1
        name = self._names.give(case.stem)
        try:
            case.written_mask()
        except Refusal as refusal:
            self._refused.append((case.stem, refusal))
            return
        self._labels = case.labels
        files: list[Written] = []
        for chosen in self._formats:
            try:
                files += self._one(chosen, name, case)
            except ExportStoppedError:
                raise
            except Refusal as refusal:
                self._refused.append((case.stem, refusal))
        self._rows.append(_case_row(name, case, files))

    def _one(self, chosen: str, name: str, case: ExportCase) -> list[Written]:
        mask = case.written_mask()
        if chosen == "coco":
            self._coco.add(name, case)
            return []
        if chosen == "training":
            return list(self._training.add(self._ids.give(table_id(name)), case))
        if chosen == "png" and mask.shape[0] == 1:
            return [png.write(self._outlet, f"{name}.png", mask[0])]
        if chosen == "nifti" and "png" in self._formats and mask.shape[0] > 1:
            return []  # a volume's "png" is this very file
        return [nifti.write_mask(self._outlet, f"{name}.nii.gz", mask, case.image.geometry)]

    def finish(self, *, complete: bool) -> ExportReport:
        if not complete and not self._outlet.written:
            return ExportReport((), tuple(self._refused), None)
        if "coco" in self._formats:
            self._coco.write(self._outlet, self._program)
        if "training" in self._formats:
            self._training.write_table()
        write_json(self._outlet, LABELS, {"background": 0, "labels": label_rows(self._labels)})
        files = [{"path": one.path, "sha256": one.sha256, "bytes": one.size, "format": one.format}
                 for one in self._outlet.written]
        write_json(self._outlet, MANIFEST, {
            "kind": _KIND, "version": 1, "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "complete": complete, "program": self._program,
            "split_key_fingerprint": str(self._program.get("split_key_fingerprint", "")),
            "notice": "Not a medical device; for review by a qualified reader.", "formats": list(self._formats),
            "labels": label_rows(self._labels), "cases": self._rows, "files": files,
            "earlier": [name for name in self._outlet.earlier() if name != MANIFEST],
            "refused": [{"case": stem, "reason": str(why)} for stem, why in self._refused],
        })
        folder = self._outlet.folder
        return ExportReport(tuple(folder / one.path for one in self._outlet.written), tuple(self._refused),
                            folder / MANIFEST)


def _case_row(name: str, case: ExportCase, files: Sequence[Written]) -> dict[str, Any]:
    geometry = case.image.geometry
    return {
        "id": name, "status": case.status.value, "reader": case.reader, "flagged": case.flag.flagged,
        "comment": case.flag.comment, "group": case.group, "split": case.split, "changed": round(case.changed, 6),
        "algorithm_type": case.algorithm_type, "model": case.model, "weights_sha256": case.weights_sha256,
        "source_sha256": case.image_sha256, "project": case.project,
        "size": list(case.image.shape), "label_counts": {str(label): n for label, n in case.counts().items()},
        "spacing_mm": [geometry.row_spacing, geometry.column_spacing], "spacing_kind": geometry.kind.value,
        "files": [{"path": one.path, "sha256": one.sha256} for one in files],
    }
