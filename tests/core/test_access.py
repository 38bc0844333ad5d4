"""What lets a profile in: which key counts, and which proxy gets which password."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.keyrings import LockedKeyring, WorkingKeyring, in_use
from keyring.backends import fail

from core.access import access_for, key_from_environment
from core.errors import AuthenticationError, Fault, KeyStoreError
from core.models import Profile
from core.redaction import redacted
from core.secrets import APP_PROXY_PASSWORD, KeyPlace, Secrets, key_name, proxy_password_name

PROFILE = Profile(
    "Mine",
    "openai",
    "https://api.example/v1",
    id="my-own",
    key_variable="EXAMPLE_API_KEY",
    needs_key=True,
)
KEPT, OWN, SHARED = "sk-kept-3e01", "sk-own-3e01", "sk-shared-3e01"
PASSWORD = "p@ss wörd/3e01"
QUOTED = "p%40ss%20w%C3%B6rd%2F3e01"


@pytest.fixture
def secrets(tmp_path: Path) -> Secrets:
    return Secrets(KeyPlace.SESSION, file=tmp_path / "keys.json")


@pytest.fixture
def in_keyring(tmp_path: Path) -> Secrets:
    return Secrets(KeyPlace.KEYRING, file=tmp_path / "keys.json")


async def test_the_nearest_key_counts(secrets: Secrets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMPLE_API_KEY", f"{SHARED}\n")
    assert (await access_for(PROFILE, secrets)).key == SHARED
    await secrets.put(key_name("my-own"), KEPT)
    assert (await access_for(PROFILE, secrets)).key == KEPT
    monkeypatch.setenv("BESEDA_KEY_MY_OWN", OWN)
    assert (await access_for(PROFILE, secrets)).key == OWN
    assert key_from_environment(PROFILE) == OWN
    monkeypatch.delenv("BESEDA_KEY_MY_OWN")
    assert key_from_environment(PROFILE) == SHARED
    assert redacted(f"{KEPT} {OWN} {SHARED}") == "*** *** ***"


async def test_a_missing_key_is_told_before_anything_is_sent(secrets: Secrets) -> None:
    with pytest.raises(AuthenticationError) as caught:
        await access_for(PROFILE, secrets)
    assert caught.value.fault is Fault.KEY_MISSING
    assert caught.value.data == {"host": "api.example", "variable": "EXAMPLE_API_KEY"}


async def test_without_a_keyring_the_environment_still_counts(
    in_keyring: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_use(fail.Keyring()):
        with pytest.raises(AuthenticationError) as caught:
            await access_for(PROFILE, in_keyring)
        assert caught.value.fault is Fault.KEY_MISSING
        monkeypatch.setenv("EXAMPLE_API_KEY", SHARED)
        assert (await access_for(PROFILE, in_keyring)).key == SHARED


async def test_a_locked_keyring_is_told_of_where_a_key_is_needed(
    in_keyring: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = Profile("Local", "openai", "http://127.0.0.1:1/v1", id="local")
    with in_use(LockedKeyring()):
        with pytest.raises(KeyStoreError) as caught:
            await access_for(PROFILE, in_keyring)
        assert caught.value.fault is Fault.KEY_STORE_LOCKED
        assert (await access_for(local, in_keyring)).key == ""
        monkeypatch.setenv("EXAMPLE_API_KEY", SHARED)
        assert (await access_for(PROFILE, in_keyring)).key == SHARED


async def test_a_service_that_may_do_without_a_key_gets_the_one_that_is_kept(
    secrets: Secrets,
) -> None:
    local = Profile("Local", "openai", "http://127.0.0.1:1/v1", id="local")
    assert (await access_for(local, secrets)).key == ""
    await secrets.put(key_name("local"), KEPT)
    assert (await access_for(local, secrets)).key == KEPT


@pytest.mark.parametrize("provider", ["demo", "chatgptfree", "ai_power"])
async def test_nobody_looks_for_a_key_that_no_service_asks_for(
    in_keyring: Secrets, provider: str
) -> None:
    backend = WorkingKeyring()
    backend.values["beseda", key_name("my-own")] = KEPT
    with in_use(backend):
        profile = Profile("Site", provider, "https://chat.example", id="my-own")
        assert (await access_for(profile, in_keyring)).key == ""


@pytest.mark.parametrize("key", ["sk-сyrillic", "sk-a\nX-Other: 1", "sk-a b", "sk-\x7f"])
async def test_what_can_be_no_key_is_refused_before_it_is_sent(secrets: Secrets, key: str) -> None:
    await secrets.put(key_name("my-own"), key)
    with pytest.raises(AuthenticationError) as caught:
        await access_for(PROFILE, secrets)
    assert caught.value.fault is Fault.KEY_REFUSED


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (None, None),
        ("system", "system"),
        ("none", "none"),
        ("http://proxy.example:3128", "http://proxy.example:3128"),
        ("http://me@proxy.example:3128", f"http://me:{QUOTED}@proxy.example:3128"),
        ("socks5h://a%40b@[::1]:1080", f"socks5h://a%40b:{QUOTED}@[::1]:1080"),
        ("http://me:own@proxy.example", "http://me:own@proxy.example"),
    ],
)
async def test_a_proxy_with_a_user_gets_the_password(
    secrets: Secrets, address: str | None, expected: str | None
) -> None:
    await secrets.put(proxy_password_name("p"), PASSWORD)
    profile = Profile("P", "openai", "https://api.example", id="p", proxy=address)
    access = await access_for(profile, secrets)
    assert access.proxy == expected
    assert PASSWORD not in repr(access)
    assert "3e01" not in repr(access)


async def test_the_programs_password_goes_to_the_programs_proxy_alone(secrets: Secrets) -> None:
    await secrets.put(APP_PROXY_PASSWORD, PASSWORD)
    app = "http://me@proxy.example:3128"
    for proxy, expected in (
        (app, f"http://me:{QUOTED}@proxy.example:3128"),
        ("http://me@other.example:3128", "http://me@other.example:3128"),
    ):
        for profile_id in ("", "p"):
            profile = Profile("P", "demo", id=profile_id, proxy=proxy)
            assert (await access_for(profile, secrets, app_proxy=app)).proxy == expected


async def test_a_password_that_is_locked_away_is_told_of(in_keyring: Secrets) -> None:
    profile = Profile("P", "chatgptfree", id="p", proxy="http://me@proxy.example")
    with in_use(LockedKeyring()), pytest.raises(KeyStoreError):
        await access_for(profile, in_keyring)
    with in_use(fail.Keyring()):
        assert (await access_for(profile, in_keyring)).proxy == profile.proxy
