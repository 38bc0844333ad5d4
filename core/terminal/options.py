"""What each command of the terminal takes."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial

from core import __version__
from core.terminal import store_options
from core.terminal.arguments import number_above_zero, port
from core.terminal.data_option import add_data_option
from core.terminal.question_options import (
    add_image_option,
    add_profile_options,
    add_question_options,
    check_profile,
    check_question,
)
from core.terminal.window import window_parser

_ASK_EPILOG = """\
Standard input: text from a pipe or a file is added after TEXT, as context (2 MB at most).
Without TEXT, or where TEXT is -, it is waited for to its end. With a TEXT, a pipe that
brings nothing for 5 s is left alone, and that is said; < /dev/null spares the wait.

--json prints one object a line as they come, each with its "event": "stage", "text",
"reasoning", "usage", "retry" (the same service is asked again) or "provider" (another one
is), and last {"event": "end", …} with state, text, model, provider, finish_reason, usage,
seconds and error.

--window hands TEXT over to the window that is open, or opens one, and prints nothing;
without TEXT it begins a new conversation there. Standard input is added where - is given.

Exit code: 0 answered, 1 the service failed, 2 wrong usage, 3 the answer broke off
before its end, 130 interrupted. What has arrived is printed in every case.

Nothing of it is kept; beseda chat keeps its conversations.
"""

_CHAT_EPILOG = """\
The conversation is kept, where the window and beseda history find it. With --private
nothing is: it is gone when the chat ends.
"""

_MODELS_EPILOG = """\
Each line has the model's name, the tokens of its context where the service tells them, and
"images" where it takes pictures, with tabs between them. --json prints one object a line.

Exit code: 0 listed, 1 the service failed or does not tell, 2 wrong usage.
"""

_DOCTOR_EPILOG = """\
Each line has what came of a step, how long it took, and one sentence; nothing of it is secret,
so that all of it can be handed on. The last step asks the service for one word, as a question
does. --json prints one object a line.

Exit code: 0 no step failed, 1 one did, 2 wrong usage, 130 interrupted.
"""

_SETTINGS_EPILOG = """\
Each line has the option's key, its type, its default and its value, with tabs between them;
after the options come the profiles. --json prints one object a line, with what each option
means. They are set in the window, or in the file settings.toml in the data folder:
  [appearance]
  theme = "dark"
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
    if command in {"ask", "chat"}:
        _check_window(parser, options)
        check_question(parser, options)
    elif command in {"models", "doctor"}:
        _check_models(parser, options)
    elif command == "demo-server":
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
    parser.add_argument(
        "--window",
        action="store_true",
        help="ask in a new conversation of the window, as it is set there",
    )
    add_image_option(parser)
    add_question_options(parser)
    return parser


def _check_window(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Refuse what a window that is open already would not obey."""
    taken = {"text", "window", "data_dir"}
    if getattr(options, "window", False) and any(
        value != parser.get_default(name)
        for name, value in vars(options).items()
        if name not in taken
    ):
        parser.error("--window takes TEXT and --data-dir alone; all else is as the window is set")


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
    add_question_options(parser)
    return parser


def _models_parser() -> argparse.ArgumentParser:
    parser = _parser("models", "List the models that a service offers.", _MODELS_EPILOG)
    parser.add_argument(
        "name", nargs="?", metavar="PROFILE", help="a profile of the settings, or a service"
    )
    parser.add_argument("--json", action="store_true", help="print JSON, one object a line")
    add_profile_options(parser)
    return parser


def _doctor_parser() -> argparse.ArgumentParser:
    description = "Look step by step whether a service can be reached and answers, and say why not."
    parser = _parser("doctor", description, _DOCTOR_EPILOG)
    parser.add_argument(
        "name", nargs="?", metavar="PROFILE", help="a profile of the settings, or a service"
    )
    parser.add_argument("--json", action="store_true", help="print JSON, one object a line")
    add_profile_options(parser)
    return parser


def _check_models(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    if options.name is not None and (options.profile or options.provider or options.address):
        parser.error("PROFILE says who is asked; give no other service with it")
    check_profile(parser, options)
    options.profile = options.profile if options.name is None else options.name


def _settings_parser() -> argparse.ArgumentParser:
    parser = _parser("settings", "List all options, with what they are set to.", _SETTINGS_EPILOG)
    parser.add_argument(
        "key",
        nargs="?",
        default="",
        metavar="KEY",
        help="only this option, or this page",
    )
    parser.add_argument("--json", action="store_true", help="print JSON, one object a line")
    add_data_option(parser)
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


_PARSERS: dict[str, Callable[[], argparse.ArgumentParser]] = {
    "ask": _ask_parser,
    "chat": _chat_parser,
    "models": _models_parser,
    "doctor": _doctor_parser,
    "settings": _settings_parser,
    "history": _history_parser,
    "search": _search_parser,
    "export": _export_parser,
    "import": _import_parser,
    "quick": partial(window_parser, "quick"),
    "show": partial(window_parser, "show"),
    "quit": partial(window_parser, "quit"),
    "demo-server": _demo_server_parser,
}
