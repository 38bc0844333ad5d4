"""Who can be asked from the window: what was saved, what was chosen by address, and the demo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.models import Profile
from core.profiles import CHATGPT_FREE, DEMO, chosen_profile, host_of
from core.settings import PROFILE, Settings

_CHATGPT_FREE_HOST = "chatgptfree.ai"


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the command line says for this start; it wins over what a profile says."""

    system_prompt: str = ""
    proxy: str | None = None
    timeout: float | None = None
    """Seconds of silence."""
    key_variable: str = ""
    choice: str = ""
    """Whom it chooses; `key_variable` holds the key of this one."""


class Profiles:
    """The profiles, as they are saved: `core.profiles.resolved` fills in what they leave open."""

    def __init__(self, settings: Settings, overrides: Overrides | None = None) -> None:
        self.settings = settings
        self._overrides = overrides or Overrides()
        self._others: list[str] = []

    def find(self, choice: str, *, model: str = "") -> Profile | None:
        """Return what a choice stands for, with another model if one is named; else None."""
        profile = chosen_profile(choice, self.settings.profiles)
        if profile is None:
            return None
        if choice not in self._known():
            self._others.append(choice)
        return replace(profile, model=model or profile.model)

    def first(self, choice: str, *, model: str = "") -> Profile:
        """Return the profile of a choice; what the settings name, or the demo, for one unknown."""
        for one in (choice, self.settings.value(PROFILE)):
            profile = self.find(one, model=model if one == choice else "")
            if profile is not None:
                return profile
        return profile_of(DEMO)

    def choices(self) -> list[tuple[str, str]]:
        """Return what can be chosen, and how each is called, in the user's order."""
        saved = [(profile.id, profile.name) for profile in self.settings.profiles]
        others = [one for one in self._others if self.settings.profile(one) is None]
        unsaved = [one for one in (*others, CHATGPT_FREE, DEMO) if one not in dict(saved)]
        return saved + [(one, profile_of(one).name) for one in unsaved]

    def _known(self) -> set[str]:
        return {DEMO, CHATGPT_FREE, *self._others, *(p.id for p in self.settings.profiles)}

    def overridden(self, profile: Profile) -> Profile:
        """Return the profile with what the command line says.

        A variable with a key is meant for the service that was chosen there, and for no other.
        """
        wanted = self._overrides
        is_chosen = profile.key == wanted.choice
        if profile.provider == DEMO:
            return replace(profile, system_prompt=wanted.system_prompt or profile.system_prompt)
        limits, silence = profile.limits, profile.silence_seconds
        if wanted.timeout is not None:
            limits, silence = replace(limits, silence=wanted.timeout), wanted.timeout
        return replace(
            profile,
            system_prompt=wanted.system_prompt or profile.system_prompt,
            proxy=wanted.proxy or profile.proxy,
            limits=limits,
            silence_seconds=silence,
            key_variable=(is_chosen and wanted.key_variable) or profile.key_variable,
        )


def profile_of(choice: str, *, model: str = "", saved: Iterable[Profile] = ()) -> Profile:
    """Return the profile that a choice stands for.

    Raises:
        KeyError: it is no choice.
    """
    profile = chosen_profile(choice, saved)
    if profile is None:
        raise KeyError(choice)
    return replace(profile, model=model or profile.model)


def service_host(profile: Profile) -> str:
    """Return the host that a profile's service is known by; empty for the demo."""
    if profile.provider == DEMO:
        return ""
    return host_of(profile.address) if profile.address else _CHATGPT_FREE_HOST
