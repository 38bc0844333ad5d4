"""What a diagnosis finds, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.errors import ChatError

if TYPE_CHECKING:
    from core.net.certificate import Certificate


class Step(StrEnum):
    """What is looked at, in order."""

    ADDRESS = "address"
    DNS = "dns"
    TCP = "tcp"
    PROXY = "proxy"
    TLS = "tls"
    HTTP = "http"
    SERVICE = "service"
    KEY = "key"
    MODEL = "model"
    FIRST_WORD = "first_word"


class Outcome(StrEnum):
    """What came of a step."""

    OK = "ok"
    WARNING = "warning"
    """Something to know; the way went on."""
    FAILED = "failed"
    SKIPPED = "skipped"
    """There is nothing to look at, or a step before it failed."""


class Finding(StrEnum):
    """What was found, where it is no error; `core.diagnosis.sentences` has the words."""

    NOT_TRIED = "not_tried"
    ASKED_DIRECTLY = "asked_directly"
    ASKED_BY_PROXY = "asked_by_proxy"
    ASKED_BY_SYSTEM_PROXY = "asked_by_system_proxy"
    NAME_FOUND = "name_found"
    NAME_IS_ADDRESS = "name_is_address"
    NAME_LEFT_TO_PROXY = "name_left_to_proxy"
    NAME_SLOW = "name_slow"
    PROXY_NAME_UNKNOWN = "proxy_name_unknown"
    CONNECTED = "connected"
    PROXY_CONNECTED = "proxy_connected"
    NOBODY_LISTENS = "nobody_listens"
    UNREACHABLE = "unreachable"
    PROXY_UNREACHABLE = "proxy_unreachable"
    NO_PROXY = "no_proxy"
    PROXY_LETS_THROUGH = "proxy_lets_through"
    PROXY_SLOW = "proxy_slow"
    SIGNED = "signed"
    TRUSTED_ALONE = "trusted_alone"
    ENDS_SOON = "ends_soon"
    HAS_ENDED = "has_ended"
    NOT_YET_VALID = "not_yet_valid"
    SIGNED_BY_UNKNOWN = "signed_by_unknown"
    SIGNED_BY_ITSELF = "signed_by_itself"
    FOR_ANOTHER_NAME = "for_another_name"
    NO_TLS_HERE = "no_tls_here"
    NO_TLS = "no_tls"
    ANSWERS = "answers"
    PAGE_KNOWN = "page_known"
    API_KNOWN = "api_known"
    API_WANTS_KEY = "api_wants_key"
    NO_LIST = "no_list"
    NO_KEY_NEEDED = "no_key_needed"
    KEY_SENT = "key_sent"
    MODEL_LISTED = "model_listed"
    MODEL_NOT_LISTED = "model_not_listed"
    MODEL_UNSURE = "model_unsure"
    MODEL_FIRST = "model_first"
    MODEL_OPEN = "model_open"
    FIRST_WORD = "first_word"


def _no_data() -> Mapping[str, str | float]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Check:
    """One step of a diagnosis; `check_sentence` tells it in words."""

    step: Step
    outcome: Outcome
    seconds: float = 0.0
    """How long it took."""
    _: KW_ONLY
    finding: Finding | None = None
    """None where `error` says what was found."""
    data: Mapping[str, str | float] = field(default_factory=_no_data)
    """Fills the sentence; never a key, a password or a cookie."""
    error: ChatError | None = None
    certificate: Certificate | None = None
    """What the service shows, at the step TLS, where it could be fetched."""
