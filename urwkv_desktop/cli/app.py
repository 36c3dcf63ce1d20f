"""The commands, and how a refusal, an interruption and a mistake of ours leave the shell."""

import functools
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, ParamSpec

import typer

from urwkv_desktop import __version__
from urwkv_desktop.cli import demo, evaluate, export, learn, models, segment, self_test, train
from urwkv_desktop.cli.showing import INTERRUPTED, refuse, say
from urwkv_desktop.imaging import Refusal
from urwkv_desktop.workflow.logs import report_uncaught, start_log
from urwkv_desktop.workflow.places import find_places

P = ParamSpec("P")

app = typer.Typer(
    name="urwkv-desktop", no_args_is_help=True, add_completion=False, rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Open medical images, find each already segmented by U-RWKV, correct, accept and export. Offline. "
         "`urwkv-desktop [PATH] [--project FILE]` opens the window. Not a medical device; for review by a qualified "
         "reader.")


def run_command(arguments: Sequence[str]) -> int:
    places = find_places()
    start_log(places.logs)
    report_uncaught(places.logs)
    try:
        app(list(arguments), prog_name="urwkv-desktop")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    return 0


def _leaving(command: Callable[P, int]) -> Callable[P, None]:
    """The command with its exit code; a Refusal becomes one sentence and exit code 2."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = command(*args, **kwargs)
        except Refusal as refusal:
            refuse("", refusal)
            code = 2
        except KeyboardInterrupt:
            say("Interrupted; what stands is whole.")
            code = INTERRUPTED
        except BrokenPipeError:  # `| head` has read enough
            sys.stderr.close()
            code = 0
        raise typer.Exit(code)

    return run


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
    test: Annotated[bool, typer.Option("--self-test", help="Open a sample, predict, edit, undo, export, verify; "
                                                           "without a window and without a network.")] = False,
) -> None:
    if version:
        print(f"urwkv-desktop {__version__}")
        raise typer.Exit(0)
    if test:
        _leaving(self_test.self_test)()


app.command("segment")(_leaving(segment.segment))
app.command("export")(_leaving(export.export))
shelf = typer.Typer(add_completion=False, rich_markup_mode=None,
                    help="List the models at hand, import one, export one.")


@shelf.callback(invoke_without_command=True)
def _models(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print the cards as a JSON list.")] = False,
) -> None:
    if context.invoked_subcommand is None:
        _leaving(models.models)(as_json)


shelf.command("import")(_leaving(models.import_))
shelf.command("export")(_leaving(models.export))
shelf.command("int8")(_leaving(models.int8))
shelf.command("adopt")(_leaving(learn.adopt))
app.add_typer(shelf, name="models")
app.command("train")(_leaving(train.train))
app.command("evaluate")(_leaving(evaluate.evaluate))
app.command("learn")(_leaving(learn.learn))
app.command("demo", hidden=True)(_leaving(demo.demo))
