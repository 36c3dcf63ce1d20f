"""Which model looks at which image: the person's word, the project's, then what the cards say."""

from dataclasses import dataclass
from typing import Protocol

from urwkv_desktop.imaging import Image, Message, Refusal, ThirdAxis, legible
from urwkv_desktop.inference.library import Model, ModelLibrary
from urwkv_desktop.inference.suiting import looks_coloured
from urwkv_desktop.workflow.samples import ProjectFile


class ModelWishes(Protocol):
    """What a project remembers (store.Project)."""

    def model_for_kind(self, kind: str) -> str | None: ...
    def model_for_case(self, case: int) -> str | None: ...


@dataclass(frozen=True)
class Choice:
    """The model and why it; or None and why none."""

    model: Model | None
    reason: Message


def kind_of(image: Image, file: str) -> str:
    """The image's kind: Modality, body part, grey or colour by content, dimension, sub-folder."""
    dimension = {ThirdAxis.space: "slices", ThirdAxis.time: "frames"}.get(image.geometry.third_axis, "2d")
    if image.shape[0] == 1:
        dimension = "2d"
    folder = legible(file.rsplit("/", 1)[0]) if "/" in file else ""
    return "|".join((image.modality, image.body_part, "colour" if looks_coloured(image) else "grey", dimension, folder))


def choose_model(image: Image, case: int, file: str, *, wishes: ModelWishes, project_file: ProjectFile,
                 library: ModelLibrary) -> Choice:
    """The person's word for the case, for the kind, the project file's, then the one that surely suits."""
    named = (
        (wishes.model_for_case(case), Message("you chose it for this case"), True),
        (wishes.model_for_kind(kind_of(image, file)), Message("you chose it for this folder"), True),
        (project_file.model_for(file), Message("this project names it"), False),
    )
    for name, reason, is_chosen in named:
        if name is not None:
            return _wished(library, name, reason, is_chosen=is_chosen)
    suiting = library.suiting(image)
    if suiting.is_certain and len(suiting.models) == 1:
        return Choice(suiting.models[0], suiting.reason)
    if len(suiting.models) == 1:
        return Choice(None, Message("The file does not name its modality and body part, so no model looked at it by "
                                    "itself."))
    return Choice(None, suiting.reason)


def _wished(library: ModelLibrary, name: str, reason: Message, *, is_chosen: bool) -> Choice:
    try:
        # A project's file names a family; who chose a model meant that one, until it is taught here (`take_over`).
        return Choice(library.get(name) if is_chosen else library.follower(name), reason)
    except Refusal:
        if is_chosen:
            return Choice(None, Message("The model {name}, which you chose for it, is not installed.", name=name))
        return Choice(None, Message("No model for this image is installed."))


def model_note(choice: Choice) -> Message | None:
    """busi · U-RWKV base · IoU 0.71 · you chose it for this folder"""
    if choice.model is None:
        return None
    card, reason = choice.model.card, choice.reason
    iou = card.metrics.get("iou_mean")
    if isinstance(iou, (int, float)):
        return Message("{name} · U-RWKV {variant} · IoU {iou} · {reason}", name=card.name, variant=card.variant,
                       iou=f"{iou:.2f}", reason=reason)
    return Message("{name} · U-RWKV {variant} · {reason}", name=card.name, variant=card.variant, reason=reason)
