"""What the header of one file says, before the other files of its folder are asked."""

from dataclasses import dataclass

from urwkv_desktop.formats.reading.dicom_frames import FrameVolume
from urwkv_desktop.formats.reading.dicom_series import Instance
from urwkv_desktop.formats.reading.grid_corners import Corners
from urwkv_desktop.formats.reading.label_object import LabelObject
from urwkv_desktop.formats.source import Source


@dataclass(frozen=True)
class FileFound:
    """sources: cases, or what the file is instead of one.

    instance: a DICOM image, of which only its series can say to which case it belongs; pieces: how its frames fall into
    volumes. beside: another file, relative to the root, on which this depends. lists: files that it names, relative to
    its own folder. label: what a SEG or RTSTRUCT says of the images that it was drawn on.
    corners: of the volume in the patient, where the file alone says so.
    """

    sources: tuple[Source, ...] = ()
    instance: Instance | None = None
    pieces: tuple[FrameVolume, ...] = ()
    beside: str = ""
    lists: tuple[str, ...] = ()
    label: LabelObject | None = None
    corners: Corners = ()
