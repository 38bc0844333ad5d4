"""What lets a profile in: the key for its service, and the proxy with its password."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from core.errors import AuthenticationError, Fault, KeyStoreError
from core.models import Profile
from core.redaction import register
from core.secrets import APP_PROXY_PASSWORD, Secrets, key_name, proxy_password_name

_WITHOUT_KEYS = frozenset({"demo", "chatgptfree", "ai_power"})
"""Providers that know no keys: nobody is asked to unlock a keyring for them."""


@dataclass(frozen=True, slots=True)
class Access:
    """What goes into a request besides the profile; its `repr` tells nothing."""

    key: str = field(default="", repr=False)
    proxy: str | None = field(default=None, repr=False)
    """As `ChatRequest.proxy`: with the password, where there is one."""


async def access_for(profile: Profile, secrets: Secrets, *, app_proxy: str = "") -> Access:
    """Return what a resolved profile needs to be let in.

    The key is the one in BESEDA_KEY_<ID>, else the one that is kept, else the one in the profile's
    `key_variable`. `app_proxy` is the proxy's address in the program's settings: the password
    that is kept for the program goes to that address alone.

    Raises:
        AuthenticationError: it needs a key, and there is none (KEY_MISSING), or the key holds
            what no key holds (KEY_REFUSED).
        KeyStoreError: a key or password is needed, and what might hold it is locked or broken.
    """
    key = await _key(profile, secrets)
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise AuthenticationError(fault=Fault.KEY_REFUSED, host=_host(profile))
    return Access(key, await _proxy(profile, secrets, app_proxy))


def key_from_environment(profile: Profile) -> str:
    """Return the key from BESEDA_KEY_<ID> or else from the profile's variable; "" for none.

    <ID> is the profile's id in capitals, with `_` for `-`.
    """
    return _own_variable(profile) or _variable(profile.key_variable)


def own_variable_name(profile: Profile) -> str:
    """Return the name of the variable that is asked first; "" for a profile that is not saved."""
    return f"BESEDA_KEY_{profile.id.upper().replace('-', '_')}" if profile.id else ""


async def _key(profile: Profile, secrets: Secrets) -> str:
    if profile.provider in _WITHOUT_KEYS:
        return ""
    if key := _own_variable(profile):
        return key
    trouble = None
    if profile.id:
        try:
            # A service that may do without gets no question of the system in its user's way.
            key = await secrets.get(key_name(profile.id), may_ask=profile.needs_key)
        except KeyStoreError as exc:
            trouble = exc
    key = key or _variable(profile.key_variable)
    if key or not profile.needs_key:
        return key
    if trouble is not None and trouble.fault is not Fault.KEY_STORE_MISSING:
        raise trouble
    variable = profile.key_variable or own_variable_name(profile)
    raise AuthenticationError(fault=Fault.KEY_MISSING, host=_host(profile), variable=variable)


async def _proxy(profile: Profile, secrets: Secrets, app_proxy: str) -> str | None:
    address = profile.proxy
    scheme, _, rest = (address or "").partition("://")
    user, at, place = rest.rpartition("@")
    if not at:
        return address
    _, colon, password = user.partition(":")
    if colon:
        register(password)
        return address
    for name in _proxy_password_names(profile, app_proxy):
        try:
            password = await secrets.get(name)
        except KeyStoreError as exc:
            # Where there is no store at all, the proxy itself says that it wants a password.
            if exc.fault is not Fault.KEY_STORE_MISSING:
                raise
        if password:
            return f"{scheme}://{user}:{quote(password, safe='')}@{place}"
    return address


def _proxy_password_names(profile: Profile, app_proxy: str) -> list[str]:
    own = [proxy_password_name(profile.id)] if profile.id else []
    return [APP_PROXY_PASSWORD, *own] if profile.proxy == app_proxy else own


def _own_variable(profile: Profile) -> str:
    return _variable(own_variable_name(profile))


def _variable(name: str) -> str:
    key = os.environ.get(name, "").strip() if name else ""
    register(key)
    return key


def _host(profile: Profile) -> str:
    try:
        host = urlsplit(profile.address).hostname
    except ValueError:
        host = None
    return host or profile.name
