"""`make translations`: every sentence of the program into resources/translations/*.ts, and the .qm the window loads.

`pyside6-lupdate` finds what the window says by itself; what it doesn't know of is found here: `Message(` literals in
all of the program (context "core"), words said through a function `_tr` of a module, words that settings declare.
"""

import ast
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints
from xml.etree import ElementTree

import msgspec

from urwkv_desktop.gui.dialogs.settings import GROUPS
from urwkv_desktop.gui.panels.display import CT_WINDOWS
from urwkv_desktop.workflow import Settings
from urwkv_desktop.workflow.settings import word_of

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "urwkv_desktop"
FOLDER = ROOT / "resources" / "translations"
# (context, English): what Qt looks a translation up by.
Key = tuple[str, str]


class NotLiteralError(Exception):
    """A sentence that nobody could translate, because it is made only when the program runs."""


def core_keys(package: Path = PACKAGE) -> set[Key]:
    """Messages of all of the program. NotLiteralError: names file and line of one whose text is no plain literal."""
    keys = set()
    for file in sorted(package.rglob("*.py")):
        if file.relative_to(package).as_posix() == "imaging/messages.py":
            continue
        for call in _calls(ast.parse(file.read_text("utf-8")), "Message"):
            text = _literal(call)
            if text is None and not _passes_through(call):
                raise NotLiteralError(f"{file}:{call.lineno}: {ast.unparse(call)}")
            if text:
                keys.add(("core", text))
    return keys


def said_keys(package: Path = PACKAGE) -> set[Key]:
    """Words said through a module's own `def _tr(text): return QCoreApplication.translate(CONTEXT, text)`."""
    keys = set()
    for file in sorted(package.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        context = _context_of_tr(tree)
        if context is not None:
            keys |= {(context, text) for call in _calls(tree, "_tr") if (text := _literal(call))}
    return keys


def declared_keys() -> set[Key]:
    """Words that stand in a declaration and are looked up when they are shown: settings, choices, CT windows."""
    keys = {("display", name) for name, _, _ in CT_WINDOWS} | {("core", "Disc"), ("core", "Square")}
    for group in (type(getattr(Settings(), name)) for name in GROUPS):
        for hint in get_type_hints(group, include_extras=True).values():
            kind, *metas = get_args(hint)
            for meta in (one for one in metas if isinstance(one, msgspec.Meta)):
                keys |= {("settings", meta.title)} if meta.title else set()
                keys |= {("settings", word_of(meta, word)) for word in get_args(kind)}
    return keys


def window_keys() -> set[Key]:
    """What lupdate finds in the window's sources."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.ts"
        sources = sorted(str(file) for file in (PACKAGE / "gui").rglob("*.py"))
        _tool("lupdate", *sources, "-ts", str(found))
        return set(read(found))


def all_keys() -> set[Key]:
    return core_keys() | said_keys() | declared_keys() | window_keys()


def placeholders(text: str) -> list[str]:
    """The {names} in a sentence, sorted."""
    return sorted(re.findall(r"\{[^{}]*\}", text))


def read(file: Path) -> dict[Key, str]:
    """The translations of a .ts file; "" for one that is unfinished."""
    translations = {}
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            said = message.find("translation")
            finished = said is not None and said.get("type") is None
            key = (context.findtext("name") or "", message.findtext("source") or "")
            translations[key] = (said.text or "") if said is not None and finished else ""
    return translations


def write(file: Path, language: str, translations: dict[Key, str]) -> None:
    """Sorted and without line numbers, so that only a changed sentence changes the file."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    for name in sorted({context for context, _ in translations}):
        context = ElementTree.SubElement(root, "context")
        ElementTree.SubElement(context, "name").text = name
        for text in sorted(text for one, text in translations if one == name):
            message = ElementTree.SubElement(context, "message")
            ElementTree.SubElement(message, "source").text = text
            said = ElementTree.SubElement(message, "translation")
            said.text = translations[name, text] or None
            if not said.text:
                said.set("type", "unfinished")
    ElementTree.indent(root, "  ")
    body = ElementTree.tostring(root, encoding="unicode")
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")


def main() -> None:
    keys = all_keys()
    for file in sorted(FOLDER.glob("*.ts")):
        had = read(file)
        translations = {key: had.get(key, "") for key in keys}
        write(file, file.stem.rsplit("_", 1)[1], translations)
        _tool("lrelease", str(file), "-qm", str(file.with_suffix(".qm")))
        print(f"{file.name}: {len(keys)} sentences, {sum(map(bool, translations.values()))} translated")


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name in (getattr(node.func, "id", None), getattr(node.func, "attr", None)):
            yield node


def _literal(call: ast.Call) -> str | None:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def _passes_through(call: ast.Call) -> bool:
    """Message(message.text, ...), or Message(text, **values) of one that was stored: the same sentence once more."""
    first = call.args[0] if call.args else None
    if isinstance(first, ast.Attribute):
        return first.attr == "text"
    return isinstance(first, ast.Name) and any(keyword.arg is None for keyword in call.keywords)


def _context_of_tr(tree: ast.Module) -> str | None:
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and function.name == "_tr":
            return next(filter(None, map(_literal, _calls(function, "translate"))), None)
    return None


def _tool(name: str, *arguments: str) -> None:
    tool = Path(sys.executable).parent / f"pyside6-{name}"
    subprocess.run([str(tool), *arguments], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
