"""By which words of a service a fault is known.

Each phrase is a regular expression, matched without regard to case against the codes and the
message of an error (`code code | message`). The faults are tried in this order.
"""

from __future__ import annotations

import re

from core.errors import Fault

_PHRASES: dict[Fault, tuple[str, ...]] = {
    Fault.CONTEXT_LENGTH: (
        "context_length_exceeded",  # OpenAI, Azure, Groq
        "string_above_max_length",
        "exceed_context_size",  # llama.cpp
        "context_exceeded",
        "available context",
        "context size has been exceeded",
        "maximum context",  # vLLM, DeepSeek, OpenRouter
        "model_context_window",
        "context (?:length|window)",  # LM Studio, Ollama
        "input token count",  # Gemini
        "maximum (?:prompt|input) length",  # xAI
        "maximum number of tokens",
        "prompt contains \\d+ tokens",  # Mistral
        "`inputs` tokens",  # Together
        "(?:prompt|input) is too long",  # Anthropic
        "request_too_large",
        "too many (?:input )?tokens",
        "tokens_limit_reached",  # GitHub
        "reduce (?:the length|your message size)",
        "request too large for",  # more than OpenAI and Groq allow in a whole minute
    ),
    Fault.NO_IMAGES: (
        "support(?:s|ed|ing)? (?:for )?(?:the )?(?:image|vision|multimodal|picture)",
        "image_url",  # OpenAI, DeepSeek
        "image input",  # Mistral, llama.cpp, OpenRouter
        "mmproj",
        "\\bnot (?:a )?(?:multimodal|vision)",  # vLLM
        "at most 0 image",
        "\\bimages? (?:is|are|inputs?) not",
        "content must be a string",  # Groq
    ),
    Fault.COUNTRY_BLOCKED: (
        "unsupported_country",  # OpenAI
        "country, region, or territory",
        "user location is not supported",  # Gemini
    ),
    Fault.PAYMENT_REQUIRED: (
        "insufficient_quota",  # OpenAI
        "insufficient[_ ](?:account )?(?:balance|credits|funds)",  # DeepSeek, OpenRouter
        "billing_not_active",
        "billing_hard_limit",
        "credit balance is too low",  # Anthropic
        "used all available credits",  # xAI
        "have any credits",
        "requires (?:more|at least .{0,20}) credits",
        "payment_required",
        "credit_limit",  # Together
    ),
    Fault.KEY_REFUSED: (
        "invalid_api_key",
        "incorrect api key",  # OpenAI, xAI
        "api[ _]key[ _](?:not[ _]valid|invalid|is invalid|expired|not found)",  # Gemini
        "invalid (?:x-)?api[- _]key",  # Anthropic, Groq
        "authentication_error",
        "invalid_authentication",
        "no auth credentials",  # OpenRouter
        "account_deactivated",
    ),
    Fault.FLAGGED: (
        "content_filter",  # Azure
        "content_policy_violation",
        "content management policy",
        "content exists risk",  # DeepSeek
        "data_inspection_failed",
        "moderation",  # OpenRouter
        "\\bflagged",
    ),
    Fault.RATE_LIMIT: (
        "rate[_ ]limit",
        "too[_ ]many[_ ]requests",
        "resource_exhausted",  # Gemini
        "exceeded your current quota",
    ),
    Fault.MODEL_GONE: (
        "model_not_(?:found|exist|available)",
        "model_decommissioned",  # Groq
        "deploymentnotfound",  # Azure
        "api deployment for this resource",
        "invalid_model",  # Mistral
        "invalid model\\b",
        "model not (?:exist|found)",  # DeepSeek, LM Studio
        "not a valid model",  # OpenRouter
        "no endpoints found",
        "unable to access model",  # Together
        "no models? (?:is |are )?(?:currently )?loaded",  # LM Studio
        "\\bmodels?\\b.{0,200}?(?:(?:does|do) not exist|not found|decommissioned)",
        "not_found_error.{0,40}\\| model:",  # Anthropic
    ),
    Fault.SERVER_ERROR: (
        "overloaded",  # Anthropic, DeepSeek
        "server_error",
        "internal_error",
        "service_unavailable",
        "unavailable_error",  # llama.cpp
    ),
}

RULES: tuple[tuple[Fault, re.Pattern[str]], ...] = tuple(
    (fault, re.compile("|".join(phrases), re.IGNORECASE)) for fault, phrases in _PHRASES.items()
)

TOO_LARGE_FOR_A_MINUTE = re.compile(
    "request too large for|reduce the length|context_length_exceeded|maximum context",
    re.IGNORECASE,
)
"""What a refusal by status 429 says when waiting is of no use, for the prompt is too long."""

PER_DAY = re.compile("per[-_ ]?(?:day|month)|daily|monthly", re.IGNORECASE)

KEY_LIKE = re.compile(
    r"\b(?:sk|gsk|xai|tgp|hf|nvapi)[-_][\w*.-]{6,}|\bAIza[\w*-]{6,}|[\w-]*\*{3,}[\w*-]*"
)
"""What looks like a key, or like one that a service has blackened in part."""
