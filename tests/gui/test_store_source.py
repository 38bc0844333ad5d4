"""The store is opened once, for whoever asks, and again when that failed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from helpers.stores import names_in, said

from core.errors import Fault, StorageError
from core.storage.store import FILE_NAME
from gui.store_source import STORE_FILE, StoreSource


async def test_it_is_opened_once_for_all_who_ask(tmp_path: Path) -> None:
    source = StoreSource(tmp_path)
    stores = await asyncio.gather(*(source.open() for _ in range(5)))
    assert len(set(stores)) == 1
    assert STORE_FILE == FILE_NAME
    assert FILE_NAME in names_in(tmp_path)
    await source.close()
    with pytest.raises(StorageError):
        await stores[0].folders()


async def test_who_gives_up_waiting_does_not_disturb_the_others(tmp_path: Path) -> None:
    source = StoreSource(tmp_path)
    impatient = asyncio.ensure_future(source.open())
    patient = asyncio.ensure_future(source.open())
    await asyncio.sleep(0)
    impatient.cancel()
    store = await patient
    assert impatient.cancelled()
    assert await store.folders() == []
    await source.close()


async def test_what_could_not_be_opened_is_tried_again_and_left_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_text("These are no conversations. " * 100, encoding="utf-8")
    source = StoreSource(tmp_path)
    for _ in range(2):
        with pytest.raises(StorageError) as caught:
            await source.open()
        assert caught.value.fault is Fault.STORE_DAMAGED
    assert file.read_text(encoding="utf-8").startswith("These are no conversations.")
    file.unlink()
    assert await (await source.open()).folders() == []
    await source.close()


async def test_closing_waits_until_it_is_open(tmp_path: Path) -> None:
    source = StoreSource(tmp_path)
    opening = asyncio.ensure_future(source.open())
    await asyncio.sleep(0)
    await source.close()
    with pytest.raises(StorageError):
        await (await opening).folders()


async def test_what_was_closed_can_be_opened_again(tmp_path: Path) -> None:
    source = StoreSource(tmp_path)
    first = await source.open()
    await source.close()
    second = await source.open()
    assert second is not first
    assert await second.folders() == []
    await source.close()


async def test_closing_what_was_never_opened_or_failed_does_nothing(tmp_path: Path) -> None:
    await StoreSource(tmp_path).close()
    assert not names_in(tmp_path)
    (tmp_path / FILE_NAME).mkdir()
    source = StoreSource(tmp_path)
    with pytest.raises(StorageError):
        await source.open()
    await source.close()


async def test_without_a_folder_nothing_is_written(tmp_path: Path) -> None:
    source = StoreSource(None)
    store = await source.open()
    conversation = await said(store, "one", "two")
    assert conversation.messages
    assert not names_in(tmp_path)
    await source.close()
