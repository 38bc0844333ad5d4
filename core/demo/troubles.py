"""What goes wrong on the way: before the site, and between the site and its visitor."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from http import HTTPStatus

from core.demo.failure import Failure
from core.demo.wire import (
    HTML,
    JSON,
    Ending,
    Piece,
    Response,
    critical_error,
    no_such_action,
    response,
)

ELSEWHERE = "http://elsewhere.invalid/"
"""Another host, which by its name can never exist."""
RETRY_AFTER = "20"

_CHALLENGE = """\
<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title>\
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">\
<meta name="robots" content="noindex,nofollow"><meta http-equiv="refresh" content="360"></head>\
<body><div class="main-wrapper" role="main"><div class="main-content"><noscript>\
<span id="challenge-error-text">Enable JavaScript and cookies to continue</span></noscript>\
</div></div><script>(function(){window._cf_chl_opt={cvId:'3',cType:'managed',\
cRay:'8e0000000000demo'};var a=document.createElement('script');\
a.src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=8e0000000000demo';\
document.getElementsByTagName('head')[0].appendChild(a);}());</script></body></html>
"""
_LOGIN_PAGE = """\
<!DOCTYPE html>
<html lang="en-US">
<head><title>Log In &lsaquo; Beseda demo</title></head>
<body class="login"><h1>Log In</h1><form method="post"><input name="log"></form></body>
</html>
"""
_BROKEN = (
    b'data: {"id":"chatcmpl-broken","choices":[{"delta":{"content":"half a li\n\n',
    b"data: {this is not JSON}\n\n",
    b'data: {"delta":\n\n',
    b"data: [1,2\n\n",
)
_TEXT_FIELD = re.compile(rb'"(?:content|delta|data|reply|text)":"')
_NOT_UTF8 = b"\xff\xc3(\xe2\x82 "
_BOMB_BLOCK = 4_000_000
_BOMB_BLOCKS = 256
_LINE_BLOCK = b"all work and no play " * 3000
_LINE_BLOCKS = 4000


def http_error(status: int) -> Response:
    """Return what the web server itself says with `status`, as nginx words it."""
    known = status in {entry.value for entry in HTTPStatus}
    title = f"{status} {HTTPStatus(status).phrase}" if known else str(status)
    page = (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n"
        f"<center><h1>{title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    )
    headers = {"Retry-After": RETRY_AFTER} if status in {429, 503} else {}
    return response("text/html", page, status=status, headers=headers)


def challenge(status: int) -> Response:
    """Return a CDN's page that checks for a browser."""
    headers = {
        "Server": "cloudflare",
        "CF-RAY": "8e0000000000demo-FRA",
        "cf-mitigated": "challenge",
        "Cache-Control": "private, max-age=0, no-store, no-cache, must-revalidate",
    }
    return response(HTML, _CHALLENGE, status=status, headers=headers)


def before_the_site(failure: Failure | None) -> Response | None:
    """Return what answers a question in the site's place, or None when nothing does."""
    make = _BEFORE_THE_SITE.get(failure)
    return None if make is None else make()


def instead_of_the_page(failure: Failure | None) -> Response | None:
    """Return what a visitor gets in the page's place, or None for the page."""
    make = _INSTEAD_OF_THE_PAGE.get(failure)
    return None if make is None else make()


def on_the_way(failure: Failure | None, whole: Response) -> Response:
    """Return what becomes of a whole answer on its way to the visitor."""
    spoil = _ON_THE_WAY.get(failure)
    return whole if spoil is None else spoil(whole)


def _redirect(status: int) -> Response:
    return response(HTML, "", status=status, headers={"Location": ELSEWHERE})


def _is_json(whole: Response) -> bool:
    return whole.headers.get("Content-Type") == JSON


def _first_half(whole: Response) -> list[Piece]:
    """Return what comes before the answer is half said; of an answer in one piece, half of it."""
    pieces = list(whole.pieces)
    if len(pieces) == 1:
        return [Piece(pieces[0].data[: len(pieces[0].data) // 2])]
    said = [number for number, piece in enumerate(pieces) if piece.characters]
    end = said[(len(said) - 1) // 2] + 1 if said else len(pieces) // 2
    return pieces[:end]


def _with_broken_lines(whole: Response) -> Iterator[Piece]:
    if _is_json(whole):
        yield from _first_half(whole)
        return
    for number, piece in enumerate(whole.pieces):
        if piece.characters:
            yield Piece(_BROKEN[number % len(_BROKEN)])
        yield piece


def _with_bad_bytes(whole: Response) -> Iterator[Piece]:
    for piece in whole.pieces:
        data = _TEXT_FIELD.sub(lambda found: found[0] + _NOT_UTF8, piece.data, count=1)
        yield replace(piece, data=data) if piece.characters or _is_json(whole) else piece


def _endless(whole: Response) -> Iterator[Piece]:
    yield Piece(b'{"status":"success","data":"' if _is_json(whole) else b'data: {"delta":"')
    for _ in range(_LINE_BLOCKS):
        yield Piece(_LINE_BLOCK)


def _bomb() -> Iterator[Piece]:
    """Yield 1 GB of spaces, packed: the same block of deflate again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    spaces = b" " * _BOMB_BLOCK
    yield Piece(packer.compress(spaces) + packer.flush(zlib.Z_FULL_FLUSH))
    block = Piece(packer.compress(spaces) + packer.flush(zlib.Z_FULL_FLUSH))
    for _ in range(_BOMB_BLOCKS):
        yield block
    yield Piece(packer.flush(zlib.Z_FINISH))


def _bomb_page() -> Response:
    return Response(200, {"Content-Type": HTML, "Content-Encoding": "gzip"}, _bomb())


def _bombed(whole: Response) -> Response:
    return replace(whole, headers={**whole.headers, "Content-Encoding": "gzip"}, pieces=_bomb())


def _halved(ending: Ending, whole: Response) -> Response:
    return replace(whole, pieces=_first_half(whole), ending=ending)


def _login_page(_whole: Response) -> Response:
    return response(HTML, _LOGIN_PAGE)


_BEFORE_THE_SITE: dict[Failure | None, Callable[[], Response]] = {
    Failure.CHALLENGE_403: partial(challenge, 403),
    Failure.CHALLENGE_503: partial(challenge, 503),
    Failure.REDIRECT: partial(_redirect, 307),
    Failure.HTTP_429: partial(http_error, 429),
    Failure.HTTP_502: partial(http_error, 502),
    Failure.ENDPOINT_GONE: partial(no_such_action, "gone"),
}
_INSTEAD_OF_THE_PAGE: dict[Failure | None, Callable[[], Response]] = {
    Failure.PAGE_SILENT: partial(Response, ending=Ending.SILENT),
    Failure.PAGE_RESET: partial(Response, ending=Ending.RESET),
    Failure.PAGE_CHALLENGE_403: partial(challenge, 403),
    Failure.PAGE_CHALLENGE_503: partial(challenge, 503),
    Failure.PAGE_NOT_FOUND: partial(http_error, 404),
    Failure.PAGE_BROKEN: partial(critical_error, "documentation"),
    Failure.PAGE_GZIP_BOMB: _bomb_page,
    Failure.PAGE_REDIRECT: partial(_redirect, 302),
    Failure.PAGE_EMPTY: partial(response, HTML, "", headers={}),
}
_ON_THE_WAY: dict[Failure | None, Callable[[Response], Response]] = {
    Failure.SILENT_START: lambda _whole: Response(ending=Ending.SILENT),
    Failure.SILENT_MIDDLE: partial(_halved, Ending.SILENT),
    Failure.RESET_START: lambda _whole: Response(ending=Ending.RESET),
    Failure.RESET_MIDDLE: partial(_halved, Ending.RESET),
    Failure.TORN_MIDDLE: partial(_halved, Ending.TORN),
    Failure.CUT_SHORT: partial(_halved, Ending.WHOLE),
    Failure.EMPTY_BODY: lambda whole: replace(whole, pieces=()),
    Failure.HTML_ANSWER: _login_page,
    Failure.BROKEN_JSON: lambda whole: replace(whole, pieces=_with_broken_lines(whole)),
    Failure.INVALID_UTF8: lambda whole: replace(whole, pieces=_with_bad_bytes(whole)),
    Failure.ENDLESS_LINE: lambda whole: replace(whole, pieces=_endless(whole)),
    Failure.GZIP_BOMB: _bombed,
}
