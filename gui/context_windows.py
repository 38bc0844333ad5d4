"""What is known of the services' context windows in this run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from core.context import window_of
from core.models import ModelInfo, Profile


class ContextWindows:
    """Remembers what services told of their models, and what they refused."""

    def __init__(self) -> None:
        self._infos: dict[str, tuple[ModelInfo, ...]] = {}
        self._refused: dict[tuple[str, str], int] = {}

    def tell(self, profile: Profile, infos: Iterable[ModelInfo]) -> None:
        """Note what a profile's service says of its models."""
        self._infos[profile.key] = tuple(infos)

    def forget(self) -> None:
        """Know nothing any more: other services may answer under the same names."""
        self._infos.clear()
        self._refused.clear()

    def limit(self, profile: Profile, window: int) -> None:
        """Note that a profile's model refused what is longer than this."""
        self._refused[profile.key, profile.model] = window

    def filled_in(self, profile: Profile) -> Profile:
        """Return the profile with the window to go by, if anybody knows it.

        What the model itself refused counts most, for it knows best.
        """
        window = window_of(profile, self._infos.get(profile.key, ()))
        refused = self._refused.get((profile.key, profile.model))
        if refused is not None:
            window = refused if window is None else min(window, refused)
        return profile if window is None else replace(profile, context_window=window)
