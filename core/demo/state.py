"""What the site remembers between two requests, and what it keeps for a test to look at."""

from __future__ import annotations

import secrets
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping

from core.demo.answers import Script, write_answer
from core.demo.failure import Failure, Where
from core.demo.nonce import Nonces
from core.demo.recording import Prompt, RecordedRequest, Records
from core.demo.sanitise import Turn
from core.demo.scenario import Scenario
from core.demo.wire import Response

KEPT_CONVERSATIONS = 200
KEPT_TURNS = 100
KEPT_KEYS = 1000


class SiteState:
    """Everything that changes while the site runs, shared by the page, v1 and v2."""

    def __init__(self, scenario: Scenario, *, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.nonces = Nonces(secrets.token_bytes(32), clock=clock)
        self.requests = Records[RecordedRequest](lambda request: request.size)
        self.prompts = Records[Prompt](lambda prompt: sum(len(text) for _, text in prompt))
        self.scripted: deque[tuple[str, ...]] = deque()
        self.page_cache: dict[str, Response] = {}
        self.cached_messages: OrderedDict[str, str] = OrderedDict()
        self._memory: OrderedDict[tuple[str, str, str], list[Turn]] = OrderedDict()
        self._tokens: dict[str, int] = {}
        self._failures_left: int | None = None
        self.scenario = scenario

    @property
    def scenario(self) -> Scenario:
        """What plays now; setting it starts counting its `times` anew."""
        return self._scenario

    @scenario.setter
    def scenario(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._failures_left = scenario.times

    def adjust(self, scenario: Scenario) -> None:
        """Set the scenario and go on counting its failures."""
        self._scenario = scenario

    def take_failure(self, where: Where) -> Failure | None:
        """Return the failure that a request at `where` meets, and count it."""
        failure = self._scenario.failure
        if failure is None or not failure.where & where or self._failures_left == 0:
            return None
        if self._failures_left is not None:
            self._failures_left -= 1
        if failure is Failure.NONCE_EXPIRED_ONCE:
            self._failures_left = 0
            self.nonces.expire()
        return failure

    def ask(self, prompt: Prompt) -> Script:
        """Return what the model answers to `prompt`, or what was scripted."""
        self.prompts.add(prompt)
        if self.scripted:
            return Script(self.scripted.popleft())
        return write_answer(prompt, self._scenario)

    def over_limit(self, client: str) -> bool:
        """Return whether `client` has used up its tokens; one without a name never has."""
        limit = self._scenario.token_limit
        return limit is not None and self._tokens.get(client, 0) >= limit and client != ""

    def spend(self, client: str, *texts: str) -> None:
        """Count the tokens of `texts` for `client`."""
        if self._scenario.token_limit is not None and client:
            self._tokens[client] = self._tokens.get(client, 0) + sum(
                len(text) // 4 + 1 for text in texts
            )

    def put_message(self, message: str) -> str:
        """Keep `message` for one use and return its key."""
        key = "aipkit_sse_" + "".join(secrets.choice(_KEY_LETTERS) for _ in range(32))
        self.cached_messages[key] = message
        while len(self.cached_messages) > KEPT_KEYS:
            self.cached_messages.popitem(last=False)
        return key

    def take_message(self, key: str) -> str:
        """Return the message kept under `key`, for the only time; nothing for an unknown key."""
        return self.cached_messages.pop(key, "")

    def remembered(self, fields: Mapping[str, str]) -> list[Turn]:
        """Return the turns kept under the bot, session and conversation of `fields`."""
        return list(self._memory.get(_place(fields), ()))

    def remember(self, fields: Mapping[str, str], question: str, answer: str) -> None:
        """Keep one more turn of each side; the oldest go when there are too many."""
        turns = self._memory.setdefault(_place(fields), [])
        turns += [("user", question), ("assistant", answer)]
        del turns[:-KEPT_TURNS]
        self._memory.move_to_end(_place(fields))
        while len(self._memory) > KEPT_CONVERSATIONS:
            self._memory.popitem(last=False)


_KEY_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def _place(fields: Mapping[str, str]) -> tuple[str, str, str]:
    return (
        fields.get("bot_id", ""),
        fields.get("session_id", ""),
        fields.get("conversation_uuid", ""),
    )
