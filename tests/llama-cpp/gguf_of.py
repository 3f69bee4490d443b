#!/usr/bin/env python3
"""Writes backend/chat/ as a GGUF file, for llama.cpp.

    gguf_of.py FILE

The same weights, widened from bfloat16 to f32, and the same tokenizer: so both servers say the same.
"""

import json
import pathlib
import sys

import gguf
import numpy as np

CHAT = pathlib.Path(__file__).resolve().parents[2] / "backend/chat"
NAMES = {
    "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm",
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
}


def tensors():
    """Each tensor of the safetensors file by its name."""
    raw = (CHAT / "model.safetensors").read_bytes()
    size = int.from_bytes(raw[:8], "little")
    for name, at in json.loads(raw[8 : 8 + size]).items():
        if name != "__metadata__":
            begin, end = at["data_offsets"]
            halves = np.frombuffer(raw[8 + size + begin : 8 + size + end], np.uint16)
            yield name, (halves.astype(np.uint32) << 16).view(np.float32).reshape(at["shape"])


def renamed(name):
    """GGUF's name of a tensor."""
    if name == "model.embed_tokens.weight":
        return "token_embd.weight"
    if name == "model.norm.weight":
        return "output_norm.weight"
    _, _, layer, rest = name.split(".", 3)
    return f"blk.{layer}.{NAMES[rest.removesuffix('.weight')]}.weight"


def paired(weight, heads):
    """llama.cpp turns neighbours, Hugging Face's Llama the halves of a head."""
    return weight.reshape(heads, 2, weight.shape[0] // heads // 2, -1).swapaxes(1, 2).reshape(weight.shape)


def main(path):
    config = json.loads((CHAT / "config.json").read_text())
    tokenizer = json.loads((CHAT / "tokenizer.json").read_text())
    special = {added["content"] for added in tokenizer["added_tokens"]}
    vocabulary = sorted(tokenizer["model"]["vocab"], key=tokenizer["model"]["vocab"].get)
    heads = config["num_attention_heads"]

    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name(config["id"])
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_vocab_size(config["vocab_size"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(heads)
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_rope_dimension_count(config["hidden_size"] // heads)
    writer.add_rope_freq_base(config["rope_theta"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(vocabulary)
    kinds = gguf.TokenType
    writer.add_token_types([kinds.CONTROL if token in special else kinds.NORMAL for token in vocabulary])
    writer.add_token_merges([" ".join(pair) for pair in tokenizer["model"]["merges"]])
    writer.add_bos_token_id(config["bos_token_id"])
    writer.add_eos_token_id(config["eos_token_id"][0])
    writer.add_add_bos_token(False)
    writer.add_chat_template(json.loads((CHAT / "tokenizer_config.json").read_text())["chat_template"])
    for name, value in tensors():
        if name.endswith(("q_proj.weight", "k_proj.weight")):
            value = paired(value, heads)
        writer.add_tensor(renamed(name), np.ascontiguousarray(value))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


main(sys.argv[1])
