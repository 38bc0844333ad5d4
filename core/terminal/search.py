"""`beseda search`: in which conversations words were said."""

from __future__ import annotations

import argparse
import json
from functools import partial

from core.storage.search import SearchHit
from core.storage.search_terms import SearchQuery
from core.storage.store import Store
from core.terminal.answer import ANSWERED, WRONG_USAGE
from core.terminal.columns import TIME_WIDTH, local_time, padded
from core.terminal.history import UNTITLED
from core.terminal.kept import short_ids, with_store
from core.terminal.output import Output, note, one_line

NOT_FOUND = 1
"""The exit code when nothing was found."""
_TITLE = "title"
"""In the place of a role."""
_ROLE_WIDTH = len("assistant")


def search(options: argparse.Namespace) -> int:
    """Print what is found, the best first; return the exit code."""
    text = " ".join(options.text)
    if SearchQuery.of(text) is None:
        note("There is nothing to search for; give a word.")
        return WRONG_USAGE
    return with_store(options, partial(_search, options, text))


async def _search(options: argparse.Namespace, text: str, store: Store, output: Output) -> int:
    hits = await store.search(text, limit=options.limit)
    names = await short_ids(store, [hit.conversation_id for hit in hits])
    for hit, name in zip(hits, names, strict=True):
        if options.json:
            output.write(_json_line(hit))
        elif output.is_terminal:
            _write_for_a_person(hit, name, output)
        else:
            snippet = one_line(hit.snippet)
            output.write("\t".join([*_facts(hit, name), snippet]) + "\n")
    return ANSWERED if hits else NOT_FOUND


def _facts(hit: SearchHit, name: str) -> tuple[str, str, str, str]:
    role = _TITLE if hit.role is None else hit.role.value
    return name, local_time(hit.created_at), role, one_line(hit.title) or UNTITLED


def _write_for_a_person(hit: SearchHit, name: str, output: Output) -> None:
    name, time, role, title = _facts(hit, name)
    output.write(f"{name}  {padded(time, TIME_WIDTH)}  {padded(role, _ROLE_WIDTH)}  ")
    if hit.role is not None:
        output.write(f"{title}\n  ")
    done = 0
    for start, end in hit.marks:
        output.write(hit.snippet[done:start])
        output.write(hit.snippet[start:end], bold=True)
        done = end
    output.write(hit.snippet[done:] + "\n")


def _json_line(hit: SearchHit) -> str:
    value = {
        "id": str(hit.conversation_id),
        "message_id": None if hit.message_id is None else str(hit.message_id),
        "title": hit.title,
        "role": hit.role,
        "snippet": hit.snippet,
        "marks": hit.marks,
        "created_at": hit.created_at,
    }
    return json.dumps(value, ensure_ascii=False) + "\n"
