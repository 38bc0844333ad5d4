"""The errors of the model behind the site, in the words that were recorded."""

from __future__ import annotations

from dataclasses import dataclass

from core.demo.failure import Failure


@dataclass(frozen=True, slots=True)
class UpstreamError:
    """What the model's own service answered instead of a text."""

    status: int
    message: str
    code: str = ""

    @property
    def with_code(self) -> str:
        """The words as v2 shows them."""
        return f"{self.message} (Code: {self.code})" if self.code else self.message


UPSTREAM_ERRORS: dict[Failure | None, UpstreamError] = {
    Failure.UPSTREAM_400: UpstreamError(
        400,
        "Invalid value for 'content': expected a string, got \"null\".\nSecond line \\ backslash.",
    ),
    Failure.UPSTREAM_401: UpstreamError(
        401,
        "Incorrect API key provided: sk-fake***************************key1. You can find your"
        " API key at https://platform.openai.com/account/api-keys.",
        "invalid_api_key",
    ),
    Failure.UPSTREAM_429: UpstreamError(
        429,
        "Rate limit reached for gpt-4o-mini in organization org-x on requests per min (RPM):"
        " Limit 3, Used 3, Requested 1. Please try again in 20s.",
        "rate_limit_exceeded",
    ),
    Failure.UPSTREAM_QUOTA: UpstreamError(
        429,
        "You exceeded your current quota, please check your plan and billing details. For more"
        " information on this error, read the docs:"
        " https://platform.openai.com/docs/guides/error-codes/api-errors.",
        "insufficient_quota",
    ),
    Failure.UPSTREAM_500: UpstreamError(
        500, "The server had an error while processing your request. Sorry about that!"
    ),
}

UNREACHABLE = "Failed to connect to api.openai.com port 443 after 0 ms: Couldn't connect to server"
BROKEN_OFF = "transfer closed with outstanding read data remaining"
MIDWAY_ERROR = "The server had an error processing your request."
BAD_GATEWAY_PAGE = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>cloudflare</center>\r\n"
    "</body>\r\n</html>\r\n"
)
