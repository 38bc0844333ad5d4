"""Fits a conversation into what a model takes at once: its context window.

The system prompt and the last question are always sent. What does not fit beside them is left out
by whole exchanges: a question together with what was answered to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import translate
from functools import cache
from itertools import accumulate

from core.continuation import CONTINUE_QUESTION
from core.errors import ContextLengthError
from core.models import Attachment, Conversation, Message, ModelInfo, Profile, Role
from core.profiles import is_on_this_computer, preset
from core.text import without_surrogates
from core.tokens import estimate
from resources import FOLDER

IMAGE_TOKENS = 800
"""About what services count for a picture of the size in which we send it."""
_MESSAGE_TOKENS = 4
"""What stands around the words of a message: whose they are, and where they end."""
_LARGEST_RESERVE = 4096
_SMALLEST_GAP = 500
"""Tokens; below that, an estimate and a count differ by chance."""
_LOST_SHARE = 0.5
"""A service counts otherwise than we do; but not this much."""
_MOST_KNOWN = 50_000
_LIMIT = re.compile(
    r"(?:maximum|max|available)\s+(?:context\s+)?(?:length|size|window)\s*(?:is|of|:|\()?\s*(\d{3,8})"
    r"|context (?:length|size|window)\s*(?:is|of|:|\()?\s*(?:only\s+)?(\d{3,8})"
    r"|tokens?\s*>\s*(\d{3,8})"
    r"|\"?n_ctx\"?\s*[:=]\s*(\d{3,8})",
    re.IGNORECASE,
)
"""How services say what they take: OpenAI and vLLM, llama.cpp, Anthropic, older llama.cpp."""


class WhenTooLong(StrEnum):
    """What is left out of a conversation that is too long."""

    OLDEST = "oldest"
    MIDDLE = "middle"
    """All between the first exchange and the newest ones."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is sent of a conversation."""

    messages: tuple[Message, ...]
    left_out: tuple[int, ...] = ()
    """The ids of those that are not, oldest first."""
    tokens: int = 0
    """About how many are sent, which may be more than the window where nothing can be left out."""
    window: int | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """Of a `History`, the messages from index `first` up to `end` are left out."""

    first: int
    end: int
    tokens: int
    """About how many are sent."""

    @property
    def count(self) -> int:
        """How many messages are left out."""
        return self.end - self.first


class History:
    """Messages with running sums of their sizes, so that a cut is found without a look at each."""

    def __init__(self, messages: Iterable[Message]) -> None:
        self.messages = tuple(messages)
        self._sums = list(accumulate(map(size_of, self.messages), initial=0))
        self._starts = _exchanges(self.messages)
        """Where each exchange begins, and the end."""

    def cut(
        self, *, window: int | None, reserve: int, when_too_long: WhenTooLong, question: int = 0
    ) -> Cut:
        """Return what is left out.

        `question` is the size of one that is not among the messages yet; without it, the last
        exchange is the question. `reserve` is what the answer needs of the window.
        """
        total = self._sums[-1] + question
        over = 0 if window is None else total - max(0, window - reserve)
        if over <= 0 or when_too_long is WhenTooLong.NOTHING:
            return Cut(0, 0, total)
        # Boundaries between exchanges, up to the one after which nothing may be left out.
        ends = self._starts if question else self._starts[:-1]
        if when_too_long is WhenTooLong.MIDDLE and len(ends) > 1:
            middle = self._cut_after(ends[1:], over)
            if self._size(middle) >= over:
                return Cut(*middle, total - self._size(middle))
        oldest = self._cut_after(ends, over)
        return Cut(*oldest, total - self._size(oldest))

    def _cut_after(self, ends: Sequence[int], over: int) -> tuple[int, int]:
        """Return the shortest run of exchanges after the first of `ends` with so many tokens."""
        if not ends:
            return 0, 0
        wanted = self._sums[ends[0]] + over
        place = bisect_left(ends, wanted, key=self._sums.__getitem__)
        return ends[0], ends[min(place, len(ends) - 1)]

    def _size(self, run: tuple[int, int]) -> int:
        return self._sums[run[1]] - self._sums[run[0]]


def fitted(
    messages: Sequence[Message],
    *,
    window: int | None,
    reserve: int = 0,
    when_too_long: WhenTooLong = WhenTooLong.OLDEST,
) -> Fitted:
    """Return which of `messages`, the last of which is the question, are sent.

    Without a `window` all are, and nothing is counted.
    """
    if window is None:
        return Fitted(tuple(messages))
    history = History(messages)
    cut = history.cut(window=window, reserve=reserve, when_too_long=when_too_long)
    left_out = tuple(message.id for message in messages[cut.first : cut.end])
    sent = (*messages[: cut.first], *messages[cut.end :])
    return Fitted(sent, left_out, cut.tokens, window)


def to_send(conversation: Conversation, profile: Profile) -> Fitted:
    """Return what `profile` is sent of a conversation: fitted, with its system prompt before it."""
    window = window_of(profile)
    return fitted(
        prompt_of(conversation, profile),
        window=window,
        reserve=reserve_of(profile, window),
        when_too_long=when_too_long(profile),
    )


def prompt_of(conversation: Conversation, profile: Profile) -> tuple[Message, ...]:
    """Return all that can be sent; answers that stayed empty are refused by services."""
    prompt = conversation.system_prompt or profile.system_prompt
    cleaned = without_surrogates(prompt.replace("\0", ""))
    system = (Message(Role.SYSTEM, cleaned),) if cleaned.strip() else ()
    said = tuple(message for message in conversation.messages if message.text.strip())
    return (*system, *said)


def when_too_long(profile: Profile) -> WhenTooLong:
    """Return what a profile, resolved or not, says of conversations that are too long."""
    try:
        return WhenTooLong(profile.when_too_long)
    except ValueError:
        return WhenTooLong.OLDEST


def window_of(profile: Profile, infos: Iterable[ModelInfo] = ()) -> int | None:
    """Return how many tokens a profile's model takes; None where nobody knows.

    What the profile says counts first, then what its service has told of its models, then
    `resources/models.toml`; but not for a service on this computer, which takes what it was
    started with, and not what the model could.
    """
    if profile.context_window is not None:
        return profile.context_window
    for info in infos:
        # Without a model, the first that is offered is asked.
        if info.name == profile.model or not profile.model:
            if info.context_window is not None:
                return info.context_window
            break
    made_from = preset(profile.preset) if profile.preset else None
    if is_on_this_computer(profile) or (made_from is not None and made_from.is_local):
        return None
    return _window_by_name(profile.model)


def reserve_of(profile: Profile, window: int | None) -> int:
    """Return how many tokens of a window are kept free for the answer."""
    if window is None:
        return 0
    wanted = profile.parameters.max_tokens
    return min(_LARGEST_RESERVE, window // 4) if wanted is None else min(wanted, window // 2)


def size_of(message: Message) -> int:
    """Return about how many tokens a message is, its attachments included."""
    return _MESSAGE_TOKENS + text_size(message.text) + sum(map(_file_size, message.attachments))


def question_size(text: str, attachments: Iterable[Attachment] = ()) -> int:
    """Return about how many tokens a question is that has not been asked; 0 for none."""
    files = sum(map(_file_size, attachments))
    return _MESSAGE_TOKENS + text_size(text) + files if files or text.strip() else 0


def text_size(text: str) -> int:
    """Return `estimate(text)`, remembered: the messages of a conversation hardly change."""
    key = hash(text), len(text)
    known = _known_sizes.get(key)
    if known is None:
        if len(_known_sizes) >= _MOST_KNOWN:
            _known_sizes.clear()
        known = _known_sizes[key] = estimate(text)
    return known


def far_too_few(estimated: int, prompt_tokens: int) -> bool:
    """Whether a service has seen so much less than was sent that it must have left some out."""
    return 0 < prompt_tokens < estimated * _LOST_SHARE and estimated - prompt_tokens > _SMALLEST_GAP


def smaller_window(error: ContextLengthError, *, sent: int, window: int | None) -> int:
    """Return the window to go by after a refusal: what the service named, or half of what was sent.

    `sent` is about how many tokens that was.
    """
    found = _LIMIT.search(error.message.replace(",", ""))
    told = next((int(group) for group in found.groups() if group), 0) if found else 0
    known = min(sent, window or sent)
    # A service that names no less than we went by counts otherwise than we do.
    return told if 0 < told < known else max(1, known // 2)


_known_sizes: dict[tuple[int, int], int] = {}
"""By hash and length, so that no text is kept alive for it."""


def _file_size(attachment: Attachment) -> int:
    if attachment.is_image:
        return IMAGE_TOKENS
    key = hash(attachment.data), -len(attachment.data)
    if key not in _known_sizes:
        _known_sizes[key] = estimate(attachment.data.decode("utf-8", "replace"))
    return _known_sizes[key]


def _exchanges(messages: Sequence[Message]) -> list[int]:
    """Return the index at which each exchange begins, and the number of messages."""
    first = next((i for i, m in enumerate(messages) if m.role is not Role.SYSTEM), len(messages))
    starts = [
        index
        for index, message in enumerate(messages)
        # To go on with an answer is nothing without that answer.
        if index > first and message.role is Role.USER and message.text != CONTINUE_QUESTION
    ]
    return [first, *starts, len(messages)] if first < len(messages) else [first]


@cache
def _windows() -> tuple[tuple[re.Pattern[str], int], ...]:
    import tomllib  # noqa: PLC0415 - the first frame does without

    table = tomllib.loads((FOLDER / "models.toml").read_text(encoding="utf-8"))
    return tuple((re.compile(translate(pattern)), window) for pattern, window in table.items())


def _window_by_name(model: str) -> int | None:
    name = model.lower().rpartition("/")[2]
    return next((window for pattern, window in _windows() if pattern.match(name)), None)
