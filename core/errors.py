"""Everything that is expected to go wrong.

    ChatError                      base of everything expected
    ├── ProviderError              the service said no
    │   ├── AuthenticationError    401, 403
    │   ├── RateLimitError         429, token limits
    │   ├── ConnectionFailedError  DNS, TCP, TLS, proxy, reset, silence
    │   ├── PageFormatError        no chat, no nonce, no post id on the page (also a RuntimeError)
    │   ├── BrowserCheckError      a challenge page of a CDN
    │   ├── ContextLengthError     the prompt is too long
    │   └── ResponseFormatError    an unreadable or empty answer
    ├── ModelNotSupportedError     an unknown model
    ├── InvalidPromptError         nothing to send
    ├── StorageError               locked, full, read-only, damaged
    ├── AttachmentError            a file that cannot be added to a question
    ├── KeyStoreError              no keyring, a locked one, one that does not answer
    ├── TransferError              a file that cannot be imported, or an export that fails
    └── SettingsError              an invalid value of an option

An error carries a `fault`, which tells it apart to the last detail, and the data of its sentence;
`core.sentences` makes the sentence that a person reads. `message` keeps the service's own words.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from core.redaction import redacted


class Fault(StrEnum):
    """What went wrong, as finely as a person's next step depends on it."""

    # The service said no.
    REFUSED_REQUEST = "refused_request"
    SERVER_ERROR = "server_error"
    UPSTREAM_ERROR = "upstream_error"
    UPSTREAM_UNREACHABLE = "upstream_unreachable"
    PAYMENT_REQUIRED = "payment_required"
    ENDPOINT_GONE = "endpoint_gone"
    NONCE_REFUSED = "nonce_refused"
    CONSENT_REQUIRED = "consent_required"
    FOREIGN_ORIGIN = "foreign_origin"
    ADDRESS_BLOCKED = "address_blocked"
    WORDS_BLOCKED = "words_blocked"
    FLAGGED = "flagged"
    KEY_MISSING = "key_missing"
    KEY_REFUSED = "key_refused"
    SITE_KEY_REFUSED = "site_key_refused"
    FORBIDDEN = "forbidden"
    RATE_LIMIT = "rate_limit"
    QUOTA = "quota"
    SITE_QUOTA = "site_quota"
    CONTEXT_LENGTH = "context_length"
    MODEL_GONE = "model_gone"
    NO_IMAGES = "no_images"
    NO_MODELS = "no_models"
    NO_SERVICE_HERE = "no_service_here"
    COUNTRY_BLOCKED = "country_blocked"
    # The way to the service.
    DNS = "dns"
    CONNECTION_REFUSED = "connection_refused"
    CONNECT_TIMEOUT = "connect_timeout"
    TLS = "tls"
    OTHER_CERTIFICATE = "other_certificate"
    CA_FILE = "ca_file"
    PROXY = "proxy"
    PROXY_PASSWORD = "proxy_password"  # noqa: S105 - a name, not a password
    PROXY_ADDRESS = "proxy_address"
    RESET = "reset"
    SILENCE = "silence"
    REDIRECT = "redirect"
    BAD_ADDRESS = "bad_address"
    # The page.
    NO_CHAT = "no_chat"
    NO_NONCE = "no_nonce"
    NO_POST_ID = "no_post_id"
    PAGE_TOO_LARGE = "page_too_large"
    NOT_A_PAGE = "not_a_page"
    BROWSER_CHECK = "browser_check"
    # The answer.
    EMPTY_ANSWER = "empty_answer"
    HTML_ANSWER = "html_answer"
    UNREADABLE_ANSWER = "unreadable_answer"
    ANSWER_TOO_LARGE = "answer_too_large"
    COMPRESSION = "compression"
    # What was asked.
    EMPTY_PROMPT = "empty_prompt"
    UNKNOWN_MODEL = "unknown_model"
    # This computer.
    STORAGE = "storage"
    STORE_LOCKED = "store_locked"
    STORE_FULL = "store_full"
    STORE_READ_ONLY = "store_read_only"
    STORE_DAMAGED = "store_damaged"
    STORE_NEWER = "store_newer"
    SETTING = "setting"
    SETTINGS_BROKEN = "settings_broken"
    SETTINGS_UNREADABLE = "settings_unreadable"
    SETTINGS_NOT_WRITTEN = "settings_not_written"
    UNKNOWN_PROFILE = "unknown_profile"
    KEY_STORE = "key_store"
    KEY_STORE_LOCKED = "key_store_locked"
    KEY_STORE_MISSING = "key_store_missing"
    KEY_STORE_SILENT = "key_store_silent"
    KEY_FILE = "key_file"
    # What is added to a question.
    ATTACHMENT_KIND = "attachment_kind"
    ATTACHMENT_BROKEN = "attachment_broken"
    ATTACHMENT_TOO_LARGE = "attachment_too_large"
    TOO_MANY_ATTACHMENTS = "too_many_attachments"
    # Export and import.
    UNKNOWN_EXPORT = "unknown_export"
    BROKEN_EXPORT = "broken_export"
    NEWER_EXPORT = "newer_export"
    EXPORT_TOO_LARGE = "export_too_large"
    FILE_UNREADABLE = "file_unreadable"
    FILE_NOT_WRITTEN = "file_not_written"
    NEEDS_A_FOLDER = "needs_a_folder"


class ChatError(Exception):
    """Something that is expected to go wrong, with the data that its sentence needs.

    `data` fills the placeholders of the sentence in `core.sentences`; it never holds a key, and
    `message` is the only place where words of the service stand.
    """

    default_fault: ClassVar[Fault]
    retryable: bool = False

    def __init__(
        self,
        message: str = "",
        *,
        fault: Fault | None = None,
        retryable: bool | None = None,
        **data: str | float,
    ) -> None:
        # A service may quote the key that it refuses, and what is said here is logged and kept.
        self.message = redacted(message)
        self.fault = self.default_fault if fault is None else fault
        self.data = {
            name: redacted(value) if isinstance(value, str) else value
            for name, value in data.items()
        }
        if retryable is not None:
            self.retryable = retryable
        super().__init__(self.message or str(self.fault))


class ProviderError(ChatError):
    """The service said no.

    `status` is the HTTP status, where one was to blame.
    """

    default_fault = Fault.REFUSED_REQUEST
    retry_after: float | None = None
    """Seconds after which the service wants to be asked again; None where it did not say."""

    def __init__(
        self,
        message: str = "",
        *,
        fault: Fault | None = None,
        status: int | None = None,
        retryable: bool | None = None,
        **data: str | float,
    ) -> None:
        if status is not None:
            data["status"] = status
        super().__init__(message, fault=fault, retryable=retryable, **data)
        self.status = status


class AuthenticationError(ProviderError):
    """The service does not accept who is asking."""

    default_fault = Fault.KEY_REFUSED


class RateLimitError(ProviderError):
    """The service asks us to slow down, or a quota is used up.

    `retry_after` is in seconds, None when the service did not say.
    """

    default_fault = Fault.RATE_LIMIT
    retryable = True

    def __init__(
        self,
        message: str = "",
        *,
        fault: Fault | None = None,
        status: int | None = None,
        retryable: bool | None = None,
        retry_after: float | None = None,
        **data: str | float,
    ) -> None:
        super().__init__(message, fault=fault, status=status, retryable=retryable, **data)
        self.retry_after = retry_after


class ConnectionFailedError(ProviderError):
    """The service was not reached, or the connection to it broke."""

    default_fault = Fault.RESET
    retryable = True


class PageFormatError(ProviderError, RuntimeError):
    """The page of the site is not what a chat needs."""

    default_fault = Fault.NO_CHAT
    retryable = True


class BrowserCheckError(ProviderError):
    """A CDN stands before the site and wants to see a browser."""

    default_fault = Fault.BROWSER_CHECK
    retryable = True


class ContextLengthError(ProviderError):
    """The prompt is longer than the model or the service takes."""

    default_fault = Fault.CONTEXT_LENGTH


class ResponseFormatError(ProviderError):
    """The answer is empty or cannot be read."""

    default_fault = Fault.UNREADABLE_ANSWER
    retryable = True


class ModelNotSupportedError(ChatError):
    """The provider has no model of that name."""

    default_fault = Fault.UNKNOWN_MODEL


class InvalidPromptError(ChatError):
    """There is nothing in the prompt to send."""

    default_fault = Fault.EMPTY_PROMPT


class StorageError(ChatError):
    """Something could not be read from or written to this computer.

    About the conversations, its data names the `file` and the folder of its `backups`.
    """

    default_fault = Fault.STORAGE


class AttachmentError(ChatError):
    """A file cannot be added to a question; the others of the same question can."""

    default_fault = Fault.ATTACHMENT_KIND


class KeyStoreError(ChatError):
    """The system's store of passwords is not there, is locked, or does not answer."""

    default_fault = Fault.KEY_STORE


class SettingsError(ChatError):
    """An option has a value that it cannot have."""

    default_fault = Fault.SETTING

    def __init__(
        self, message: str = "", *, option: str, fault: Fault | None = None, **data: str | float
    ) -> None:
        super().__init__(message, fault=fault, retryable=None, option=option, **data)
        self.option = option


class TransferError(ChatError):
    """A file cannot be imported, or an export cannot be written; nothing was changed."""

    default_fault = Fault.BROKEN_EXPORT
