"""What lets a profile in, as far as there is anything, for a diagnosis that goes on without."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.access import Access, access_for
from core.errors import ChatError
from core.models import Profile

if TYPE_CHECKING:
    from core.secrets import Secrets


async def admission(
    profile: Profile, secrets: Secrets, *, app_proxy: str = ""
) -> tuple[Access, ChatError | None]:
    """Return what `core.access.access_for` gives, or what is left and why it is not all.

    The proxy's password is left where the key is merely missing.
    """
    try:
        return await access_for(profile, secrets, app_proxy=app_proxy), None
    except ChatError as exc:
        error = exc
    without_key = replace(profile, needs_key=False)
    try:
        return await access_for(without_key, secrets, app_proxy=app_proxy), error
    except ChatError:
        return Access(proxy=profile.proxy), error
