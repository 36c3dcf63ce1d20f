"""Names of files, as texts can hold them."""

import re

_STRAY = re.compile("[\ud800-\udfff]")


def legible(name: str) -> str:
    """The name with %FF for each byte in it that is no text, and %UD800 for half a pair (Windows).

    The system hands such bytes out as lone surrogates (PEP 383), which no file of texts, no database and no screen
    takes. For showing and for new names; a file itself is opened by its name as it is.
    """
    return _STRAY.sub(lambda found: _spelled(ord(found[0])), name)


def _spelled(code: int) -> str:
    return f"%{code - 0xdc00:02X}" if 0xdc80 <= code <= 0xdcff else f"%U{code:04X}"
