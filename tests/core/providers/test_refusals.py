"""What failed requests mean: the statuses and bodies of the services that exist."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.errors import (
    AuthenticationError,
    BrowserCheckError,
    ChatError,
    ContextLengthError,
    Fault,
    ModelNotSupportedError,
    ProviderError,
    RateLimitError,
)
from core.providers.refusals import Asked, refusal_from_object, refusal_from_status, without_key
from core.sentences import sentence

KEY = "sk-proj-abcdefghijklmnop"
ADDRESS = "https://api.example.org/v1/chat/completions"
ASKED = Asked("api.example.org", "gpt-9", ADDRESS, KEY)
WITH_IMAGES = Asked("api.example.org", "gpt-9", ADDRESS, KEY, has_images=True)


def refused(
    status: int, body: Any, asked: Asked = ASKED, headers: dict[str, str] | None = None
) -> ChatError:
    """Return the error for a failed request, checked to be one that can be shown."""
    text = body if isinstance(body, str) else json.dumps(body)
    error = refusal_from_status(status, headers or {}, text, asked)
    shown = sentence(error)
    assert "{" not in shown
    assert KEY not in f"{shown} {error.message} {error.data} {error!r} {error}"
    return error


def openai(message: str, kind: str = "invalid_request_error", code: Any = None) -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


CASES: list[tuple[str, int, Any, Fault]] = [
    # Keys
    ("OpenAI", 401, openai(f"Incorrect API key provided: {KEY}.", code="invalid_api_key"),
     Fault.KEY_REFUSED),
    ("Azure", 401, {"error": {"code": "401", "message": "Access denied due to invalid subscription"
     " key or wrong API endpoint."}}, Fault.KEY_REFUSED),
    ("Azure, newer", 401, {"statusCode": 401, "message": "Unauthorized. Access token is missing"},
     Fault.KEY_REFUSED),
    ("OpenRouter", 401, {"error": {"message": "No auth credentials found", "code": 401}},
     Fault.KEY_REFUSED),
    ("Groq", 401, openai("Invalid API Key", code="invalid_api_key"), Fault.KEY_REFUSED),
    ("Mistral", 401, {"message": "Unauthorized", "request_id": "1"}, Fault.KEY_REFUSED),
    ("DeepSeek", 401, openai("Authentication Fails, Your api key: ****mnop is invalid",
     "authentication_error", "invalid_request_error"), Fault.KEY_REFUSED),
    ("Gemini", 400, [{"error": {"code": 400, "message": "API key not valid. Please pass a valid"
     " API key.", "status": "INVALID_ARGUMENT", "details": [{"@type": "type.googleapis.com/"
     "google.rpc.ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com"}]}}],
     Fault.KEY_REFUSED),
    ("xAI", 400, {"code": "Client specified an invalid argument", "error": "Incorrect API key"
     f" provided: {KEY[:5]}***op. You can obtain an API key from https://console.x.ai."},
     Fault.KEY_REFUSED),
    ("Together", 401, openai("Invalid API key provided.", code="invalid_api_key"),
     Fault.KEY_REFUSED),
    ("Anthropic", 401, {"type": "error", "error": {"type": "authentication_error",
     "message": "invalid x-api-key"}}, Fault.KEY_REFUSED),
    ("vLLM", 401, {"error": "Unauthorized"}, Fault.KEY_REFUSED),
    ("llama.cpp", 401, {"error": {"code": 401, "message": "Invalid API Key",
     "type": "authentication_error"}}, Fault.KEY_REFUSED),
    ("nobody", 403, "", Fault.FORBIDDEN),
    ("OpenAI, forbidden", 403, openai("You have insufficient permissions for this operation."),
     Fault.FORBIDDEN),
    ("OpenAI, by country", 403, openai("Country, region, or territory not supported",
     "request_forbidden", "unsupported_country_region_territory"), Fault.COUNTRY_BLOCKED),
    ("Gemini, by country", 400, [{"error": {"code": 400, "message": "User location is not"
     " supported for the API use.", "status": "FAILED_PRECONDITION"}}], Fault.COUNTRY_BLOCKED),
    # Models
    ("OpenAI", 404, openai("The model `gpt-9` does not exist or you do not have access to it.",
     code="model_not_found"), Fault.MODEL_GONE),
    ("Azure", 404, {"error": {"code": "DeploymentNotFound", "message": "The API deployment for"
     " this resource does not exist."}}, Fault.MODEL_GONE),
    ("Ollama", 404, {"error": {"message": 'model "gpt-9" not found, try pulling it first',
     "type": "api_error", "param": None, "code": None}}, Fault.MODEL_GONE),
    ("Ollama, newer", 404, openai("model 'gpt-9' not found", "not_found_error"),
     Fault.MODEL_GONE),
    ("vLLM", 404, {"object": "error", "message": "The model `gpt-9` does not exist.",
     "type": "NotFoundError", "param": None, "code": 404}, Fault.MODEL_GONE),
    ("LM Studio", 400, {"error": {"message": "No models loaded. Please load a model in the"
     " developer page or use the 'lms load' command.", "type": "invalid_request_error",
     "param": "model", "code": "model_not_found"}}, Fault.MODEL_GONE),
    ("OpenRouter", 400, {"error": {"message": "gpt-9 is not a valid model ID", "code": 400}},
     Fault.MODEL_GONE),
    ("OpenRouter, without a host", 404, {"error": {"message": "No endpoints found for gpt-9.",
     "code": 404}}, Fault.MODEL_GONE),
    ("Groq", 400, openai("The model `gpt-9` has been decommissioned and is no longer supported.",
     code="model_decommissioned"), Fault.MODEL_GONE),
    ("Mistral", 400, {"object": "error", "message": "Invalid model: gpt-9",
     "type": "invalid_model", "param": None, "code": "1500"}, Fault.MODEL_GONE),
    ("DeepSeek", 400, openai("Model Not Exist"), Fault.MODEL_GONE),
    ("Gemini", 404, [{"error": {"code": 404, "message": "models/gpt-9 is not found for API version"
     " v1main, or is not supported for generateContent.", "status": "NOT_FOUND"}}],
     Fault.MODEL_GONE),
    ("xAI", 404, {"code": "Some requested entity was not found", "error": "The model gpt-9 does"
     " not exist or your team 1 does not have access to it."}, Fault.MODEL_GONE),
    ("Together", 404, openai("Unable to access model gpt-9. Please visit https://api.together.ai/"
     "models to view the list of supported models.", code="model_not_available"),
     Fault.MODEL_GONE),
    ("Anthropic", 404, {"type": "error", "error": {"type": "not_found_error",
     "message": "model: gpt-9"}}, Fault.MODEL_GONE),
    # A wrong address
    ("Ollama", 404, "404 page not found", Fault.NO_SERVICE_HERE),
    ("FastAPI", 404, {"detail": "Not Found"}, Fault.NO_SERVICE_HERE),
    ("a web server", 404, "<html><title>404 Not Found</title><h1>nginx</h1>",
     Fault.NO_SERVICE_HERE),
    ("a web site", 405, "<html>", Fault.NO_SERVICE_HERE),
    # Too long
    ("OpenAI", 400, openai("This model's maximum context length is 128000 tokens. However, your"
     " messages resulted in 130000 tokens. Please reduce the length of the messages.",
     code="context_length_exceeded"), Fault.CONTEXT_LENGTH),
    ("OpenAI, in a minute", 429, openai("Request too large for gpt-4o in organization org-1 on"
     " tokens per min (TPM): Limit 30000, Requested 41022.", "tokens", "rate_limit_exceeded"),
     Fault.CONTEXT_LENGTH),
    ("llama.cpp", 400, {"error": {"code": 400, "message": "request (4390 tokens) exceeds the"
     " available context size (4096 tokens), try increasing it",
     "type": "exceed_context_size_error", "n_prompt_tokens": 4390, "n_ctx": 4096}},
     Fault.CONTEXT_LENGTH),
    ("llama.cpp, older", 500, {"error": {"code": 500, "message": "Context size has been exceeded.",
     "type": "server_error"}}, Fault.CONTEXT_LENGTH),
    ("LM Studio", 400, {"error": "The number of tokens to keep from the initial prompt is greater"
     " than the context length (n_keep: 13055>= n_ctx: 4096)."}, Fault.CONTEXT_LENGTH),
    ("vLLM", 400, {"object": "error", "message": "This model's maximum context length is 4096"
     " tokens. However, you requested 4100 tokens in the messages.",
     "type": "BadRequestError", "code": 400}, Fault.CONTEXT_LENGTH),
    ("Gemini", 400, [{"error": {"code": 400, "message": "The input token count (1200000) exceeds"
     " the maximum number of tokens allowed (1048576).", "status": "INVALID_ARGUMENT"}}],
     Fault.CONTEXT_LENGTH),
    ("xAI", 400, {"code": "Client specified an invalid argument", "error": "This model's maximum"
     " prompt length is 131072 but the request contains 140000 tokens."}, Fault.CONTEXT_LENGTH),
    ("Mistral", 400, {"object": "error", "message": "Prompt contains 40000 tokens and 0 draft"
     " tokens, too large for model with 32768 maximum context length",
     "type": "invalid_request_prompt", "code": "3051"}, Fault.CONTEXT_LENGTH),
    ("Together", 422, openai("Input validation error: `inputs` tokens + `max_new_tokens` must be"
     " <= 8193. Given: 9000 `inputs` tokens and 0 `max_new_tokens`"), Fault.CONTEXT_LENGTH),
    ("Groq", 413, openai("Request too large for model `llama-3.1-8b-instant` in organization"
     " `org_1` on tokens per minute (TPM): Limit 6000, Requested 11026, please reduce your message"
     " size and try again.", "tokens", "rate_limit_exceeded"), Fault.CONTEXT_LENGTH),
    ("Anthropic", 400, {"type": "error", "error": {"type": "invalid_request_error",
     "message": "prompt is too long: 210000 tokens > 200000 maximum"}}, Fault.CONTEXT_LENGTH),
    ("Anthropic, by size", 413, {"type": "error", "error": {"type": "request_too_large",
     "message": "Request exceeds the maximum size"}}, Fault.CONTEXT_LENGTH),
    ("a web server", 413, "<html><h1>413 Request Entity Too Large</h1>", Fault.CONTEXT_LENGTH),
    # Money
    ("OpenAI", 429, openai("You exceeded your current quota, please check your plan and billing"
     " details.", "insufficient_quota", "insufficient_quota"), Fault.PAYMENT_REQUIRED),
    ("OpenRouter", 402, {"error": {"message": "This request requires more credits, or fewer"
     " max_tokens.", "code": 402}}, Fault.PAYMENT_REQUIRED),
    ("DeepSeek", 402, openai("Insufficient Balance", "unknown_error"), Fault.PAYMENT_REQUIRED),
    ("Anthropic", 400, {"type": "error", "error": {"type": "invalid_request_error", "message":
     "Your credit balance is too low to access the Anthropic API."}}, Fault.PAYMENT_REQUIRED),
    ("xAI", 403, {"code": "The caller does not have permission", "error": "Your newly created"
     " team doesn't have any credits yet."}, Fault.PAYMENT_REQUIRED),
    # What may not be said
    ("Azure", 400, {"error": {"message": "The response was filtered due to the prompt triggering"
     " Azure OpenAI's content management policy.", "code": "content_filter", "status": 400,
     "innererror": {"code": "ResponsibleAIPolicyViolation"}}}, Fault.FLAGGED),
    ("OpenRouter", 403, {"error": {"message": "openai/gpt-9 requires moderation on OpenAI. Your"
     ' input was flagged for "violence".', "code": 403}}, Fault.FLAGGED),
    ("DeepSeek", 400, openai("Content Exists Risk"), Fault.FLAGGED),
    # Too much
    ("OpenAI", 429, openai("Rate limit reached for gpt-9 in organization org-1 on requests per"
     " min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s.", "requests",
     "rate_limit_exceeded"), Fault.RATE_LIMIT),
    ("Gemini, in a while", 429, [{"error": {"code": 429, "message": "You exceeded your current"
     " quota, please check your plan and billing details.", "status": "RESOURCE_EXHAUSTED",
     "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "17s"}]}}],
     Fault.RATE_LIMIT),
    ("Gemini, for good", 429, [{"error": {"code": 429, "message": "You exceeded your current"
     " quota, please check your plan and billing details.", "status": "RESOURCE_EXHAUSTED"}}],
     Fault.QUOTA),
    ("OpenRouter, today", 429, {"error": {"message": "Rate limit exceeded: free-models-per-day."
     " Add 10 credits to unlock 1000 free model requests per day", "code": 429}}, Fault.QUOTA),
    ("OpenRouter, upstream", 429, {"error": {"message": "Provider returned error", "code": 429,
     "metadata": {"raw": "x/y:free is temporarily rate-limited upstream. Please retry shortly.",
     "provider_name": "Chutes"}}}, Fault.RATE_LIMIT),
    ("Anthropic", 429, {"type": "error", "error": {"type": "rate_limit_error", "message": "This"
     " request would exceed your organization's rate limit of 40,000 input tokens per minute."}},
     Fault.RATE_LIMIT),
    ("Bedrock", 429, {"message": "Too many tokens, please wait before trying again."},
     Fault.RATE_LIMIT),
    ("nobody", 429, "", Fault.RATE_LIMIT),
    # Trouble of their own
    ("OpenAI", 500, openai("The server had an error while processing your request.",
     "server_error"), Fault.SERVER_ERROR),
    ("Anthropic", 529, {"type": "error", "error": {"type": "overloaded_error",
     "message": "Overloaded"}}, Fault.SERVER_ERROR),
    ("nginx", 502, "<html><h1>502 Bad Gateway</h1>", Fault.SERVER_ERROR),
    ("vLLM", 500, "Internal Server Error", Fault.SERVER_ERROR),
    ("OpenRouter", 408, {"error": {"message": "Request timed out", "code": 408}},
     Fault.SERVER_ERROR),
    # Anything else
    ("OpenAI", 400, openai("Unsupported value: 'temperature' does not support 0.7 with this model."
     " Only the default (1) value is supported.", code="unsupported_value"),
     Fault.REFUSED_REQUEST),
    ("nobody", 418, "I'm a teapot", Fault.REFUSED_REQUEST),
]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [case[1:] for case in CASES],
    ids=[f"{case[0]} {case[1]} {case[3]}" for case in CASES],
)
def test_a_refusal_is_what_the_service_says(status: int, body: Any, fault: Fault) -> None:
    error = refused(status, body)
    assert error.fault is fault, error.message
    assert error.data["host"] == "api.example.org"


def test_the_kind_of_an_error_tells_what_can_be_done() -> None:
    kinds: dict[Fault, type[ChatError]] = {
        Fault.KEY_REFUSED: AuthenticationError,
        Fault.FORBIDDEN: AuthenticationError,
        Fault.MODEL_GONE: ModelNotSupportedError,
        Fault.CONTEXT_LENGTH: ContextLengthError,
        Fault.RATE_LIMIT: RateLimitError,
        Fault.QUOTA: RateLimitError,
    }
    retryable = {Fault.RATE_LIMIT, Fault.SERVER_ERROR}
    for _, status, body, fault in CASES:
        error = refused(status, body)
        assert type(error) is kinds.get(fault, ProviderError)
        assert error.retryable == (fault in retryable)


IMAGES = [
    (400, openai("Invalid content type. image_url is only supported by certain models.")),
    (404, {"error": {"message": "No endpoints found that support image input", "code": 404}}),
    (400, openai("messages[0].content must be a string")),
    (500, {"error": {"code": 500, "message": "image input is not supported - hint: if this is"
      " unexpected, you may need to provide the mmproj", "type": "server_error"}}),
    (400, {"object": "error", "message": "At most 0 image(s) may be provided in one request.",
      "type": "BadRequestError", "code": 400}),
    (400, {"object": "error", "message": "x is not a multimodal model", "code": 400}),
    (422, openai("Failed to deserialize the JSON body into the target type: messages[0]: unknown"
      " variant `image_url`, expected `text`")),
    (400, {"message": "Image input is not enabled for this model", "code": "3051"}),
    (400, {"error": "Model does not support images. Please use a model that does."}),
]  # fmt: skip


@pytest.mark.parametrize(("status", "body"), IMAGES)
def test_refused_pictures_are_told_only_to_who_sent_some(status: int, body: Any) -> None:
    assert refused(status, body, WITH_IMAGES).fault is Fault.NO_IMAGES
    assert refused(status, body).fault is not Fault.NO_IMAGES


def test_whoever_has_no_key_is_asked_for_one() -> None:
    error = refused(401, openai("You didn't provide an API key."), Asked("example.org"))
    assert isinstance(error, AuthenticationError)
    assert error.fault is Fault.KEY_MISSING


def test_a_missing_service_names_its_address() -> None:
    assert ADDRESS in sentence(refused(404, {"detail": "Not Found"}))


def test_a_missing_model_is_named() -> None:
    assert "gpt-9" in sentence(refused(404, openai("x", code="model_not_found")))


def test_a_check_for_a_browser_is_no_refusal_of_the_service() -> None:
    page = "<html><title>Just a moment...</title>"
    assert isinstance(refused(403, page), BrowserCheckError)
    assert isinstance(refused(503, "", headers={"cf-mitigated": "challenge"}), BrowserCheckError)


def test_the_words_of_the_one_that_failed_are_shown_not_those_of_who_passed_them_on() -> None:
    body = {
        "error": {
            "message": "Provider returned error",
            "code": 400,
            "metadata": {"raw": '{"error":{"message":"temperature too hot"}}'},
        }
    }
    assert refused(400, body).message == "temperature too hot"


def test_an_error_without_words_still_has_a_sentence() -> None:
    for body in ("", "{}", "[]", "null", '{"error":null}', '{"error":{}}', "[[[[[[[[[[]]]]]]]]]]"):
        assert refused(400, body).fault is Fault.REFUSED_REQUEST
        assert refused(500, body).fault is Fault.SERVER_ERROR


def test_hostile_bodies_are_survived() -> None:
    deep: Any = "x"
    for _ in range(50):
        deep = {"error": [deep, deep]}
    wide = {"error": [{"message": "y" * 1000, "code": "z" * 1000}] * 5000}
    for body in (json.dumps(wide), json.dumps("[" * 10_000), "[" * 100_000, "\ud800", "{" * 1000):
        error = refusal_from_status(400, {}, body, ASKED)
        assert len(error.message) <= 600
    assert refusal_from_object({"error": "\x00\u202e"}).message == ""


@pytest.mark.parametrize(
    "words",
    [
        f"Incorrect API key provided: {KEY}.",
        f"Bad header: Authorization: Bearer {KEY}",
        "Incorrect API key provided: sk-proj-********************************mnop",
        "key AIzaSyA1234567890 is wrong",
        "Your api key: ****mnop is invalid",
    ],
)
def test_no_message_holds_a_key_or_what_is_left_of_one(words: str) -> None:
    shown = without_key(words, KEY)
    assert KEY not in shown
    assert "mnop" not in shown
    assert "AIza" not in shown
    assert "…" in shown


def test_words_that_only_look_a_little_like_a_key_stay() -> None:
    text = "The model gpt-4o-mini of task-manager asks for a key; see sk-docs."
    assert without_key(text, "") == text
