"""`beseda models`: what a service offers."""

from __future__ import annotations

import argparse
import json

from core.errors import ChatError
from core.models import ChatRequest, ModelInfo
from core.terminal.answer import ANSWERED, FAILED, tell
from core.terminal.loop import interruptible_loop
from core.terminal.output import Output, note, one_line
from core.terminal.service import DEMO_NOTE, Service


def models(options: argparse.Namespace) -> int:
    """List the models of a service; return the exit code.

    Raises:
        KeyboardInterrupt: Ctrl+C.
    """
    with interruptible_loop() as runner:
        return runner.run(_list(options))


async def _list(options: argparse.Namespace) -> int:
    try:
        service = await Service.open(options)
    except ChatError as exc:
        return tell(exc)
    try:
        found = await _models(service)
    except ChatError as exc:
        return tell(exc)
    finally:
        await service.close()
    if not (service.is_chosen or options.json):
        note(DEMO_NOTE, dim=True)
    output = Output()
    for info in found:
        output.write(_json_line(info) if options.json else _line(info))
    output.flush()
    if output.failure is not None:
        return output.failure_code()
    if not found:
        note(f"{service.profile.name} does not say which models it has.")
        return FAILED
    return ANSWERED


async def _models(service: Service) -> tuple[ModelInfo, ...]:
    from core.providers.registry import provider_for  # noqa: PLC0415 - after aiohttp

    account = await service.account()
    profile, access = account.profile, account.access
    request = ChatRequest(
        model="",
        messages=(),
        proxy=profile.proxy if access is None else access.proxy,
        limits=profile.limits,
        client_id=account.client_id,
        address=profile.address,
        key="" if access is None else access.key,
        trust=profile.trust,
    )
    return await provider_for(profile).fetch_models(request)


def _line(info: ModelInfo) -> str:
    window = "" if info.context_window is None else str(info.context_window)
    images = "images" if info.takes_images else ""
    return "\t".join((one_line(info.name), window, images)).rstrip() + "\n"


def _json_line(info: ModelInfo) -> str:
    value = {
        "name": info.name,
        "context_window": info.context_window,
        "takes_images": info.takes_images,
    }
    return json.dumps(value, ensure_ascii=False) + "\n"
