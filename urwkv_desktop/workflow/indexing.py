"""From what the index found to the project's cases; and rows for what cannot be opened."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from urwkv_desktop.formats.reading.walking import may_be_image, walk
from urwkv_desktop.formats.source import Source, SourceKind, page_by_page
from urwkv_desktop.imaging import Finding, Message, Refusal, Severity
from urwkv_desktop.store.cases import CaseRow, NewCase
from urwkv_desktop.workflow.samples import ProjectFile
from urwkv_desktop.workflow.split import StatedGroups, group_of
from urwkv_desktop.workflow.titles import titles

REFUSED_KIND = "refused"
CHANGED = "image.changed"
# Of a row's detail: how its image looks (64 bits), and that it looks like several groups.
LOOK, BRIDGES = "look", "bridges groups"


@dataclass(frozen=True)
class Indexed:
    """cases: for the project. refused: rows of this session only, with ids below 0. refusals: by those ids.

    captions: whose image it is, by identity; for the screen, never for the project's file.
    findings: of lists of groups that cannot be used.
    """

    cases: tuple[NewCase, ...]
    refused: tuple[CaseRow, ...]
    refusals: Mapping[int, Refusal]
    captions: Mapping[str, Mapping[str, str]]
    findings: tuple[Finding, ...] = ()


def indexed(sources: Sequence[Source], project_file: ProjectFile, stated: StatedGroups) -> Indexed:
    """stated: groups that a table beside the images names."""
    cases, refused, refusals = [], list[CaseRow](), dict[int, Refusal]()
    shown = [source for source in sources if source.kind in (SourceKind.image, SourceKind.refused)
             or (source.kind is SourceKind.index and source.refusal is not None)]
    for source, title in zip(shown, titles(shown), strict=True):
        if source.kind is SourceKind.image:
            cases.append(_new_case(source, project_file.title_for(source.files[0]) or title, stated))
        elif source.refusal is not None:
            row = _refused_row(-1 - len(refused), source, title, source.refusal)
            refused.append(row)
            refusals[row.id] = source.refusal
    captions = {source.identity: source.caption for source in shown if source.caption}
    return Indexed(tuple(cases), tuple(refused), refusals, captions, stated.findings)


def as_before(sources: Sequence[Source], rows: Sequence[CaseRow]) -> list[Source]:
    """A stack of pages is one case, unless the project was begun when each of its pages was one: it stays so."""
    known = {row.identity.partition("#")[0] for row in rows}
    found = list[Source]()
    for source in sources:
        pages = page_by_page(source)
        found += pages if any(page.identity in known for page in pages) else [source]
    return found


def without_changed(cases: Sequence[NewCase], rows: Sequence[CaseRow]) -> tuple[list[NewCase], list[CaseRow]]:
    """The cases that may be added, and the rows whose image is another one now than the mask was made on.

    A file whose content is unknown lies where a known case's file lay: that case has changed, and no new one is made.
    """
    known = {row.identity for row in rows}
    found = {case.identity for case in cases}
    lost = {(row.files[0], row.part): row for row in rows if row.identity not in found}
    added, changed = [], []
    for case in cases:
        row = lost.get((case.files[0], case.part)) if case.identity not in known else None
        if row is None:
            added.append(case)
        else:
            changed.append(row)
    return added, changed


def by_uid(row: CaseRow) -> bool:
    """Whether the case is found again by a UID; all others are by the content of their file."""
    return row.identity.partition(":")[0] == "dicom"


def is_changed(row: CaseRow) -> bool:
    return any(finding.code == CHANGED for finding in row.findings)


def marked(row: CaseRow, *, changed: bool) -> CaseRow:
    """The row with or without the finding that its image has changed."""
    others = tuple(finding for finding in row.findings if finding.code != CHANGED)
    if not changed:
        return replace(row, findings=others)
    return replace(row, findings=(*others, Finding(CHANGED, Message(
        "The image has changed since its mask was made. The mask is kept; nothing is predicted over it."))))


def source_of(row: CaseRow) -> Source:
    """The row as what a reader reads."""
    detail = row.detail
    return Source(SourceKind.image, row.files, row.part, row.identity.partition("#")[0], row.title,
                  str(detail.get("modality", "")), str(detail.get("body_part", "")),
                  dimension=str(detail.get("dimension", "2d")), mask_file=mask_file_of(row))


def mask_file_of(row: CaseRow) -> str | None:
    name = row.detail.get("mask_file")
    return str(name) if name else None


def stem_of(row: CaseRow) -> str:
    """What the case's files are called in an export: its place below the root, folders and all."""
    return str(row.detail.get("stem") or row.title)


def may_hold_images(folder: Path) -> bool:
    """Whether something in the folder could be an image; asked before a project file is made there."""
    return any(may_be_image(folder / name) for name in walk(folder))


def _new_case(source: Source, title: str, stated: StatedGroups) -> NewCase:
    detail = {"modality": source.modality, "body_part": source.body_part, "dimension": source.dimension,
              "mask_file": source.mask_file or "", "stem": source.title}
    return NewCase(source.identity, title, source.files, part=source.part,
                   image_sha256=_file_hash(source), group=group_of(_patient(source), source.identity, source.files,
                                                                  stated),
                   findings=source.findings, detail=detail)


def _file_hash(source: Source) -> str:
    """For everything but DICOM the identity is the file's SHA-256 (with a part behind it)."""
    kind, _, rest = source.identity.partition(":")
    return rest.partition(":")[0] if kind in ("picture", "tiff", "nifti") else ""


def _patient(source: Source) -> str:
    """One word for each patient, without the patient's number in the project file."""
    if not source.group_hint:
        return ""
    return "patient:" + hashlib.sha256(source.group_hint.encode()).hexdigest()


def _refused_row(number: int, source: Source, title: str, refusal: Refusal) -> CaseRow:
    findings = (*source.findings, Finding("source.refused", refusal.cause, Severity.refused))
    return CaseRow(number, title, source.identity, source.files, REFUSED_KIND, findings=findings)
