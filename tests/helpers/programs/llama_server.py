"""llama.cpp's own server on a tiny model of random weights: `llama_server.py MODEL KEY`.

Writes the model to the file MODEL, serves it on a free port of 127.0.0.1 to whoever shows KEY, and
prints its address. Ends with the process that started it.

The model knows each byte and some whole words, so that its answers are noise, with characters that
are split over tokens. It never ends an answer by itself.
"""

from __future__ import annotations

import os
import sys
import time

import gguf
import numpy as np
import xllamacpp

NAME = "tiny"
CONTEXT = 4096
"""Tokens, question and answer together."""
_TRAINED = 8192
_VOCABULARY, _WIDTH, _LAYERS, _HEADS, _INNER = 512, 64, 2, 4, 128
_WORDS = ("▁hello", "▁world", "▁the", "▁при", "вет", "▁код", "▁```", "\n")
_TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant:"


def write_model(path: str) -> None:
    """Write a model in llama's form, about 600 KB."""
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name(NAME)
    writer.add_context_length(_TRAINED)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(_LAYERS)
    writer.add_feed_forward_length(_INNER)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(_WIDTH // _HEADS)
    writer.add_vocab_size(_VOCABULARY)
    writer.add_file_type(0)
    _add_tokens(writer)
    _add_weights(writer)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_tokens(writer: gguf.GGUFWriter) -> None:
    kinds = gguf.TokenType
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))]
    types = [kinds.UNKNOWN, kinds.CONTROL, kinds.CONTROL, *[kinds.BYTE] * 256]
    while len(tokens) < _VOCABULARY:
        tokens.append(f"{_WORDS[len(tokens) % len(_WORDS)]}{len(tokens)}")
        types.append(kinds.NORMAL)
    writer.add_tokenizer_model("llama")
    writer.add_token_list([token.encode() for token in tokens])
    writer.add_token_scores([0.0] * _VOCABULARY)
    writer.add_token_types(types)
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template(_TEMPLATE)


def _add_weights(writer: gguf.GGUFWriter) -> None:
    random = np.random.default_rng(0)

    def add(name: str, *shape: int) -> None:
        weights = random.standard_normal(shape) * 0.05
        writer.add_tensor(f"{name}.weight", weights.astype(np.float32))

    def add_ones(name: str) -> None:
        writer.add_tensor(f"{name}.weight", np.ones(_WIDTH, np.float32))

    add("token_embd", _VOCABULARY, _WIDTH)
    add("output", _VOCABULARY, _WIDTH)
    add_ones("output_norm")
    for layer in range(_LAYERS):
        block = f"blk.{layer}"
        add_ones(f"{block}.attn_norm")
        add_ones(f"{block}.ffn_norm")
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            add(f"{block}.{name}", _WIDTH, _WIDTH)
        add(f"{block}.ffn_gate", _INNER, _WIDTH)
        add(f"{block}.ffn_up", _INNER, _WIDTH)
        add(f"{block}.ffn_down", _WIDTH, _INNER)


def main(model: str, key: str) -> None:
    """Serve until whoever started this is gone."""
    starter = os.getppid()
    write_model(model)
    parameters = xllamacpp.CommonParams()
    parameters.model.path = model
    parameters.model_alias = {NAME}
    parameters.n_ctx = CONTEXT
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = 1
    parameters.sampling.ignore_eos = True
    parameters.api_keys = [key]
    parameters.port = 0
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)
    while os.getppid() == starter:
        time.sleep(1)


main(*sys.argv[1:])
