"""Which decoder, in which version, reads which DICOM transfer syntax here: recorded in each project.

Kept beside `reading.dicom_pixels`, which calls them, because this must be known without loading any of them.
"""

import json
from functools import cache

_ROOT, _JPEG = "1.2.840.10008.1.2", "1.2.840.10008.1.2.4."
_PACKAGES = {
    "pydicom": (_ROOT, _ROOT + ".1", _ROOT + ".2", _ROOT + ".1.99", _ROOT + ".5"),
    "Pillow": (_JPEG + "50",),
    "python-gdcm": tuple(_JPEG + end for end in ("51", "53", "55", "57", "70")),
    "pyjpegls": (_JPEG + "80", _JPEG + "81"),
    "pylibjpeg-openjpeg": tuple(_JPEG + end for end in ("90", "91", "92", "93", "201", "202", "203")),
}


@cache
def decoders() -> dict[str, str]:
    """Transfer syntax UID -> "package version"; "" as the version where the package does not state one."""
    return {syntax: f"{package} {_version(package)}".strip() for package, syntaxes in _PACKAGES.items()
            for syntax in syntaxes}


@cache
def pins() -> str:
    """The same as one line, for a project's file."""
    return json.dumps(decoders(), sort_keys=True)


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # some milliseconds that no first image shall wait for

    try:
        return version(package)
    except PackageNotFoundError:  # in the one-folder program
        return ""
