"""Finds out where the way to a service ends: step by step, each with a time and one sentence.

Light to import: what asks the network comes with the first diagnosis.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

from core.diagnosis.admission import admission
from core.diagnosis.checks import Check, Finding, Outcome, Step
from core.diagnosis.sentences import (
    FINDINGS,
    OUTCOMES,
    STEPS,
    check_sentence,
    report,
    report_head,
    report_lines,
)

if TYPE_CHECKING:
    from core.access import Access
    from core.errors import ChatError
    from core.models import Profile

__all__ = [
    "FINDINGS",
    "OUTCOMES",
    "STEPS",
    "Check",
    "Finding",
    "Outcome",
    "Step",
    "admission",
    "check_sentence",
    "diagnose",
    "report",
    "report_head",
    "report_lines",
]


async def diagnose(
    profile: Profile, access: Access, *, key_error: ChatError | None = None
) -> AsyncGenerator[Check, None]:
    """Yield one check for each `Step`, in order, as far as the way goes; the rest is skipped.

    `profile` is resolved; `access` and `key_error` are what `admission` gives. Every wait has a
    short limit of its own. The last step asks the service for one word, as a question does: it
    counts where questions are counted. Closing the generator hangs up.
    """
    from core.diagnosis.course import course  # noqa: PLC0415 - brings aiohttp

    steps = iter(Step)
    async with aclosing(course(profile, access, key_error=key_error)) as checks:
        async for check in checks:
            for step in steps:
                if step is check.step:
                    break
                yield Check(step, Outcome.SKIPPED, finding=Finding.NOT_TRIED)
            yield check
    for step in steps:
        yield Check(step, Outcome.SKIPPED, finding=Finding.NOT_TRIED)
