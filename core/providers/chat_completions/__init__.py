"""The protocol of `/v1/chat/completions`, as OpenAI defined it and many servers speak it."""
