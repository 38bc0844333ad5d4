"""The pages of the site: a chat where there is one, and what else a visitor may find."""

from __future__ import annotations

from urllib.parse import urlencode

from core.demo import troubles
from core.demo.failure import Failure, Where
from core.demo.recording import RecordedRequest
from core.demo.sanitise import esc_html
from core.demo.scenario import Bot, Placement, Scenario, Version
from core.demo.state import SiteState
from core.demo.wire import HTML, Piece, Response, php_json, response

V1_ACTION = "wpaicg-chatbox"
V2_ACTION = "aipkit_frontend_chat_nonce"
FRONT_PAGES = frozenset({"/", "/chat"})
README = "/wp-content/plugins/gpt3-ai-content-generator/README.txt"
CACHED_NONCE_AGE = 3
"""Ticks: two would do, one more shows that it is not the last good one."""

HUGE_PAGE = 50_000_000
FILLER = b"<p>Nothing to read here, only much of it.</p>\n" * 1400

_SHELL = """\
<!DOCTYPE html>
<html lang="en-US">
<head>
<meta charset="UTF-8" />
<title>Beseda demo</title>
<script id="wpaicg-init-js-extra">
var wpaicgParams = {{"ajax_url":{ajax_url},"search_nonce":"0000000000","logged_in":"0"}};
</script>
</head>
<body class="home page">
<h1>Beseda demo</h1>
<p>This site is built into Beseda, to try the program with. It runs on this computer alone.</p>
{chat}
</body>
</html>
"""
_SHORTCODE = """\
<div class="wpaicg-chat-shortcode"
     data-user-bg-color="#ccf5e1"
     data-ai-bg-color="#d1e8ff"
     data-nonce="{nonce}"
     data-post-id="{post_id}"
     data-url="{url}"
     data-bot-id="{bot_id}"
     data-width="100%"
     data-typewriter-effect = ""
     data-openai_stream_nav="{stream}"
     data-autoload_chat_conversations="0"
     data-memory-limit = "100"
     data-type="shortcode"
></div>"""
_WIDGET = """\
<div class="wpaicg-chatbox wpaicg-chatbox-widget"
     data-nonce="{nonce}"
     data-post-id="{post_id}"
     data-url="{url}"
     data-bot-id="{bot_id}"
     data-openai_stream_nav="{stream}"
     data-type="widget"
></div>"""
_NOT_FOUND = "<!DOCTYPE html>\n<title>Page not found - Beseda demo</title>\n<h1>Not found</h1>\n"


def front_bot(scenario: Scenario) -> Bot:
    """Return the bot of the front page."""
    if scenario.version.protocol == "v1":
        return Bot(id=0, post_id=4, path="/", stream=scenario.stream)
    return Bot(id=4, post_id=8, path="/", stream=scenario.stream)


def bot_of(scenario: Scenario, bot_id: str) -> Bot:
    """Return the bot of that id, or the front page's for any other, as v1 does."""
    return next((bot for bot in scenario.bots if str(bot.id) == bot_id), front_bot(scenario))


def answer(state: SiteState, request: RecordedRequest) -> Response:
    """Return what a visitor sees at the request's path."""
    scenario = state.scenario
    path = request.path.rstrip("/") or "/"
    if path == README:
        return response("text/plain", f"=== AI Power ===\nStable tag: {scenario.version}\n")
    bot = next((bot for bot in scenario.bots if bot.path == path), None)
    if bot is None and path not in FRONT_PAGES:
        return response(HTML, _NOT_FOUND, status=404, headers={})
    failure = state.take_failure(Where.PAGE)
    if (trouble := troubles.instead_of_the_page(failure)) is not None:
        return trouble
    address = f"{path}?{urlencode(request.query)}"
    if scenario.page_cache and (kept := state.page_cache.get(address)) is not None:
        return Response(kept.status, {**kept.headers, "X-Cache": "HIT"}, kept.pieces)
    text = _page(state, request, bot or front_bot(scenario), failure)
    headers = {"X-Cache": "MISS"} if scenario.page_cache else {}
    page = response(HTML, text, headers=headers)
    if scenario.page_cache:
        state.page_cache[address] = page
    if failure is Failure.PAGE_HUGE:
        return Response(page.status, page.headers, (*_filler(), *page.pieces))
    return page


def _filler() -> list[Piece]:
    return [Piece(FILLER)] * (HUGE_PAGE // len(FILLER) + 1)


def _page(state: SiteState, request: RecordedRequest, bot: Bot, failure: Failure | None) -> str:
    origin = f"http://{request.headers.get('Host', '127.0.0.1')}"
    stale = failure is Failure.NONCE_CACHED_PAGE and not request.query
    action = V1_ACTION if state.scenario.version.protocol == "v1" else V2_ACTION
    nonce = state.nonces.make(action, ticks_ago=CACHED_NONCE_AGE if stale else 0)
    tags = []
    if failure is not Failure.PAGE_NO_CHAT:
        page = _Page(state.scenario, origin, request.path.rstrip("/"), nonce, failure)
        tags = page.tags(bot)
    ajax_url = php_json(f"{origin}/wp-admin/admin-ajax.php")
    return _SHELL.format(ajax_url=ajax_url, chat="\n".join(tags))


class _Page:
    """The chat's tags on one page."""

    def __init__(
        self, scenario: Scenario, origin: str, path: str, nonce: str, failure: Failure | None
    ) -> None:
        self._scenario = scenario
        self._origin = origin
        self._path = path
        self._nonce = nonce
        self._failure = failure

    def tags(self, bot: Bot) -> list[str]:
        """Return the widget's tag, the text's tag, or both, the widget's first."""
        v1 = self._scenario.version.protocol == "v1"
        placement = self._scenario.placement
        found = []
        if placement is not Placement.SHORTCODE:
            # A widget of another bot shows a client that mixes two tags.
            others = self._scenario.bots if placement is Placement.BOTH else ()
            other = next((other for other in others if other != bot), bot)
            found.append(self._v1(_WIDGET, other) if v1 else self._v2(other, popup=True))
        if placement is not Placement.WIDGET:
            found.append(self._v1(_SHORTCODE, bot) if v1 else self._v2(bot, popup=False))
        return found

    def _v1(self, template: str, bot: Bot) -> str:
        missing = {
            Failure.PAGE_NO_NONCE: "data-nonce=",
            Failure.PAGE_NO_POST_ID: "data-post-id=",
        }
        left_out = {missing[self._failure]} if self._failure in missing else set()
        if self._scenario.version.before(1, 8, 93):
            left_out.add("data-memory-limit ")
        lines = [
            line for line in template.splitlines() if not line.strip().startswith(tuple(left_out))
        ]
        return "\n".join(lines).format(
            nonce=self._nonce,
            post_id=bot.post_id,
            url=esc_html(self._origin + self._path),
            bot_id=bot.id,
            stream=int(bot.stream),
        )

    def _v2(self, bot: Bot, *, popup: bool) -> str:
        config: dict[str, object] = {
            "botId": bot.id,
            "ajaxUrl": f"{self._origin}/wp-admin/admin-ajax.php",
            "nonce": self._nonce,
            "postId": bot.post_id,
            "theme": "dark",
            "popupEnabled": popup,
            "streamEnabled": bot.stream,
            "headerName": "Beseda demo",
            "requireConsentCompliance": self._scenario.consent,
            "provider": "OpenAI",
            "text": {"sendMessage": "Send Message", "streamError": 'It\'s a "stream error".'},
        }
        if self._scenario.version is Version.V2_4_71:
            del config["streamEnabled"]
        if self._failure is Failure.PAGE_NO_NONCE:
            del config["nonce"]
        if self._failure is Failure.PAGE_NO_POST_ID:
            del config["postId"]
        value = esc_html(php_json(config))
        kind = "aipkit_popup_wrapper" if popup else "aipkit_chat_container"
        return (
            f'<div class="{kind} aipkit-theme-dark  " id="{kind}_{bot.id}"'
            f" data-bot-id=\"{bot.id}\" data-config='{value}'  >\n</div>"
        )
