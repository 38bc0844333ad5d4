"""`beseda doctor`: where the way to a service ends, and what to do."""

from __future__ import annotations

import argparse
import json
from contextlib import aclosing

from core.diagnosis import Check, Outcome, check_sentence, diagnose, report_head, report_lines
from core.errors import ChatError
from core.redaction import redacted
from core.terminal.answer import ANSWERED, FAILED, tell
from core.terminal.loop import interruptible_loop
from core.terminal.output import Output, note
from core.terminal.service import DEMO_NOTE, Service


def doctor(options: argparse.Namespace) -> int:
    """Diagnose the profile that the options name; return the exit code.

    Raises:
        KeyboardInterrupt: Ctrl+C; what was found by then is printed.
    """
    with interruptible_loop() as runner:
        return runner.run(_doctor(options))


async def _doctor(options: argparse.Namespace) -> int:
    try:
        service = Service.unopened(options)
    except ChatError as exc:
        return tell(exc)
    try:
        return await _diagnosed(service, is_json=options.json)
    finally:
        await service.close()


async def _diagnosed(service: Service, *, is_json: bool) -> int:
    if not (service.is_chosen or is_json):
        note(DEMO_NOTE, dim=True)
    profile, access, error = await service.admission()
    output = Output()
    if not is_json:
        output.write(report_head() + "\n")
    code = ANSWERED
    async with aclosing(diagnose(profile, access, key_error=error)) as checks:
        async for check in checks:
            output.write(_json_line(check) if is_json else _lines(check))
            output.flush()
            if check.outcome is Outcome.FAILED:
                code = FAILED
            if output.failure is not None:
                return output.failure_code()
    return code


def _lines(check: Check) -> str:
    return "".join(f"{line}\n" for line in report_lines(check))


def _json_line(check: Check) -> str:
    certificate = check.certificate
    value = {
        "step": check.step,
        "outcome": check.outcome,
        "seconds": round(check.seconds, 3),
        "finding": check.finding if check.error is None else check.error.fault,
        "sentence": check_sentence(check),
        "fingerprint": None if certificate is None else certificate.fingerprint,
    }
    return redacted(json.dumps(value, ensure_ascii=False)) + "\n"
