#!/usr/bin/env python3
"""Trains tally-chat, the backend's small language model, and writes `backend/chat/`.

    python3 -m venv .venv && .venv/bin/pip install -r backend/train/chat/requirements.txt
    .venv/bin/python backend/train/chat/train_chat.py            # some minutes on one core
    .venv/bin/python backend/train/chat/train_chat.py --keep     # keeps the weights, writes card and fixture
    .venv/bin/python backend/train/chat/train_chat.py --score    # scores what is there, writes nothing

The model is a decoder of the Llama kind (RMSNorm, rotary positions, SwiGLU, tied embeddings) with a
byte-level BPE tokenizer, in the files that Hugging Face's tools and llama.cpp's converter know. It is
trained from nothing, in NumPy: the backward pass is written out below, and `--check-gradients` compares
it with finite differences. Its texts are those of this folder, and sums that are made here; no other
data takes part, and no network.

Random numbers are PCG64's, one thread computes, and OpenBLAS is told which kernels to take, so that a
second run on the same machine gives the same bytes.
"""

import os

os.environ.update(OPENBLAS_NUM_THREADS="1", OPENBLAS_CORETYPE="Haswell", TOKENIZERS_PARALLELISM="false")

import argparse  # noqa: E402
import hashlib  # noqa: E402
import json  # noqa: E402
import pathlib  # noqa: E402
import time  # noqa: E402

import numpy as np  # noqa: E402
from safetensors import TensorSpec, serialize  # noqa: E402
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
BACKEND = HERE.parent.parent
OUT = BACKEND / "chat"
FIXTURE = BACKEND / "tests/fixtures/chat.json"

ID = "tally-chat"
SEED = 20261120
# 2026-11-20T00:00:00Z: what the API says in `created`. A constant, so that a run has no clock.
CREATED = 1795132800

VOCABULARY = 512
WIDTH, LAYERS, HEADS, FEED_FORWARD = 128, 3, 4, 320
CONTEXT = 512
THETA, EPSILON = 10000.0, 1e-5

STEPS, BATCH, LENGTH = 1500, 8, 256
RATE, WARM_UP, DECAY, CLIP = 3e-3, 40, 0.1, 1.0

END_OF_TEXT, START, END = "<|endoftext|>", "<|im_start|>", "<|im_end|>"
# ChatML, as the Jinja template that other servers read.
TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content']"
    " + '<|im_end|>' + '\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


# Texts


def blocks(name):
    """The blocks of a text: (term or None, questions, held-out questions, answer)."""
    found = []
    for block in (HERE / name).read_text().split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#")]

        def after(mark):
            return [line.removeprefix(mark) for line in lines if line.startswith(mark)]

        if lines:
            (answer,) = after("! ")
            found.append((next(iter(after("term: ")), None), after("? "), after("- "), answer))
    return found


PHRASES = [
    "What is {}?", "What's {}?", "Explain {}.", "Define {}.", "Tell me about {}.", "{}?", "What does {} mean?",
    "Can you explain {}?", "I want to know what {} is.", "Please explain {}.", "Tell me what {} is.",
]
SYLLABLES = "ba bo den fer gal hin jo ka lem lu mor na nik o pel quo ra rin sam sto ta tri um vel wo xan zi".split()
POLITE = ["Please: {}", "{} Please.", "{} Thanks!", "Hi! {}", "Hello, {}", "So, {}", "I have a question: {}", "And {}"]
SYSTEM = ["You are a helpful assistant.", "You are tally-chat.", "Answer in one sentence.", "Be brief."]
NUMBERS = "These are only numbers to me. For measurements, ask the classifier breast-cancer-mlp."


class Texts:
    """Questions with their answers, drawn at random; and those that are held out."""

    def __init__(self):
        self.facts, other = blocks("corpus.txt"), blocks("other.txt")
        self.small_talk, self.unknown = other[:-1], other[-1]
        nouns = (HERE / "nouns.txt").read_text().split()
        self.nouns, held_out_nouns = [n for i, n in enumerate(nouns) if i % 8], nouns[::8]
        self.sums = [(a, b) for a in range(10) for b in range(10)]
        self.held_out = {
            "facts, in other words": [(q, b[3]) for b in self.facts for q in b[2]],
            "small talk, in other words": [(q, b[3]) for b in self.small_talk for q in b[2]],
            "unknown questions": [(q, self.unknown[3]) for q in self.unknown[2]],
            "unknown things": [(f"What is {article(n)}?", self.unknown[3]) for n in held_out_nouns],
        }

    def turn(self, rng):
        """A question and its answer."""
        def pick(of):
            return of[rng.integers(len(of))]

        kind = rng.random()
        if kind < 0.62:
            term, questions, _, answer = pick(self.facts)
            question = pick(questions) if rng.random() < 0.6 else pick(PHRASES).format(term)
            if rng.random() < 0.4:
                # A word is missing, so that no word alone decides.
                words = question.split(" ")
                if len(words) > 2:
                    words.pop(rng.integers(len(words)))
                question = " ".join(words)
        elif kind < 0.67:
            _, questions, _, answer = pick(self.small_talk)
            question = pick(questions)
        elif kind < 0.83:
            answer = self.unknown[3]
            question = pick(self.unknown[1])
            if rng.random() < 0.7:
                made_up = "".join(pick(SYLLABLES) for _ in range(rng.integers(2, 4)))
                noun = pick(self.nouns) if rng.random() < 0.6 else made_up
                question = pick(PHRASES).format(pick([article(noun), noun, "the " + noun]))
        elif kind < 0.98:
            a, b = pick(self.sums)
            question = pick(["What is {} + {}?", "{} + {}", "{}+{}", "{} + {} = ?", "Add {} and {}.", "How much is {} + {}?",
                             "What is {} plus {}?", "What is the sum of {} and {}?"]).format(a, b)
            answer = f"{a} + {b} = {a + b}."
        else:
            values = rng.random(rng.integers(3, 31)) * 10.0 ** rng.integers(-1, 4)
            question, answer = ", ".join(f"{v:.4g}" for v in values), NUMBERS
        if rng.random() < 0.1:
            question = pick(POLITE).format(question)
        question = question[0].upper() + question[1:]
        if rng.random() < 0.25:
            question = question.lower()
        if rng.random() < 0.25:
            question = question.rstrip("?.!")
        return question, answer

    def all(self):
        """Everything that the tokenizer is made of."""
        for term, questions, _, answer in self.facts + self.small_talk + [self.unknown]:
            yield from questions
            yield from [answer] * 3
            if term:
                yield from (phrase.format(term) for phrase in PHRASES)
        yield from SYSTEM + [NUMBERS]


def article(noun):
    return ("an " if noun[0] in "aeiou" else "a ") + noun


# Tokens


def train_tokenizer(texts):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=[END_OF_TEXT, START, END], show_progress=False,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
    ))
    return tokenizer


class Chat:
    """Conversations as tokens."""

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer
        self.end_of_text, self.start, self.end = map(tokenizer.token_to_id, [END_OF_TEXT, START, END])

    def plain(self, text):
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def message(self, role, text):
        return [self.start, *self.plain(role + "\n" + text), self.end, *self.plain("\n")]

    def prompt(self, question):
        return self.message("user", question) + [self.start, *self.plain("assistant\n")]

    def sample(self, texts, rng):
        """`LENGTH + 1` tokens, and whether each is the model's to say."""
        tokens, own = [], []
        plain = rng.random() < 0.1
        if not plain and rng.random() < 0.3:
            tokens = self.message("system", SYSTEM[rng.integers(len(SYSTEM))])
            own = [False] * len(tokens)
        while len(tokens) <= LENGTH:
            question, answer = texts.turn(rng)
            if plain:
                said = self.plain(answer) + [self.end_of_text]
            else:
                asked = self.prompt(question)
                tokens, own = tokens + asked, own + [False] * len(asked)
                said = self.plain(answer) + [self.end]
            tokens, own = tokens + said, own + [True] * len(said)
            if not plain:
                line = self.plain("\n")
                tokens, own = tokens + line, own + [False] * len(line)
        return tokens[: LENGTH + 1], own[: LENGTH + 1]

    def batch(self, texts, rng):
        samples = [self.sample(texts, rng) for _ in range(BATCH)]
        tokens, own = (np.array(part) for part in zip(*samples))
        return tokens[:, :-1], tokens[:, 1:], own[:, 1:]


# The network


def initial(rng):
    def normal(*shape):
        # The sum of 12 uniform numbers less 6 is close to a normal one.
        return (0.02 * (rng.random((12, *shape)).sum(0) - 6.0)).astype(np.float32)

    p = {"model.embed_tokens.weight": normal(VOCABULARY, WIDTH), "model.norm.weight": np.ones(WIDTH, np.float32)}
    for n in range(LAYERS):
        at = f"model.layers.{n}."
        for name in "qkvo":
            p[f"{at}self_attn.{name}_proj.weight"] = normal(WIDTH, WIDTH)
        p[at + "mlp.gate_proj.weight"] = normal(FEED_FORWARD, WIDTH)
        p[at + "mlp.up_proj.weight"] = normal(FEED_FORWARD, WIDTH)
        p[at + "mlp.down_proj.weight"] = normal(WIDTH, FEED_FORWARD)
        p[at + "input_layernorm.weight"] = np.ones(WIDTH, np.float32)
        p[at + "post_attention_layernorm.weight"] = np.ones(WIDTH, np.float32)
    return p


def rotary(length):
    half = WIDTH // HEADS // 2
    angles = np.arange(length)[:, None] * THETA ** (-np.arange(half) / half)
    return np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)


def rotate(x, cos, sin):
    """Turns each pair (i, i + half) of a head. With -sin it turns back."""
    a, b = np.split(x, 2, axis=-1)
    return np.concatenate([a * cos - b * sin, b * cos + a * sin], axis=-1)


def norm(x, weight):
    scale = 1.0 / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + EPSILON)
    return x * scale * weight, (x, scale)


def norm_back(d, weight, kept):
    x, scale = kept
    unit = x * scale
    dw = (d * unit).reshape(-1, x.shape[-1]).sum(0)
    d = d * weight
    return scale * (d - unit * np.mean(d * unit, axis=-1, keepdims=True)), dw


def softmax(x):
    x = np.exp(x - x.max(axis=-1, keepdims=True))
    x /= x.sum(axis=-1, keepdims=True)
    return x


def heads(x):
    return x.reshape(*x.shape[:2], HEADS, -1).transpose(0, 2, 1, 3)


def joined(x):
    return x.transpose(0, 2, 1, 3).reshape(x.shape[0], x.shape[2], -1)


def forward(p, tokens, depth=LAYERS):
    """Hidden states after `depth` layers and the last norm, and what the backward pass needs."""
    length = tokens.shape[1]
    cos, sin = rotary(length)
    future = np.triu(np.full((length, length), -np.inf, np.float32), 1)
    x, kept = p["model.embed_tokens.weight"][tokens], []
    for n in range(depth):
        at = f"model.layers.{n}."
        h, norm_1 = norm(x, p[at + "input_layernorm.weight"])
        q, k, v = (heads(h @ p[f"{at}self_attn.{name}_proj.weight"].T) for name in "qkv")
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        a = softmax(q @ k.transpose(0, 1, 3, 2) * (WIDTH // HEADS) ** -0.5 + future)
        mixed = joined(a @ v)
        x = x + mixed @ p[at + "self_attn.o_proj.weight"].T
        h2, norm_2 = norm(x, p[at + "post_attention_layernorm.weight"])
        gate, up = h2 @ p[at + "mlp.gate_proj.weight"].T, h2 @ p[at + "mlp.up_proj.weight"].T
        sigmoid = 1.0 / (1.0 + np.exp(-gate))
        x = x + (gate * sigmoid * up) @ p[at + "mlp.down_proj.weight"].T
        kept.append((h, norm_1, q, k, v, a, mixed, h2, norm_2, gate, up, sigmoid))
    x, last = norm(x, p["model.norm.weight"])
    return x, (kept, last, cos, sin)


def outer(d, x):
    """The gradient of a weight: d of its output, x its input."""
    return d.reshape(-1, d.shape[-1]).T @ x.reshape(-1, x.shape[-1])


def loss_and_gradients(p, tokens, targets, own):
    """The mean cross-entropy over the tokens that are the model's own, and its gradient."""
    x, (kept, last, cos, sin) = forward(p, tokens)
    embedding = p["model.embed_tokens.weight"]
    d = softmax(x @ embedding.T)
    right = np.take_along_axis(d, targets[..., None], -1)[..., 0]
    count = own.sum()
    loss = float(-(np.log(right + 1e-20) * own).sum() / count)
    np.put_along_axis(d, targets[..., None], (right - 1.0)[..., None], -1)
    d *= (own / count).astype(d.dtype)[..., None]
    g = {"model.embed_tokens.weight": outer(d, x)}
    d, g["model.norm.weight"] = norm_back(d @ embedding, p["model.norm.weight"], last)
    for n in reversed(range(LAYERS)):
        at = f"model.layers.{n}."
        h, norm_1, q, k, v, a, mixed, h2, norm_2, gate, up, sigmoid = kept[n]
        name = at + "mlp.down_proj.weight"
        g[name] = outer(d, gate * sigmoid * up)
        inner = d @ p[name]
        d_up = inner * gate * sigmoid
        d_gate = inner * up * sigmoid * (1.0 + gate * (1.0 - sigmoid))
        g[at + "mlp.up_proj.weight"], g[at + "mlp.gate_proj.weight"] = outer(d_up, h2), outer(d_gate, h2)
        d_h = d_up @ p[at + "mlp.up_proj.weight"] + d_gate @ p[at + "mlp.gate_proj.weight"]
        name = at + "post_attention_layernorm.weight"
        d_x, g[name] = norm_back(d_h, p[name], norm_2)
        d = d + d_x
        name = at + "self_attn.o_proj.weight"
        g[name] = outer(d, mixed)
        d_mixed = heads(d @ p[name])
        d_v = a.transpose(0, 1, 3, 2) @ d_mixed
        d_a = d_mixed @ v.transpose(0, 1, 3, 2)
        d_a = a * (d_a - (d_a * a).sum(-1, keepdims=True)) * np.float32((WIDTH // HEADS) ** -0.5)
        d_q, d_k = rotate(d_a @ k, cos, -sin), rotate(d_a.transpose(0, 1, 3, 2) @ q, cos, -sin)
        d_h = 0.0
        for part, name in (d_q, "q"), (d_k, "k"), (d_v, "v"):
            name, part = f"{at}self_attn.{name}_proj.weight", joined(part)
            g[name] = outer(part, h)
            d_h = d_h + part @ p[name]
        name = at + "input_layernorm.weight"
        d_x, g[name] = norm_back(d_h, p[name], norm_1)
        d = d + d_x
    np.add.at(g["model.embed_tokens.weight"], tokens.reshape(-1), d.reshape(-1, WIDTH))
    return loss, g


def check_gradients():
    """Finite differences in f64 against the backward pass, at a few places of each parameter."""
    rng = np.random.Generator(np.random.PCG64(1))
    p = {name: value.astype(np.float64) * (1 if value.ndim == 1 else 4) for name, value in initial(rng).items()}
    tokens = rng.integers(VOCABULARY, size=(2, 9))
    targets, own = rng.integers(VOCABULARY, size=(2, 9)), rng.random((2, 9)) < 0.7
    _, g = loss_and_gradients(p, tokens, targets, own)
    for name, value in p.items():
        for _ in range(3):
            at = tuple(rng.integers(n) for n in value.shape)
            if name == "model.embed_tokens.weight":
                at = (tokens[0, 3], at[1])
            old, step = value[at], 1e-5
            value[at] = old + step
            up, _ = loss_and_gradients(p, tokens, targets, own)
            value[at] = old - step
            down, _ = loss_and_gradients(p, tokens, targets, own)
            value[at] = old
            assert abs((up - down) / (2 * step) - g[name][at]) < 1e-6, name
    print("the gradients are right")


# Training


def train(chat, texts):
    rng = np.random.Generator(np.random.PCG64(SEED))
    p = initial(rng)
    first = {name: np.zeros_like(value) for name, value in p.items()}
    second = {name: np.zeros_like(value) for name, value in p.items()}
    began, mean = time.monotonic(), None
    for step in range(1, STEPS + 1):
        loss, g = loss_and_gradients(p, *chat.batch(texts, rng))
        size = float(np.sqrt(sum(float((value * value).sum()) for value in g.values())))
        shrink = min(1.0, CLIP / size)
        rate = RATE * min(step / WARM_UP, 0.5 * (1.0 + np.cos(np.pi * step / STEPS)) + 0.01)
        for name, value in p.items():
            gradient = g[name] * np.float32(shrink)
            first[name] += np.float32(0.1) * (gradient - first[name])
            second[name] += np.float32(0.02) * (gradient * gradient - second[name])
            moment = first[name] / np.float32(1.0 - 0.9**step)
            spread = np.sqrt(second[name] / np.float32(1.0 - 0.98**step)) + np.float32(1e-8)
            if value.ndim == 2:
                value -= np.float32(rate * DECAY) * value
            value -= np.float32(rate) * moment / spread
        mean = loss if mean is None else 0.95 * mean + 0.05 * loss
        if step % 50 == 0 or step == 1:
            print(f"step {step}: loss {mean:.4f}, {time.monotonic() - began:.0f} s", flush=True)
    return p


def bf16(value):
    """The upper half of an f32, rounded to even."""
    bits = value.astype(np.float32).view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16)


def widened(bits):
    return (bits.astype(np.uint32) << 16).view(np.float32)


# What came of it


def answer(p, chat, question, most=96):
    """The likeliest answer, token by token. Slow and simple: no cache."""
    tokens = chat.prompt(question)
    begin = len(tokens)
    while len(tokens) < begin + most:
        x, _ = forward(p, np.array([tokens]))
        token = int((x[0, -1] @ p["model.embed_tokens.weight"].T).argmax())
        if token in (chat.end, chat.end_of_text):
            break
        tokens.append(token)
    return chat.tokenizer.decode(tokens[begin:], skip_special_tokens=False)


def embedding(p, chat, text):
    """What /v1/embeddings gives: the mean hidden state after the first layer, over the prompt that a text
    makes, brought to length 1. Later layers know the next token better, and what a text is about worse."""
    x, _ = forward(p, np.array([chat.prompt(text)]), depth=1)
    mean = x[0].mean(axis=0)
    return mean / np.sqrt((mean * mean).sum())


def score(p, chat, texts, verbose):
    rows = []
    for what, pairs in texts.held_out.items():
        right = 0
        for question, wanted in pairs:
            got = answer(p, chat, question)
            right += got == wanted
            if verbose and got != wanted:
                print(f"  {question}\n    {got}")
        rows.append(f"| {what} | {right} of {len(pairs)} |")
    right = sum(answer(p, chat, f"What is {a} + {b}?") == f"{a} + {b} = {a + b}." for a, b in texts.sums)
    rows.append(f"| sums of two digits (these were trained on) | {right} of {len(texts.sums)} |")
    # Is the nearest of all questions that were trained on one about the same?
    known = [(embedding(p, chat, q), n) for n, fact in enumerate(texts.facts) for q in fact[1]]
    vectors, names = np.array([v for v, _ in known]), [n for _, n in known]
    asked = [(q, n) for n, fact in enumerate(texts.facts) for q in fact[2]]
    near = sum(names[int((vectors @ embedding(p, chat, q)).argmax())] == n for q, n in asked)
    rows.append(f"| embeddings: the nearest known question is about the same fact | {near} of {len(asked)} |")
    return "\n".join(rows)


# Files


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def root_digest(folder):
    """OpenSSF Model Signing: SHA-256 over the files' SHA-256 digests, in the order of their names."""
    files = sorted(folder.iterdir(), key=lambda path: path.name)
    return "0x" + hashlib.sha256(b"".join(hashlib.sha256(f.read_bytes()).digest() for f in files)).hexdigest()


def write_model(p, tokenizer, chat):
    OUT.mkdir(exist_ok=True)
    halves = {name: bf16(value) for name, value in p.items()}
    (OUT / "model.safetensors").write_bytes(serialize(
        {name: TensorSpec(dtype="bfloat16", shape=list(v.shape), data_ptr=v.ctypes.data, data_len=v.nbytes)
         for name, v in halves.items()}, metadata={"format": "pt"},
    ))
    tokenizer.save(str(OUT / "tokenizer.json"))
    write_json(OUT / "config.json", {
        "id": ID, "created": CREATED,
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "torch_dtype": "bfloat16",
        "vocab_size": VOCABULARY, "hidden_size": WIDTH, "intermediate_size": FEED_FORWARD,
        "num_hidden_layers": LAYERS, "num_attention_heads": HEADS, "num_key_value_heads": HEADS,
        "max_position_embeddings": CONTEXT, "rope_theta": THETA, "rms_norm_eps": EPSILON, "hidden_act": "silu",
        "attention_bias": False, "mlp_bias": False, "tie_word_embeddings": True,
        "bos_token_id": chat.end_of_text, "eos_token_id": [chat.end, chat.end_of_text],
    })
    write_json(OUT / "tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": CONTEXT, "add_bos_token": False,
        "bos_token": END_OF_TEXT, "eos_token": END, "chat_template": TEMPLATE,
    })


def read_model():
    raw = (OUT / "model.safetensors").read_bytes()
    size = int.from_bytes(raw[:8], "little")
    p = {}
    for name, at in json.loads(raw[8 : 8 + size]).items():
        if name != "__metadata__":
            begin, end = at["data_offsets"]
            bits = np.frombuffer(raw[8 + size + begin : 8 + size + end], np.uint16)
            p[name] = widened(bits).reshape(at["shape"])
    return p, Chat(Tokenizer.from_file(str(OUT / "tokenizer.json")))


ODD_TEXTS = [
    "", " ", "Hello!", "What is a receipt?", "  two  spaces", "line\n\nbreaks \n end", "it's we'll THEY'RE 'x",
    "1,000 + 12 = 3.5e-7", "naïve café — “quotes” … 🙂", "日本語のテキスト", "tab\tand\u00a0no-break", "<|im_end|>", "½ ² ٣",
    "a" * 40, "x_y-z/…!?#", "trailing   ", "\r\n", "e\u0301 combined", "Ω≈ç√∫˜µ≤",
]


def write_fixture(p, chat, texts):
    """What the Rust tests compare with: tokens, logits, an embedding, answers."""
    def ids(text):
        chat.tokenizer.encode_special_tokens = True
        return chat.plain(text)

    prompt = chat.prompt("What is a receipt?")
    x, _ = forward(p, np.array([prompt]))
    logits = x[0, -1] @ p["model.embed_tokens.weight"].T
    questions = ["What is a receipt?", "what is 3 + 4", "Hello!", "Who answers inference jobs?", "What is the capital of France?"]
    questions += [fact[2][0] for fact in texts.facts[:12]]
    FIXTURE.write_text(json.dumps({
        "digest": root_digest(OUT),
        "tokens": [{"text": text, "ids": ids(text)} for text in ODD_TEXTS + [TEMPLATE]],
        "prompt": prompt,
        "logits": [round(float(v), 4) for v in logits],
        "embedding": [round(float(v), 5) for v in embedding(p, chat, "What is a receipt?")],
        "answers": [{"question": q, "answer": answer(p, chat, q)} for q in questions],
    }, indent=1, ensure_ascii=False) + "\n")


def write_card(p, chat, texts, scores):
    card = (HERE / "card.md").read_text()
    values = {
        "parameters": f"{sum(v.size for v in p.values()):,}", "layers": LAYERS, "width": WIDTH, "heads": HEADS,
        "feed_forward": FEED_FORWARD, "vocabulary": VOCABULARY, "context": CONTEXT, "steps": STEPS, "batch": BATCH,
        "length": LENGTH, "rate": RATE, "decay": DECAY, "seed": SEED, "facts": len(texts.facts), "scores": scores,
    }
    for key, value in values.items():
        card = card.replace("{{" + key + "}}", str(value))
    assert "{{" not in card, "card.md: a value is missing"
    (OUT / "README.md").write_text(card)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--keep", action="store_true", help="keep the weights, write card and fixture")
    parser.add_argument("--score", action="store_true", help="score what is there, write nothing")
    parser.add_argument("--check-gradients", action="store_true", help="compare with finite differences")
    parser.add_argument("--ask", metavar="QUESTION", help="ask what is there")
    arguments = parser.parse_args()
    texts = Texts()
    if arguments.check_gradients:
        return check_gradients()
    if arguments.score or arguments.ask:
        p, chat = read_model()
        print(answer(p, chat, arguments.ask) if arguments.ask else score(p, chat, texts, True))
        return
    if not arguments.keep:
        tokenizer = train_tokenizer(texts.all())
        chat = Chat(tokenizer)
        write_model(train(chat, texts), tokenizer, chat)
    # Scored is what the file holds, not what was rounded to it.
    p, chat = read_model()
    scores = score(p, chat, texts, True)
    write_card(p, chat, texts, scores)
    write_fixture(p, chat, texts)
    print(scores)
    print(root_digest(OUT))


if __name__ == "__main__":
    main()
