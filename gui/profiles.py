"""What the window can talk to, as profiles, and what it calls them."""

from __future__ import annotations

from urllib.parse import urlsplit

from core.models import DEFAULT_SILENCE, Limits, Profile
from gui.widgets.model_picker import CHATGPT_FREE, DEMO

AI_POWER = "ai_power"

_CHATGPT_FREE_HOST = "chatgptfree.ai"


def profile_of(
    choice: str,
    *,
    model: str = "",
    system_prompt: str = "",
    proxy: str | None = None,
    timeout: float | None = None,
) -> Profile:
    """Return the profile that `demo`, `chatgptfree` or a site's address stands for.

    The demo gets neither a proxy nor, before it is started, an address.
    """
    is_site = choice not in {DEMO, CHATGPT_FREE}
    return Profile(
        name=_host(choice) if is_site else choice,
        provider=AI_POWER if is_site else choice,
        address=choice if is_site else "",
        model=model,
        system_prompt=system_prompt,
        proxy=None if choice == DEMO else proxy,
        limits=Limits(silence=DEFAULT_SILENCE if timeout is None else timeout),
    )


def choice_of(profile: Profile) -> str:
    """Return what `profile_of` makes this profile from."""
    return profile.address if profile.provider == AI_POWER else profile.provider


def host_of(profile: Profile) -> str:
    """Return the host that a profile's service is known by; empty for the demo."""
    if profile.provider == DEMO:
        return ""
    return _host(profile.address) if profile.address else _CHATGPT_FREE_HOST


def _host(address: str) -> str:
    return urlsplit(address).netloc or address
