"""The site's HTTP server: aiohttp on one side, values on the other. Imports aiohttp."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from urllib.parse import parse_qsl

from aiohttp import web

from core.demo import page, v1, v2
from core.demo.outlet import Outlet
from core.demo.recording import RecordedRequest
from core.demo.state import SiteState
from core.demo.wire import Response, no_such_action
from core.errors import SettingsError

HOST = "127.0.0.1"
AJAX_PATH = "/wp-admin/admin-ajax.php"
POST_MAX_SIZE = 8 * 1024 * 1024
"""PHP's usual limit, in bytes: over it, a request arrives without its fields."""
SHUTDOWN_TIMEOUT = 0.5


class Listener:
    """Takes requests, lets the right protocol answer, and sends what it says."""

    def __init__(self, state: SiteState) -> None:
        self._state = state
        self._running: set[asyncio.Task[object]] = set()
        app = web.Application(client_max_size=POST_MAX_SIZE)
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(
            app,
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=SHUTDOWN_TIMEOUT,
        )

    async def start(self, port: int) -> int:
        """Listen at `port`, or at a free one for 0, and return which it is.

        Raises:
            SettingsError: the port is taken or not allowed.
        """
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, port)
        try:
            await site.start()
        except (OSError, OverflowError) as exc:
            await self._runner.cleanup()
            raise SettingsError(str(exc), option="port") from exc
        bound: int = self._runner.addresses[0][1]
        return bound

    async def close(self) -> None:
        """Break off what runs and stop listening."""
        for task in self._running:
            task.cancel()
        await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        task = asyncio.current_task()
        if task is not None:
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        record = await _recorded(request)
        self._state.requests.add(record)
        outlet = Outlet(request, self._answer(record), self._state.scenario.chunking)
        try:
            return await outlet.send()
        except ConnectionError:
            record.hung_up.set()
            return outlet.stream
        finally:
            # aiohttp takes the transport away when the client has left.
            if request.transport is None:
                record.hung_up.set()
            record.ended.set()

    def _answer(self, record: RecordedRequest) -> Response:
        if record.path != AJAX_PATH:
            return page.answer(self._state, record)
        if record.too_large:
            return no_such_action("")
        if self._state.scenario.version.protocol == "v1":
            return v1.answer(self._state, record)
        return v2.answer(self._state, record)


async def _recorded(request: web.Request) -> RecordedRequest:
    too_large = False
    form: Mapping[str, str] = {}
    try:
        form = await _form(request)
    except web.HTTPRequestEntityTooLarge:
        too_large = True
    return RecordedRequest(
        method=request.method,
        path=request.path,
        query=_fields(request.raw_path.partition("?")[2]),
        form=form,
        headers=request.headers,
        too_large=too_large,
    )


async def _form(request: web.Request) -> Mapping[str, str]:
    if request.content_type == "multipart/form-data":
        fields = await request.post()
        return {name: value for name, value in fields.items() if isinstance(value, str)}
    body = await request.read()
    if request.content_type != "application/x-www-form-urlencoded":
        return {}
    return _fields(body.decode("utf-8", "surrogateescape"))


def _fields(encoded: str) -> dict[str, str]:
    return dict(parse_qsl(encoded, keep_blank_values=True, errors="surrogateescape"))
