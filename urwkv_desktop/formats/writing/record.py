"""The only thing that a writer is given."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt

from urwkv_desktop.imaging import Flag, Image, Labels, Message, Refusal, Status, legible


@dataclass(frozen=True, eq=False)
class ExportCase:
    """stem: the name of what is written, may hold folders ("a/b"). mask: [Z, H, W], label ids on the image's grid.

    source_files: relative to the root. group: what leaves of it (already keyed). split: train, validation or test.
    changed: share of pixels changed against the network, 0..1. algorithm_type: AUTOMATIC, SEMIAUTOMATIC or MANUAL.
    weights_sha256: of the model that predicted; image_sha256: of the source files. project: its id.
    measurements: JSON, a list of {kind, axis, index, points, amount, unit}; "" for none. Leaves in tables only.
    root, part, format: where the image lies and what it is, as in `Source`. threshold: of the model's channels.
    """

    stem: str
    image: Image
    source_files: tuple[str, ...]
    mask: npt.NDArray[np.uint8] | npt.NDArray[np.uint16]
    labels: Labels
    status: Status
    flag: Flag
    reader: str
    group: str
    split: str
    changed: float
    algorithm_type: str
    model: str
    weights_sha256: str
    image_sha256: str
    project: str
    measurements: str = ""
    root: Path | None = None
    part: str = ""
    format: str = ""
    model_version: str = ""
    threshold: str = ""
    names: tuple[str, ...] = ()

    @property
    def named_files(self) -> tuple[str, ...]:
        """The source files as tables call them."""
        return self.names or tuple(map(legible, self.source_files))

    def written_mask(self) -> npt.NDArray[np.uint8] | npt.NDArray[np.uint16]:
        """The mask as it leaves: ids of deleted labels are background; uint16 only where an id passes 255.

        Raises Refusal where the mask does not fit the image, or holds an id that no label has.
        """
        return self._leaving[0]

    @cached_property
    def _leaving(self) -> tuple[npt.NDArray[np.uint8] | npt.NDArray[np.uint16], npt.NDArray[np.int64]]:
        """The mask as it leaves and the voxels of each id in it: every exporter asks for them."""
        if self.mask.shape != self.image.shape:
            raise _refused(Message("The mask does not have the size of the image."))
        known = np.zeros(65536, bool)
        known[[0, *(label.id for label in self.labels), *self.labels.retired]] = True
        counts = _counts(self.mask)
        stray = next((int(one) for one in np.flatnonzero(counts) if not known[one]), None)
        if stray is not None:
            raise _refused(Message("The mask holds the number {id}, which no label has.", id=stray))
        mask = self.mask
        retired = [one for one in self.labels.retired if self.labels.get(one) is None and counts[one]]
        if retired:
            mask = mask.copy()
            mask[np.isin(mask, retired)] = 0
            counts[0] += counts[retired].sum()
            counts[retired] = 0
        if np.flatnonzero(counts)[-1:].max(initial=0) > 255:
            return mask.astype(np.uint16, copy=False), counts
        return mask.astype(np.uint8, copy=False), counts

    def key(self, *what: object) -> str:
        """SHA-256 of all that a file for this case is made from; what: of the writer's own, such as its format."""
        mask = self.written_mask()
        digest = sha256(np.ascontiguousarray(mask).data)
        labels = [(one.id, one.name, one.colour, one.code) for one in self.labels]
        facts = (mask.shape, labels, self.stem, self.source_files, self.part, self.image_sha256, self.status.value,
                 self.reader, self.algorithm_type, self.model, self.weights_sha256, self.model_version,
                 self.threshold, self.image.geometry.row_spacing, self.image.geometry.column_spacing, *what)
        digest.update(repr(facts).encode())
        return digest.hexdigest()

    def counts(self) -> dict[int, int]:
        """Voxels of each label that is present."""
        return {label: int(count) for label, count in enumerate(self._leaving[1]) if label and count}


def _counts(mask: npt.NDArray[np.uint8] | npt.NDArray[np.uint16]) -> npt.NDArray[np.int64]:
    """Voxels of each id 0..65535, slice by slice: counting all at once would take eight times the mask's memory."""
    total = np.zeros(65536, np.int64)
    for plane in mask:
        if not plane.any():
            total[0] += plane.size
            continue
        found = np.bincount(plane.ravel())
        total[:len(found)] += found
    return total


def _refused(cause: Message) -> Refusal:
    return Refusal(tried=Message("Exporting this case."), cause=cause, cure=Message("It was left out of the export."))
