"""What the window's parts need of the rest of the program: settings, profiles, keys, answers."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.errors import KeyStoreError, ProviderError
from core.models import Profile
from core.profiles import presets
from core.secrets import KEY_FILE, KeyPlace, Secrets, key_name
from core.settings import IMAGES, KEEP_CONVERSATIONS, KEY_PLACE, PROXY, Settings
from core.state import StateFile
from gui.context_windows import ContextWindows
from gui.live_conversation import Sources
from gui.preferences import Preferences
from gui.profiles import Overrides, Profiles
from gui.reply_source import ReplySource
from gui.store_source import StoreSource

if TYPE_CHECKING:
    from core.diagnosis import Check
    from core.discovery import Found
    from core.settings_file import LoadedSettings, SettingsFile
    from core.storage.store import Store
    from gui.options import WindowOptions
    from gui.tasks import TaskScope


class Services(QObject):
    """Made once, and closed when the program ends; what is set takes effect here first."""

    def __init__(
        self,
        state_file: StateFile,
        settings_file: SettingsFile,
        loaded: LoadedSettings,
        *,
        options: WindowOptions,
        keeping: TaskScope,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        folder = state_file.path.parent
        self.preferences = Preferences(settings_file, loaded, scope=keeping, parent=self)
        self.profiles = Profiles(
            loaded.settings,
            Overrides(
                options.system,
                options.proxy,
                options.timeout,
                options.key_variable,
                choice=options.provider or "",
            ),
        )
        self.secrets = Secrets(_key_place(loaded.settings), file=folder / KEY_FILE)
        self.windows = ContextWindows()
        self.replies = ReplySource(
            state_file,
            secrets=self.secrets,
            settings=self.current_settings,
            windows=self.windows,
            overridden=self.profiles.overridden,
        )
        self.store = StoreSource(folder)

        self.preferences.changed.connect(self._on_preferences_changed)

    @property
    def settings(self) -> Settings:
        """What holds now."""
        return self.preferences.settings

    def sources(self) -> Sources:
        """Return where conversations get their answers from, and where they are kept."""
        return Sources(self.replies.open, self._open_store)

    async def image_proxy(self, profile: Profile) -> str | None:
        """Return the proxy through which the pictures of an answer are loaded.

        Raises:
            ChatError: they are not to be loaded, or the proxy's password cannot be had.
        """
        if self.settings.value(IMAGES) == "never":
            raise ProviderError
        account = await self.replies.account(replace(profile, needs_key=False))
        return account.profile.proxy if account.access is None else account.access.proxy

    async def find_servers(self) -> tuple[Found, ...]:
        """Return the servers on this computer that can be asked."""
        from core.discovery import find_local  # noqa: PLC0415 - when it is needed

        return await find_local(presets())

    async def check(self, profile: Profile, key: str) -> None:
        """Ask a service for one word.

        Raises:
            ChatError: why none came.
        """
        from core.service_check import check_service  # noqa: PLC0415 - when it is needed

        account = await self.replies.account(replace(profile, needs_key=False))
        proxy = account.profile.proxy if account.access is None else account.access.proxy
        await check_service(account.profile, key=key, proxy=proxy, client_id=account.client_id)

    async def keep_key(self, profile: Profile, key: str, place: KeyPlace | None) -> None:
        """Keep the key of a profile; at another place from now on, if one is given.

        Raises:
            KeyStoreError: it cannot be kept there; keys are kept where they were.
        """
        before = self.secrets.place
        self.secrets.place = place or before
        try:
            await self.secrets.put(key_name(profile.id), key)
        except KeyStoreError:
            self.secrets.place = before
            raise
        if place is not None:
            self.preferences.change(self.settings.with_value(KEY_PLACE, place.value))

    def key_place(self) -> KeyPlace:
        """Return where keys are kept."""
        return self.secrets.place

    async def diagnose(self, profile: Profile) -> AsyncGenerator[Check, None]:
        """Yield what is found on the way to a service, step by step."""
        from core.diagnosis import admission, diagnose  # noqa: PLC0415 - when it is needed

        filled_in = await self.replies.filled_in(profile)
        access, key_error = await admission(
            filled_in, self.secrets, app_proxy=self.settings.value(PROXY) or ""
        )
        async with aclosing(diagnose(filled_in, access, key_error=key_error)) as checks:
            async for check in checks:
                yield check

    async def close(self) -> None:
        """Close what was opened."""
        await self.replies.close()
        await self.store.close()

    def current_settings(self) -> Settings:
        """Return what holds at the moment of the call."""
        return self.preferences.settings

    async def _open_store(self) -> Store | None:
        """Return the store, or None where the user wants nothing of what is said to be kept."""
        return await self.store.open() if self.settings.value(KEEP_CONVERSATIONS) else None

    @Slot(object)
    def _on_preferences_changed(self, settings: Settings) -> None:
        # Where keys are kept is changed by those who take the keys along.
        self.profiles.settings = settings


def _key_place(settings: Settings) -> KeyPlace:
    return KeyPlace(settings.value(KEY_PLACE))
