"""What each command of the terminal takes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from core import __version__
from core.terminal import store_options
from core.terminal.arguments import add_service_options, number_above_zero, port

_ASK_EPILOG = """\
Standard input: text from a pipe or a file is added after TEXT, as context (2 MB at most).
Without TEXT, or where TEXT is -, it is waited for to its end. With a TEXT, a pipe that
brings nothing for 5 s is left alone, and that is said; < /dev/null spares the wait.

--json prints one object a line: {"event": "stage" | "text" | "reasoning" | "usage", …}
as they come, and last {"event": "end", …} with state, text, model, provider,
finish_reason, usage, seconds and error.

Exit code: 0 answered, 1 the service failed, 2 wrong usage, 3 the answer broke off
before its end, 130 interrupted. What has arrived is printed in every case.

Nothing of it is kept; beseda chat keeps its conversations.
"""

_CHAT_EPILOG = """\
The conversation is kept, where the window and beseda history find it. With --private
nothing is: it is gone when the chat ends.
"""

NEWEST = ""
"""The value of `--continue` without an ID; without the option it is None."""


def parser_for(command: str) -> argparse.ArgumentParser:
    """Return the parser of one of `TERMINAL_COMMANDS`."""
    return _PARSERS[command]()


def parse(command: str, arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options of `command`; ends the program on --help and on wrong usage.

    Raises:
        SystemExit: 0 after --help and --version, 2 for what is wrong.
    """
    # Intermixed: `ask one --json two` is one question of two words, as a person means it.
    parser = parser_for(command)
    options = parser.parse_intermixed_args(arguments)
    if command == "demo-server":
        _check_demo_server(parser, options)
    elif command == "history":
        store_options.check_history(parser, options)
    elif command == "export":
        store_options.check_export(parser, options)
    return options


def _parser(command: str, description: str, epilog: str | None = None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"beseda {command}",
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"beseda {__version__}")
    return parser


def _ask_parser() -> argparse.ArgumentParser:
    parser = _parser(
        "ask", "Ask one question; the answer is printed as it is written.", _ASK_EPILOG
    )
    parser.add_argument("text", nargs="*", metavar="TEXT", help="the question; - is standard input")
    parser.add_argument("--json", action="store_true", help="print events, one JSON object a line")
    add_service_options(parser)
    return parser


def _chat_parser() -> argparse.ArgumentParser:
    parser = _parser(
        "chat",
        "Talk in the terminal. Ctrl+C stops an answer, Ctrl+D leaves, /help tells more.",
        _CHAT_EPILOG,
    )
    keeping = parser.add_mutually_exclusive_group()
    keeping.add_argument(
        "--continue",
        dest="resume",
        nargs="?",
        const=NEWEST,
        metavar="ID",
        help="go on with the newest conversation, or with one of beseda history",
    )
    keeping.add_argument("--private", action="store_true", help="keep nothing of what is said")
    add_service_options(parser)
    return parser


def _history_parser() -> argparse.ArgumentParser:
    description = "List the conversations that are kept, the newest first, or print one."
    parser = _parser("history", description, store_options.HISTORY_EPILOG)
    store_options.add_history_options(parser)
    return parser


def _search_parser() -> argparse.ArgumentParser:
    description = "Search the titles and messages of all conversations that are kept."
    parser = _parser("search", description, store_options.SEARCH_EPILOG)
    store_options.add_search_options(parser)
    return parser


def _export_parser() -> argparse.ArgumentParser:
    description = "Write conversations to a file, a folder, a ZIP or standard output."
    parser = _parser("export", description, store_options.EXPORT_EPILOG)
    store_options.add_export_options(parser)
    return parser


def _import_parser() -> argparse.ArgumentParser:
    description = "Add the conversations of files to those that are kept."
    parser = _parser("import", description, store_options.IMPORT_EPILOG)
    store_options.add_import_options(parser)
    return parser


def _demo_server_parser() -> argparse.ArgumentParser:
    # The demo brings a web server, which nothing else that is parsed here needs.
    from core.demo.failure import Failure  # noqa: PLC0415 - see above
    from core.demo.scenario import DEFAULT_SPEED, Version  # noqa: PLC0415 - see above

    width = max(map(len, Failure))
    failures = "\n".join(f"  {failure:{width}}  {failure.says}" for failure in Failure)
    parser = _parser(
        "demo-server",
        "Serve the demo site on this computer until Ctrl+C; its address is the first line.",
        f"failures:\n{failures}",
    )
    parser.add_argument(
        "--port", type=port, default=0, metavar="N", help="the port (default: any free one)"
    )
    parser.add_argument("--protocol", choices=("v1", "v2"), help="default: that of --behave, or v1")
    parser.add_argument(
        "--behave",
        choices=tuple(map(str, Version)),
        help="the release of the plugin to play (default: the newest of the protocol)",
    )
    parser.add_argument(
        "--speed",
        type=_speed,
        default=DEFAULT_SPEED,
        metavar="N",
        help=f"characters a second, 0 for no limit (default: {DEFAULT_SPEED:g})",
    )
    parser.add_argument(
        "--failure",
        choices=tuple(map(str, Failure)),
        metavar="NAME",
        help="what goes wrong; see below",
    )
    return parser


def _check_demo_server(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    from core.demo.scenario import Scenario, Version  # noqa: PLC0415 - as in the parser

    if options.behave is None:
        options.behave = Scenario.for_protocol(options.protocol or "v1").version
    protocol = Version(options.behave).protocol
    if options.protocol not in {None, protocol}:
        parser.error(f"release {options.behave} speaks {protocol}, not {options.protocol}")


def _speed(value: str) -> float:
    return 0.0 if value.strip() == "0" else number_above_zero(value, "characters a second")


_PARSERS = {
    "ask": _ask_parser,
    "chat": _chat_parser,
    "history": _history_parser,
    "search": _search_parser,
    "export": _export_parser,
    "import": _import_parser,
    "demo-server": _demo_server_parser,
}
