"""Whole diagnoses, checked to be whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.access import Access
from core.diagnosis import (
    Check,
    Finding,
    Outcome,
    Step,
    check_sentence,
    diagnose,
)
from core.models import Profile, Trust

if TYPE_CHECKING:
    from helpers.loopback_tls import PrivateAuthority

_NO_TRUST = Trust()


async def checks_of(
    profile: Profile,
    access: Access = Access(proxy="none"),  # noqa: B008 - frozen
) -> dict[Step, Check]:
    """Return all checks, verified to be one for each step, in order, with a whole sentence."""
    checks = [check async for check in diagnose(profile, access)]
    assert [check.step for check in checks] == list(Step)
    for check in checks:
        text = check_sentence(check)
        assert text
        assert not {"{", "}", "?"} & set(text)
        assert (check.error is None) != (check.finding is None)
    return {check.step: check for check in checks}


def failed(checks: dict[Step, Check]) -> Check:
    """Return the one step that failed; those after it were not tried."""
    (check,) = [check for check in checks.values() if check.outcome is Outcome.FAILED]
    later = list(Step)[list(Step).index(check.step) + 1 :]
    assert {checks[step].finding for step in later} <= {Finding.NOT_TRIED}
    return check


def openai(
    address: str, *, model: str = "", needs_key: bool = False, trust: Trust = _NO_TRUST
) -> Profile:
    """Return the profile of a server that speaks OpenAI's protocol."""
    return Profile("Mine", "openai", address, model, needs_key=needs_key, trust=trust)


def authority_file(authority: PrivateAuthority, folder: Path) -> Trust:
    """Return the trust in an authority whose certificate is in a file of `folder`."""
    path = folder / "ca.pem"
    path.write_bytes(authority.pem)
    return Trust(ca_file=str(path))
