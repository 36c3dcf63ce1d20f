"""What is needed to show a case or to predict it, gathered away from the window's thread."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from urwkv_desktop.editing.state import CaseState
from urwkv_desktop.formats.fingerprint import image_sha256, picture_hash
from urwkv_desktop.formats.label_set import LabelSet, LabelTarget, LabelWish
from urwkv_desktop.formats.worker import DecodeWorker
from urwkv_desktop.imaging import Finding, Image, Message, Origin, Prediction, Refusal, Status
from urwkv_desktop.inference.intensity import with_scaling_findings
from urwkv_desktop.inference.library import ModelLibrary
from urwkv_desktop.store.cases import CaseRow
from urwkv_desktop.store.predictions import PredictionStore
from urwkv_desktop.store.project import Project
from urwkv_desktop.workflow.indexing import is_changed, mask_file_of, source_of
from urwkv_desktop.workflow.kinds import Choice, choose_model, kind_of
from urwkv_desktop.workflow.samples import ProjectFile

MASK_LEFT = "mask.left"


@dataclass(frozen=True, eq=False)
class Loaded:
    """One case, ready to be shown. choice: which model looks at it. imported: the mask beside the image, as its file
    has it, where the case is new and has one that can be taken; else the image has a finding that says why not.
    look: 64 bits of how the image looks."""

    case: int
    image: Image
    kind: str
    state: CaseState
    prediction: Prediction | None
    choice: Choice
    imported: LabelSet | None = None
    look: int = 0


class Loader:
    """Reads cases; may be used from any thread, one at a time or several."""

    def __init__(self, project: Project, predictions: PredictionStore, worker: DecodeWorker,
                 library: Callable[[], ModelLibrary], project_file: ProjectFile) -> None:
        self._project = project
        self._predictions = predictions
        self._worker = worker
        self._library = library
        self._project_file = project_file
        self._taken: dict[int, bool] = {}

    def image(self, row: CaseRow) -> Image:
        """The decoded image, with the spacing that the project states. Raises Refusal."""
        image = self._worker.read(self._project.root, source_of(row))
        return self._project_file.with_spacing(image, row.files[0])

    def load(self, row: CaseRow, image: Image | None = None) -> Loaded:
        """Raises Refusal. image: where it is decoded already."""
        image = image or self.image(row)
        state = self.state(row.id, image.shape)
        image, imported = self._with_mask(row, image, state)
        choice = self.choice(row, image)
        image = with_scaling_findings(image, None if choice.model is None else choice.model.card.input.intensity)
        return Loaded(row.id, image, kind_of(image, row.files[0]), state, self._prediction(row.id, state), choice,
                      imported, picture_hash(image))

    def is_mask_taken(self, case: int) -> bool | None:
        """Whether the mask beside the case's image can be taken; None as long as it has not been read."""
        return self._taken.get(case)

    def part(self, row: CaseRow) -> Image:
        """What is there of a file that is cut, for eyes alone. Raises Refusal."""
        return self._worker.read_part(self._project.root / PurePosixPath(row.files[0]))

    def choice(self, row: CaseRow, image: Image) -> Choice:
        """None for an image that is another one now than its mask was made on."""
        if is_changed(row):
            return Choice(None, Message("The image has changed since its mask was made; nothing is predicted over it."))
        return choose_model(image, row.id, row.files[0], wishes=self._project, project_file=self._project_file,
                            library=self._library())

    def state(self, case: int, shape: tuple[int, int, int]) -> CaseState:
        """What the hand has done to this case a moment ago belongs to it. Raises Refusal."""
        state = self._project.load(case, shape).state
        if state.mask.voxels.shape != shape:
            raise _other_shape(state.mask.voxels.shape, shape)
        return state

    def fingerprint(self, row: CaseRow) -> str:
        """SHA-256 of the row's image as it lies there now. Raises Refusal."""
        try:
            return image_sha256(self._project.root, source_of(row))
        except OSError as error:
            raise Refusal(tried=Message("Reading {title}.", title=row.title),
                          cause=Message("The file can't be read: {reason}.", reason=error.strerror or "error"),
                          cure=Message("Check that it is still there and that you may read it.")) from error

    def _prediction(self, case: int, state: CaseState) -> Prediction | None:
        """The logits of the network's last answer in the case's history, where they are still at hand."""
        ids = state.history.network_ids
        return self._predictions.get(case, ids[1]) if ids else None

    def labels(self, row: CaseRow, image: Image, file: Path, wish: LabelWish | None = None) -> LabelSet:
        """The labels of a file, which may lie anywhere, on the case's grid. Raises Refusal."""
        target = LabelTarget(image.shape, image.geometry, row.files, source_of(row).identity)
        return self._worker.read_label_set(self._project.root, file, target, wish)

    def _with_mask(self, row: CaseRow, image: Image, state: CaseState) -> tuple[Image, LabelSet | None]:
        """A mask that cannot be taken says why over its image and keeps nobody from it."""
        others = tuple(found for found in image.findings if found.code != MASK_LEFT)
        image = image if len(others) == len(image.findings) else replace(image, findings=others)
        mask_file = mask_file_of(row)
        if mask_file is None or not _may_be_taken(state):
            return image, None
        try:
            imported = self.labels(row, image, self._project.root / PurePosixPath(mask_file))
        except Refusal as refusal:
            self._taken[row.id] = False
            return replace(image, findings=(*others, _left(PurePosixPath(mask_file).name, refusal))), None
        self._taken[row.id] = True
        return image, imported if not state.history.groups else None


def _may_be_taken(state: CaseState) -> bool:
    """Nothing is drawn, or a network alone has drawn, which it does where the mask is refused."""
    if state.history.groups:
        return state.status is Status.predicted and all(each.origin is not Origin.imported
                                                        for each in state.history.groups)
    return state.status is Status.new


def _left(name: str, refusal: Refusal) -> Finding:
    return Finding(MASK_LEFT, Message(
        "The mask beside it was not taken ({name}): {reason} {cure} With Import a mask… you take it, or another one, "
        "yourself.", name=name, reason=refusal.cause, cure=refusal.cure))


def _other_shape(had: tuple[int, ...], has: tuple[int, ...]) -> Refusal:
    return Refusal(tried=Message("Opening this image."),
                   cause=Message("The image has changed: its mask is {had}, the image {has} (slices, rows, columns).",
                                 had=" x ".join(map(str, had)), has=" x ".join(map(str, has))),
                   cure=Message("Put the image back that the mask was made on; the mask is kept."))
