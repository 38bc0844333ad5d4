"""The steps of a diagnosis, one after the other, until one fails."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from core.access import Access
from core.diagnosis.checks import Check, Finding, Outcome, Step
from core.diagnosis.network import connection_check, name_check, web_checks
from core.diagnosis.service import missing_key_check, service_checks
from core.diagnosis.target import Stopwatch, Target, target_of
from core.errors import ChatError
from core.models import Profile
from core.net.proxies import SYSTEM


async def course(
    profile: Profile, access: Access, *, key_error: ChatError | None
) -> AsyncGenerator[Check, None]:
    """Yield the checks of `core.diagnosis.diagnose` that are made."""
    watch = Stopwatch()
    try:
        target = await target_of(profile, access)
    except ChatError as exc:
        yield Check(Step.ADDRESS, Outcome.FAILED, watch.lap(), error=exc)
        return
    yield Check(Step.ADDRESS, Outcome.OK, watch.lap(), finding=_way(target), data=target.names)
    async with aclosing(_on_the_way(target)) as checks:
        async for check in checks:
            yield check
            if check.outcome is Outcome.FAILED:
                # That needs no way, and both can be mended at once.
                if missing := missing_key_check(target, key_error):
                    yield missing
                return
    async with aclosing(service_checks(target, key_error=key_error)) as checks:
        async for check in checks:
            yield check


def _way(target: Target) -> Finding:
    if target.proxy is None:
        return Finding.ASKED_DIRECTLY
    is_own = target.access.proxy not in {None, "", SYSTEM}
    return Finding.ASKED_BY_PROXY if is_own else Finding.ASKED_BY_SYSTEM_PROXY


async def _on_the_way(target: Target) -> AsyncGenerator[Check, None]:
    yield await name_check(target)
    yield await connection_check(target)
    async with aclosing(web_checks(target)) as checks:
        async for check in checks:
            yield check
