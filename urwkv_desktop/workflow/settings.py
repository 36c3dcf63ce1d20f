"""What the program remembers of a person's wishes: frozen groups, one TOML file.

Unknown keys are kept in the file (a newer program may have written them); bad values are replaced, with a Finding.
Each field declares its bounds and title once; dialogs build themselves from `msgspec.inspect`.
"""

import getpass
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from urwkv_desktop.imaging import Finding, Message

S = TypeVar("S", bound=Struct)
_RECENT_AT_MOST = 12
_NAMES = "surrogatepass"  # paths may hold bytes that are no text


class Appearance(Struct, frozen=True):
    """language: by its own name, so that who speaks no other finds it; from the next start on."""

    theme: Annotated[Literal["dark", "light", "system"], Meta(title="Theme")] = "dark"
    language: Annotated[Literal["system", "english", "deutsch"], Meta(title="Language")] = "system"


class Canvas(Struct, frozen=True):
    fill_opacity: Annotated[float, Meta(ge=0.0, le=1.0, title="Fill opacity")] = 0.18
    mask_style: Annotated[Literal["fill", "outline", "both"], Meta(title="Mask")] = "both"


class Brush(Struct, frozen=True):
    """size: in its unit; 0 where nobody has chosen one, and then it is a share of the image."""

    size: Annotated[float, Meta(ge=0.0, le=1000.0, title="Diameter")] = 0.0
    unit: Annotated[Literal["px", "mm"], Meta(title="Unit")] = "px"
    shape: Annotated[Literal["disc", "square"], Meta(title="Shape")] = "disc"
    by_pressure: Annotated[bool, Meta(title="Pen pressure")] = False


class WindowPlace(Struct, frozen=True):
    """geometry, splitter: the window's own bytes as hexadecimal text; "" before they were ever saved."""

    geometry: str = ""
    splitter: str = ""


class ReaderName(Struct, frozen=True):
    name: Annotated[str, Meta(max_length=80, title="Reader")] = ""


class Keys(Struct, frozen=True):
    """map: after whose habits keys and mouse go. asked: whether the person has been asked which."""

    map: Annotated[Literal["default", "itk-snap", "slicer", "labelme", "radiology"],
                   Meta(title="Keys and mouse like")] = "default"
    asked: bool = False


class Limits(Struct, frozen=True):
    """What one image may need once it is decoded: a picture in MiB, a volume as a share of the free memory."""

    picture_mib: Annotated[int, Meta(ge=16, le=65536, title="Largest picture", extra={"unit": "MiB"})] = 1024
    volume_percent: Annotated[int, Meta(ge=5, le=95, title="Largest volume, of the free memory",
                                        extra={"unit": "%"})] = 50


class Network(Struct, frozen=True):
    """device: where the network runs; auto is the CPU. mirror: what mirror images are looked at for: nothing but what
    the model's card asks, the mean of the answers, or how far the answers differ.
    """

    device: Annotated[Literal["auto", "cpu", "cuda", "mps", "intel-gpu", "npu"], Meta(
        title="The network runs on", extra={"words": {
            "auto": "Automatic (CPU)", "cpu": "CPU, full precision", "cuda": "NVIDIA (CUDA)", "mps": "Apple (MPS)",
            "intel-gpu": "Intel GPU", "npu": "Intel NPU"}})] = "auto"
    mirror: Annotated[Literal["no", "average", "doubt"], Meta(
        title="Mirror images", extra={"words": {"no": "Not used", "average": "Averaged", "doubt": "For the doubt"}},
    )] = "no"


class RecentProject(Struct, frozen=True):
    """path: the project file; root: its images; how far it had got when it was last closed."""

    path: str
    root: str
    name: str = ""
    accepted: int = 0
    total: int = 0


class Recent(Struct, frozen=True):
    items: tuple[RecentProject, ...] = ()

    @property
    def projects(self) -> tuple[str, ...]:
        return tuple(item.path for item in self.items)


class Settings(Struct, frozen=True):
    appearance: Appearance = Appearance()
    canvas: Canvas = Canvas()
    brush: Brush = Brush()
    window: WindowPlace = WindowPlace()
    reader: ReaderName = ReaderName()
    keys: Keys = Keys()
    limits: Limits = Limits()
    network: Network = Network()
    recent: Recent = Recent()

    @property
    def reader_name(self) -> str:
        """The reader's name: the login name until another is given."""
        return self.reader.name or login_name()

    def changed(self, group: str, **fields: object) -> "Settings":
        """settings.changed("brush", size=12.0); values are checked as those of the file are."""
        values = {**msgspec.to_builtins(getattr(self, group)), **msgspec.to_builtins(fields)}
        return msgspec.structs.replace(self, **{group: msgspec.convert(values, type(getattr(self, group)))})

    def with_recent(self, project: RecentProject) -> "Settings":
        others = tuple(item for item in self.recent.items if item.path != project.path)
        return msgspec.structs.replace(self, recent=Recent((project, *others)[:_RECENT_AT_MOST]))


def word_of(meta: Meta, choice: str) -> str:
    """What a choice is called on the screen."""
    words = (meta.extra or {}).get("words", {})
    return str(words.get(choice, choice.capitalize()))


def login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without an entry
        return "reader"


def load(path: Path) -> tuple[Settings, tuple[Finding, ...]]:
    """The file's settings; defaults where there is no file or a value is bad, with one Finding each."""
    try:
        stored = _stored(path)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        cause = Message("The settings file cannot be read; the defaults are used.")
        return Settings(), (Finding("settings.unreadable", cause),)
    findings: list[Finding] = []
    groups: dict[str, Any] = {}
    for field in msgspec.structs.fields(Settings):
        given = stored.get(field.name, {})
        groups[field.name] = _group(field.type, field.name, given if isinstance(given, dict) else {}, findings)
    return Settings(**groups), tuple(findings)


def save(settings: Settings, path: Path) -> None:
    """Writes the file whole or not at all; keys this program does not know stay in it. Raises OSError."""
    import tomli_w

    try:
        stored = _stored(path)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        stored = {}
    for name, group in msgspec.to_builtins(settings).items():
        kept = stored.get(name)
        stored[name] = {**(kept if isinstance(kept, dict) else {}), **group}
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_text(tomli_w.dumps(stored), encoding="utf-8", errors=_NAMES)
    beside.replace(path)


def _stored(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8", errors=_NAMES)) if path.exists() else {}


def _group(kind: type[S], name: str, given: Mapping[str, Any], findings: list[Finding]) -> S:
    good: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        if field.name not in given:
            continue
        try:
            good[field.name] = msgspec.convert(given[field.name], field.type)
        except msgspec.ValidationError as error:
            findings.append(Finding("settings.value", Message(
                "The setting {name} cannot be used ({reason}); its default is.", name=f"{name}.{field.name}",
                reason=str(error))))
    return kind(**good)
