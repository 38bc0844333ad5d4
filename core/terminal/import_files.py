"""`beseda import`: conversations out of files of this program and of others."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from core.errors import ChatError
from core.storage.store import Store
from core.terminal.answer import ANSWERED, tell
from core.terminal.kept import with_store
from core.terminal.output import Output
from core.terminal.progress import ProgressLine
from core.transfer.library import import_file
from core.transfer.report_sentences import import_sentence, skip_sentences


def import_files(options: argparse.Namespace) -> int:
    """Add what is in the files, each as a whole or not at all; return the exit code.

    Raises:
        KeyboardInterrupt: Ctrl+C; the file that is being read has changed nothing.
    """
    return with_store(options, partial(_import, options.files))


async def _import(files: list[Path], store: Store, output: Output) -> int:
    code = ANSWERED
    for path in files:
        try:
            with ProgressLine(path.name) as line:
                report = await import_file(store, path, progress=line.show)
        except ChatError as exc:
            code = tell(exc)
            continue
        for sentence in (import_sentence(report, path.name), *skip_sentences(report.skipped)):
            output.write(f"{sentence}\n")
        output.flush()
    return code
