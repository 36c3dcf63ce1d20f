"""Packages that only some installations have: asked for before anything is begun."""

from importlib.util import find_spec

from urwkv_desktop.imaging import Message, Refusal


def need(package: str, tried: Message) -> None:
    """Raises Refusal, with what to install, where it is not there; loads nothing. tried: what was to be done."""
    if find_spec(package) is None:
        raise Refusal(tried=tried,
                      cause=Message("This needs the package {package}, which is not installed here.", package=package),
                      cure=Message("Install the program with: pip install 'urwkv-desktop[train]'."))
