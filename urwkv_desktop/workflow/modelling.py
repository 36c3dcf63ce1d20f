"""Which model looks at the case on screen: what is said of it, and what the person wishes instead."""

from urwkv_desktop.imaging import Message
from urwkv_desktop.inference.card import ModelCard
from urwkv_desktop.inference.library import Model, family
from urwkv_desktop.store.project import Project
from urwkv_desktop.workflow import decisions, kinds
from urwkv_desktop.workflow.models import Shelf
from urwkv_desktop.workflow.predicting import Predicting
from urwkv_desktop.workflow.showing import Showing


class Modelling:
    def __init__(self, project: Project, shelf: Shelf, showing: Showing, predicting: Predicting) -> None:
        self._project = project
        self._shelf = shelf
        self._showing = showing
        self._predicting = predicting

    @property
    def unsuited(self) -> Message | None:
        """Why no network looked at the current case."""
        opened = self._showing.opened
        if opened is None or opened.loaded.choice.model is not None or not decisions.is_untouched(opened.document):
            return None
        return opened.loaded.choice.reason

    @property
    def model(self) -> Model | None:
        """Which looks at the current case; None where none does."""
        opened = self._showing.opened
        return None if opened is None else opened.loaded.choice.model

    @property
    def name(self) -> str | None:
        return None if self.model is None else self.model.name

    @property
    def note(self) -> Message | None:
        opened = self._showing.opened
        return None if opened is None else kinds.model_note(opened.loaded.choice)

    def choose(self, name: str, *, for_kind: bool) -> bool:
        """For the current case, or for every case of its kind; False where nothing can be chosen."""
        opened = self._showing.opened
        if opened is None or self._project.is_read_only:
            return False
        if for_kind:
            self._project.set_model_for_kind(opened.loaded.kind, name)
        else:
            self._project.set_model_for_case(opened.loaded.case, name)
        self._showing.choose_again()
        self._predicting.models_changed()
        return True

    def take_over(self, name: str) -> None:
        """A model of this name was adopted: it looks from now on where one of its family was chosen for a kind of
        image. Answers that exist stay, and so does what was chosen for a single case."""
        self._shelf.look_again()
        for kind, chosen in self._project.models_for_kinds.items():
            if family(chosen) == family(name) and not self._project.is_read_only:
                self._project.set_model_for_kind(kind, name)
        self._showing.choose_again()
        self._predicting.models_changed()

    @property
    def candidates(self) -> tuple[ModelCard, ...]:
        """Of the models that suit the current case; where there are several the person says which."""
        opened = self._showing.opened
        if opened is None:
            return ()
        return tuple(model.card for model in self._shelf.library.suiting(opened.loaded.image).models)

    @property
    def nearest(self) -> str | None:
        """The model that suits the current case or comes nearest to it: the one that the reason names."""
        opened = self._showing.opened
        if opened is None:
            return None
        suiting = self._shelf.library.suiting(opened.loaded.image)
        near = suiting.models[0] if suiting.models else suiting.nearest
        return None if near is None else near.name
