"""Which pages of a TIFF belong together: the slices of one volume, the frames of one film, or pictures of their own.

Pages of one size and type are one case: along time where the file says so (ImageJ's frames, OME's T), otherwise along
space. Channels are cases of their own, and so is each time point of a volume. Pages that differ stay apart, and so do
those of an OME file that holds several images. Lengths are those of ImageJ's and OME's own words; the resolution alone,
which most programs write without meaning it, makes none.
Source: TIFF 6.0, tags 254, 282, 283; ImageJ's TiffEncoder (order of pages: channel, slice, frame); OME model 2016-06.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from urwkv_desktop.imaging import ThirdAxis

if TYPE_CHECKING:
    from tifffile import TiffFile

    from urwkv_desktop.formats.reading.tiff import TiffPageFacts

_MILLIMETRES = {"nm": 1e-6, "µm": 1e-3, "μm": 1e-3, "um": 1e-3, "micron": 1e-3, "microns": 1e-3, "\\u00b5m": 1e-3,
                "mm": 1.0, "cm": 10.0, "m": 1000.0, "inch": 25.4}
_SECONDS = {"s": 1.0, "sec": 1.0, "ms": 1e-3, "min": 60.0}
_FINEST, _COARSEST = 1e-9, 1e4  # mm between pixels; what lies outside is no measurement
_LONGEST = 1 << 22  # characters of a description that is worth reading


@dataclass(frozen=True)
class Spacing:
    """mm between rows, columns and slices; None where the file says nothing."""

    row: float | None = None
    column: float | None = None
    slice: float | None = None


@dataclass(frozen=True)
class Stack:
    """The pages of one case in their order. part: "" where the file holds no other case."""

    part: str
    pages: tuple[int, ...]
    third_axis: ThirdAxis = ThirdAxis.none
    spacing: Spacing = Spacing()
    frames_per_second: float | None = None


@dataclass(frozen=True)
class _Said:
    """What the file says of its pages. order: of z, c and t, the fastest first. images: how many it holds."""

    z: int = 1
    c: int = 1
    t: int = 1
    order: str = "zct"
    spacing: Spacing = Spacing()
    frames_per_second: float | None = None
    images: int = 1


def stacks(tiff: "TiffFile", pages: "Sequence[TiffPageFacts]") -> tuple[Stack, ...]:
    """pages: the full-size ones; at least one."""
    said = (_ome(tiff) if tiff.is_ome else _imagej(tiff) if tiff.is_imagej else None) or _Said()
    numbers = [page.index for page in pages]
    if len(pages) == 1:
        return (Stack("", (numbers[0],), spacing=said.spacing),)
    if said.images > 1 or len({_kind(page) for page in pages}) > 1:
        return tuple(Stack(f"p{number}", (number,)) for number in numbers)
    if said.z * said.c * said.t != len(pages):
        return (Stack("", tuple(numbers), ThirdAxis.space, said.spacing),)
    return tuple(_split(numbers, said))


def _kind(page: "TiffPageFacts") -> tuple[object, ...]:
    return (page.height, page.width, page.samples, page.dtype, page.photometric, page.orientation)


def _split(numbers: list[int], said: _Said) -> "list[Stack]":
    """One case for each channel, and for each time point where there are volumes."""
    sizes = {"z": said.z, "c": said.c, "t": said.t}
    steps, step = dict[str, int](), 1
    for axis in said.order:
        steps[axis], step = step, step * sizes[axis]
    along = "t" if said.z == 1 and said.t > 1 else "z"
    third = ThirdAxis.time if along == "t" else ThirdAxis.space
    found = []
    for c in range(said.c):
        for other in range(1 if along == "t" else said.t):
            start = c * steps["c"] + other * steps["t"]
            own = tuple(numbers[start + turn * steps[along]] for turn in range(sizes[along]))
            part = (f"c{c}" if said.c > 1 else "") + (f"t{other}" if along == "z" and said.t > 1 else "")
            found.append(Stack(part, own, third if len(own) > 1 else ThirdAxis.none, said.spacing,
                               said.frames_per_second if along == "t" else None))
    return found


def _imagej(tiff: "TiffFile") -> _Said | None:
    words = tiff.imagej_metadata or {}
    z, c, t = (_count(words.get(word)) for word in ("slices", "channels", "frames"))
    unit = _MILLIMETRES.get(str(words.get("unit", "")).strip().lower())
    if z * c * t == 1:
        z = _count(words.get("images"))
    tags: Any = getattr(tiff.pages[0], "tags", {})
    row, column = (_per_unit(tags.get(number)) for number in (283, 282))
    apart = _number(words.get("spacing"))
    spacing = Spacing(*(_length(one, unit) for one in (row, column, abs(apart) if apart else None)))
    interval = _number(words.get("finterval"))
    return _Said(z, c, t, "czt", spacing, _rate(_number(words.get("fps")), interval))


def _ome(tiff: "TiffFile") -> _Said | None:
    text = tiff.ome_metadata or ""
    if len(text) > _LONGEST or "<!" in text.replace("<!--", ""):  # no entities, which may grow without end
        return None
    try:
        images = [one for one in ElementTree.fromstring(text) if _name(one) == "Image"]
        pixels = next(one for one in images[0] if _name(one) == "Pixels")
    except (ElementTree.ParseError, StopIteration, IndexError, ValueError):
        return None
    asked = pixels.attrib
    samples = max(1, int(getattr(tiff.pages[0], "samplesperpixel", 1)))
    order = asked.get("DimensionOrder", "XYZCT")[2:].lower()
    spacing = Spacing(*(
        _length(_number(asked.get(f"PhysicalSize{axis}")),
                _MILLIMETRES.get(asked.get(f"PhysicalSize{axis}Unit", "µm").strip())) for axis in "YXZ"))
    seconds = _SECONDS.get(asked.get("TimeIncrementUnit", "s"))
    increment = _number(asked.get("TimeIncrement"))
    return _Said(_count(asked.get("SizeZ")), max(1, _count(asked.get("SizeC")) // samples), _count(asked.get("SizeT")),
                 order if sorted(order) == ["c", "t", "z"] else "zct", spacing,
                 _rate(None, increment * seconds if increment and seconds else None), len(images))


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _number(said: Any) -> float | None:
    try:
        return float(said)
    except (TypeError, ValueError):
        return None


def _count(said: Any) -> int:
    found = _number(said)
    return int(found) if found is not None and 1 <= found < 1e9 else 1


def _length(count: float | None, unit: float | None) -> float | None:
    """mm of `count` units, where both are known and can be meant."""
    found = count * unit if count is not None and unit is not None else None
    return found if found is not None and _FINEST < found < _COARSEST else None


def _per_unit(tag: Any) -> float | None:
    """Units of one pixel, from the resolution's pixels of one unit."""
    try:
        above, below = tag.value
        return float(below) / float(above)
    except (AttributeError, TypeError, ValueError, ZeroDivisionError):
        return None


def _rate(said: float | None, seconds: float | None) -> float | None:
    """Frames of one second; films of plants and cells that take hours a frame have none."""
    rate = said or (1 / seconds if seconds else None)
    return rate if rate is not None and 1 <= rate < 1000 else None
