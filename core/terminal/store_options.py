"""What the commands take that look into the store."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.terminal.arguments import count
from core.terminal.data_option import add_data_option

FORMATS = ("markdown", "json", "html", "text")
"""The values of `core.transfer.writing.ExportFormat`, without what its import brings."""
_MOST_LISTED = 50
_MOST_FOUND = 20

HISTORY_EPILOG = """\
Each line has the conversation's id, the time at which something was last said (in the
trash: at which it was deleted) and the title; in a pipe, with tabs between them. The id
is what beseda chat --continue, beseda history and beseda export take.

With ID, the conversation is printed: in a pipe as Markdown, on a terminal as plain text.
--json prints one object a line; with ID, what beseda export --format json writes.
"""
SEARCH_EPILOG = """\
Finds titles and messages that have every word, or a longer one that begins with it;
"words in quotation marks" follow each other. Each hit has the conversation's id, its time,
who said it, the conversation's title, and what was found; in a pipe, with tabs between
them. --json prints one object a line.

Exit code: 0 found, 1 nothing found or the conversations cannot be read, 2 wrong usage.
"""
EXPORT_EPILOG = """\
PATH is a file, a folder (a file for each conversation) or a .zip; a file is replaced.
Without --output, or where PATH is -, one conversation goes to standard output, with
--format json any number of them. JSON alone loses nothing, and can be imported again.
"""
IMPORT_EPILOG = """\
Takes the JSON of this program, of ChatGPT, Chatbox, LibreChat and Open WebUI, and ZIPs of
such files. What is here already is not added again. A file comes in as a whole or, when it
is broken or Ctrl+C ends the command, not at all. What was left out is told, and why.

Exit code: 0 all files came in, 1 one did not, 2 wrong usage, 130 interrupted.
"""


def add_history_options(parser: argparse.ArgumentParser) -> None:
    """Add what `beseda history` takes."""
    parser.add_argument("id", nargs="?", metavar="ID", help="print this conversation")
    _add_limit(parser, _MOST_LISTED)
    sections = parser.add_mutually_exclusive_group()
    sections.add_argument("--archived", action="store_true", help="list what is in the archive")
    sections.add_argument("--trash", action="store_true", help="list what is in the trash")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_data_option(parser)


def add_search_options(parser: argparse.ArgumentParser) -> None:
    """Add what `beseda search` takes."""
    parser.add_argument("text", nargs="+", metavar="TEXT", help="words to look for")
    _add_limit(parser, _MOST_FOUND)
    parser.add_argument("--json", action="store_true", help="print JSON, one object a line")
    add_data_option(parser)


def add_export_options(parser: argparse.ArgumentParser) -> None:
    """Add what `beseda export` takes."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="from beseda history")
    parser.add_argument("--all", action="store_true", help="all that is not in the trash")
    parser.add_argument(
        "--format", choices=FORMATS, help="default: what PATH ends with, or markdown"
    )
    parser.add_argument("--output", type=_path, metavar="PATH", help="where to; see below")
    add_data_option(parser)


def add_import_options(parser: argparse.ArgumentParser) -> None:
    """Add what `beseda import` takes."""
    parser.add_argument("files", nargs="+", type=_path, metavar="FILE")
    add_data_option(parser)


def check_history(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Refuse a list of one conversation."""
    if options.id is not None and (options.archived or options.trash):
        parser.error("--archived and --trash choose a list; an ID needs none")


def check_export(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Refuse an export of nothing, or of two things at once."""
    if options.all and options.ids:
        parser.error("give either an ID or --all")
    if not (options.all or options.ids):
        parser.error("give an ID, or --all")


def _path(value: str) -> Path:
    if not value:
        raise argparse.ArgumentTypeError("a file or folder needs a name")
    return Path(value).expanduser()


def _add_limit(parser: argparse.ArgumentParser, default: int) -> None:
    parser.add_argument(
        "--limit",
        type=count,
        default=default,
        metavar="N",
        help=f"how many at most (default: {default})",
    )
