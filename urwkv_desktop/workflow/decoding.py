"""The decode worker's bounds: what the window opens, the shell opens too."""

from urwkv_desktop.formats.limits import Limits
from urwkv_desktop.formats.worker import DecodeWorker
from urwkv_desktop.workflow import settings
from urwkv_desktop.workflow.places import Places


def limits_of(stored: settings.Settings) -> Limits:
    return Limits(picture_bytes=stored.limits.picture_mib << 20, volume_share=stored.limits.volume_percent / 100)


def decode_worker(places: Places) -> DecodeWorker:
    """Bounded as the person's settings say."""
    stored, _ = settings.load(places.settings_file)
    return DecodeWorker(limits_of(stored))
