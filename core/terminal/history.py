"""`beseda history`: which conversations there are, and what was said in one of them."""

from __future__ import annotations

import argparse
import json
import shutil
from functools import partial
from itertools import islice

from core.models import ConversationSummary
from core.storage.changes import Section
from core.storage.store import Store
from core.terminal.answer import ANSWERED
from core.terminal.columns import TIME_WIDTH, fitted, local_time, padded
from core.terminal.kept import UnknownIdError, find_ids, short_ids, with_store
from core.terminal.output import Output, note, one_line

UNTITLED = "Untitled"
_AT_ONCE = 500
"""Of which the store tells in one answer."""


def history(options: argparse.Namespace) -> int:
    """List the conversations, the newest first, or print one; return the exit code."""
    work = partial(_list, options) if options.id is None else partial(_print, options)
    return with_store(options, work)


async def _list(options: argparse.Namespace, store: Store, output: Output) -> int:
    chosen = Section.ARCHIVED if options.archived else Section.ACTIVE
    section = Section.TRASH if options.trash else chosen
    index = await store.index(section=section)
    newest = sorted(zip(index.times, index.ids, strict=True), reverse=True)
    ids = [id_ for _, id_ in islice(newest, options.limit)]
    names = dict(zip(ids, await short_ids(store, ids), strict=True))
    for start in range(0, len(ids), _AT_ONCE):
        for summary in await store.summaries(ids[start : start + _AT_ONCE]):
            output.write(
                _json_line(summary)
                if options.json
                else _line(summary, names[summary.id], is_terminal=output.is_terminal)
            )
    if not ids and output.is_terminal:
        note("There are no conversations here yet.", dim=True)
    return ANSWERED


def _line(summary: ConversationSummary, name: str, *, is_terminal: bool) -> str:
    time = local_time(summary.deleted_at or summary.updated_at)
    title = one_line(summary.title) or UNTITLED
    if not is_terminal:
        return f"{name}\t{time}\t{title}\n"
    start = f"{name}  {padded(time, TIME_WIDTH)}  "
    columns = shutil.get_terminal_size().columns
    return start + fitted(title, max(columns - len(start), TIME_WIDTH)) + "\n"


def _json_line(summary: ConversationSummary) -> str:
    value = {
        "id": str(summary.id),
        "title": summary.title,
        "updated_at": summary.updated_at,
        "is_pinned": summary.is_pinned,
        "is_archived": summary.is_archived,
        "deleted_at": summary.deleted_at,
    }
    return json.dumps(value, ensure_ascii=False) + "\n"


async def _print(options: argparse.Namespace, store: Store, output: Output) -> int:
    # The formats are needed for this alone.
    from core.transfer.words import Words  # noqa: PLC0415 - see above
    from core.transfer.writing import ExportFormat, rendered  # noqa: PLC0415 - see above

    [id_] = await find_ids(store, [options.id])
    tree = await store.load_tree(id_, with_trash=options.json)
    if tree is None:
        raise UnknownIdError("The conversation has just been removed.")
    readable = ExportFormat.TEXT if output.is_terminal else ExportFormat.MARKDOWN
    form = ExportFormat.JSON if options.json else readable
    output.write(rendered(tree, form=form, words=Words(untitled=UNTITLED)).decode())
    return ANSWERED
