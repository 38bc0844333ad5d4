"""`beseda export`: conversations into files, or to standard output."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from core.storage.store import Store
from core.terminal.answer import ANSWERED, FAILED, WRONG_USAGE
from core.terminal.kept import find_ids, with_store
from core.terminal.output import Output, note
from core.terminal.progress import ProgressLine
from core.transfer import json_format
from core.transfer.library import export_all
from core.transfer.report_sentences import export_sentence
from core.transfer.words import Words
from core.transfer.writing import SUFFIXES, ExportFormat, rendered

STANDARD_OUTPUT = Path("-")


def export(options: argparse.Namespace) -> int:
    """Write conversations to a file, a folder, a ZIP or standard output; return the exit code."""
    return with_store(options, partial(_export, options))


async def _export(options: argparse.Namespace, store: Store, output: Output) -> int:
    ids = list(await store.tree_ids()) if options.all else await find_ids(store, options.ids)
    if not ids:
        note("There are no conversations to export.")
        return FAILED
    form = _form(options)
    if options.output in {None, STANDARD_OUTPUT}:
        return await _print(ids, form, store=store, output=output)
    with ProgressLine("Exporting") as line:
        report = await export_all(store, options.output, format=form, ids=ids, progress=line.show)
    note(export_sentence(report, str(options.output)))
    return ANSWERED


async def _print(ids: list[int], form: ExportFormat, *, store: Store, output: Output) -> int:
    if form is not ExportFormat.JSON and len(ids) > 1:
        note("Several conversations need --output, or --format json.")
        return WRONG_USAGE
    before = json_format.HEAD
    for id_ in ids:
        tree = await store.load_tree(id_, with_trash=form is ExportFormat.JSON)
        if output.failure is not None:
            break
        if tree is None:
            continue  # removed since, by another process
        if form is ExportFormat.JSON:
            output.write((before + json_format.encoded(tree)).decode())
            before = json_format.SEPARATOR
        else:
            output.write(rendered(tree, form=form, words=Words()).decode())
    if form is ExportFormat.JSON:
        start = before if before is json_format.HEAD else b""
        output.write((start + json_format.TAIL).decode())
    return ANSWERED


def _form(options: argparse.Namespace) -> ExportFormat:
    """Return the format that was chosen, or the one that the file's name stands for."""
    if options.format is not None:
        return ExportFormat(options.format)
    suffix = "" if options.output is None else options.output.suffix.lower()
    forms = (form for form, known in SUFFIXES.items() if known == suffix)
    return next(forms, ExportFormat.MARKDOWN)
