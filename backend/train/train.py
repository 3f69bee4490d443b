#!/usr/bin/env python3
"""Trains the backend's two models and writes everything that is made of the data set.

    python3 -m venv .venv && .venv/bin/pip install -r backend/train/requirements.txt
    .venv/bin/python backend/train/train.py            # writes the files
    .venv/bin/python backend/train/train.py --check    # trains again, compares, writes nothing

Written, below the folder `backend/`:

    dataset/   breast_cancer.csv, README.md
    model/     model.safetensors, config.json, README.md             (the base)
    adapter/   adapter.safetensors, adapter_config.json, README.md   (the fine-tune)
    tests/fixtures/   what the Rust tests compare with

A folder's root digest is registered on chain, so a second run has to give the same bytes, on this
machine and on any other. Sums are therefore done one addend after the other, in a fixed order, and
`exp` is our own: matrix products of a BLAS and vector units round differently from one CPU to the
next, single IEEE 754 operations do not. Random numbers are integers or uniform floats of PCG64.
No network is needed: the data comes with scikit-learn.
"""

import argparse
import hashlib
import json
import pathlib
import sys
import tempfile

import numpy as np
from safetensors.numpy import save
from sklearn.datasets import load_breast_cancer
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

BACKEND = pathlib.Path(__file__).resolve().parent.parent

SEED = 20261120
# 2026-11-20T00:00:00Z: what the API says in `created`. A constant, so that a run has no clock.
CREATED = 1795132800
HELD_OUT = 0.2
HIDDEN = 16
EPOCHS = 100
RATE = 0.01
DECAY = 0.3

CLINIC_ROWS = 120
CLINIC_EPOCHS = 100
CLINIC_RATE = 0.001
CLINIC_DECAY = 0.01
RANK = 2
ALPHA = 4

BASE_ID = "breast-cancer-mlp"
CLINIC_ID = "breast-cancer-mlp-clinic"
FOLDERS = ["dataset", "model", "adapter", "tests/fixtures"]


# Arithmetic that gives the same bits everywhere


def total(rows):
    """The sum over the first axis, one addend after the other."""
    out = np.zeros(rows.shape[1:])
    for row in rows:
        out += row
    return out


def product(a, b):
    """The matrix product `a @ b`, one addend after the other."""
    out = np.zeros((a.shape[0], b.shape[1]))
    for k in range(a.shape[1]):
        out += a[:, k, None] * b[k]
    return out


def exp(x):
    """`e**x`: x = k·ln 2 + r with |r| <= ln 2 / 2, Taylor's series for r, scaling by 2**k."""
    k = np.rint(x * 1.4426950408889634)
    r = (x - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10
    series = np.ones_like(r)
    for n in range(14, 0, -1):
        series = 1.0 + series * r / n
    return np.ldexp(series, k.astype(np.int64))


def softmax(logits):
    """Probabilities by row."""
    powers = exp(logits - logits.max(axis=1, keepdims=True))
    return powers / (powers[:, :1] + powers[:, 1:])


# The network: linear, ReLU, linear, softmax


def forward(parameters, x):
    """Returns the hidden layer and the probabilities."""
    hidden = np.maximum(product(x, parameters["layers.0.weight"].T) + parameters["layers.0.bias"], 0.0)
    return hidden, softmax(product(hidden, parameters["layers.1.weight"].T) + parameters["layers.1.bias"])


def gradients(parameters, x, y):
    """The gradient of the mean cross-entropy, by parameter."""
    hidden, probabilities = forward(parameters, x)
    at_logits = (probabilities - np.eye(2)[y]) / len(x)
    at_hidden = product(at_logits, parameters["layers.1.weight"]) * (hidden > 0.0)
    return {
        "layers.0.weight": product(at_hidden.T, x),
        "layers.0.bias": total(at_hidden),
        "layers.1.weight": product(at_logits.T, hidden),
        "layers.1.bias": total(at_logits),
    }


class AdamW:
    """Adam with decoupled weight decay; `decayed` names what is pulled towards its start value."""

    def __init__(self, parameters, decayed, rate, decay):
        self.rate, self.decay = rate, decay
        self.start = {name: parameters[name].copy() for name in decayed}
        self.first = {name: np.zeros_like(value) for name, value in parameters.items()}
        self.second = {name: np.zeros_like(value) for name, value in parameters.items()}
        self.power_1 = self.power_2 = 1.0

    def step(self, parameters, gradient, towards_zero):
        self.power_1 *= 0.9
        self.power_2 *= 0.999
        for name, value in parameters.items():
            g = gradient[name]
            self.first[name] = 0.9 * self.first[name] + 0.1 * g
            self.second[name] = 0.999 * self.second[name] + 0.001 * (g * g)
            first = self.first[name] / (1.0 - self.power_1)
            second = self.second[name] / (1.0 - self.power_2)
            if name in self.start:
                target = 0.0 if towards_zero else self.start[name]
                value -= self.rate * self.decay * (value - target)
            value -= self.rate * first / (np.sqrt(second) + 1e-8)


def uniform(rng, inputs, shape):
    """He's initialisation for ReLU, in its uniform form."""
    bound = np.sqrt(6.0 / inputs)
    return (rng.random(shape) * 2.0 - 1.0) * bound


def train_base(x, y):
    """Full-batch training of the base, rounded to f32: what the file holds."""
    rng = np.random.Generator(np.random.PCG64(SEED))
    parameters = {
        "layers.0.weight": uniform(rng, x.shape[1], (HIDDEN, x.shape[1])),
        "layers.0.bias": np.zeros(HIDDEN),
        "layers.1.weight": uniform(rng, HIDDEN, (2, HIDDEN)),
        "layers.1.bias": np.zeros(2),
    }
    optimizer = AdamW(parameters, ["layers.0.weight", "layers.1.weight"], RATE, DECAY)
    for _ in range(EPOCHS):
        optimizer.step(parameters, gradients(parameters, x, y), towards_zero=True)
    return {name: value.astype(np.float32) for name, value in parameters.items()}


def merge(base, adapter):
    """The base with the adapter in it, in f64. The server does the same."""
    merged = {name: value.astype(np.float64) for name, value in base.items()}
    a = adapter["layers.0.lora_A"].astype(np.float64)
    b = adapter["layers.0.lora_B"].astype(np.float64)
    merged["layers.0.weight"] = merged["layers.0.weight"] + ALPHA / RANK * product(b, a)
    for name in ["layers.1.weight", "layers.1.bias"]:
        merged[name] = adapter[name].astype(np.float64)
    return merged


def train_adapter(base, x, y):
    """Fine-tunes a low-rank delta of the first layer and the whole last layer on `x`."""
    rng = np.random.Generator(np.random.PCG64(SEED + 1))
    adapter = {
        "layers.0.lora_A": uniform(rng, x.shape[1], (RANK, x.shape[1])),
        "layers.0.lora_B": np.zeros((HIDDEN, RANK)),
        "layers.1.weight": base["layers.1.weight"].astype(np.float64),
        "layers.1.bias": base["layers.1.bias"].astype(np.float64),
    }
    optimizer = AdamW(
        adapter, ["layers.0.lora_A", "layers.0.lora_B", "layers.1.weight"], CLINIC_RATE, CLINIC_DECAY
    )
    for _ in range(CLINIC_EPOCHS):
        full = gradients(merge(base, adapter), x, y)
        at_delta = full["layers.0.weight"] * (ALPHA / RANK)
        gradient = {
            "layers.0.lora_A": product(adapter["layers.0.lora_B"].T, at_delta),
            "layers.0.lora_B": product(at_delta, adapter["layers.0.lora_A"].T),
            "layers.1.weight": full["layers.1.weight"],
            "layers.1.bias": full["layers.1.bias"],
        }
        optimizer.step(adapter, gradient, towards_zero=False)
    return {name: value.astype(np.float32) for name, value in adapter.items()}


# The clinic: the same kind of samples, seen through another instrument


def clinic_view(x, names, rng):
    """What the clinic's instrument would have measured: miscalibrated gains and noise.

    It magnifies too much, so that lengths are 10 % too large and areas the square of that; it takes
    texture for a fifth and smoothness for a tenth more than it is. Each value has an error of about
    3 %.
    """
    gains = {"radius": 1.10, "perimeter": 1.10, "area": 1.21, "texture": 1.20, "smoothness": 1.10}
    measure = [name.removeprefix("mean ").removeprefix("worst ").removesuffix(" error") for name in names]
    gain = np.array([gains.get(m, 1.0) for m in measure])
    # The sum of 12 uniform numbers less 6 is close to a normal one, and needs no logarithm.
    noise = total(rng.random((12,) + x.shape)) - 6.0
    return np.round(x * gain * (1.0 + 0.03 * noise), 6)


# Data


def split(y):
    """The numbers of the rows for training and of those held out, each in ascending order."""
    train, test = train_test_split(np.arange(len(y)), test_size=HELD_OUT, random_state=SEED, stratify=y)
    return np.sort(train), np.sort(test)


def moments(x):
    """Mean and standard deviation of each feature."""
    means = total(x) / len(x)
    return means, np.sqrt(total((x - means) ** 2) / len(x))


# Files


def root_digest(folder):
    """OpenSSF Model Signing: SHA-256 over the files' SHA-256 digests, in the order of their names."""
    digests = b"".join(
        hashlib.sha256(path.read_bytes()).digest()
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
    )
    return "0x" + hashlib.sha256(digests).hexdigest()


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2) + "\n")


def csv(header, rows, classes):
    lines = [",".join(header + ["class"])]
    lines += [",".join([repr(float(v)) for v in row] + [c]) for row, c in zip(rows, classes)]
    return "\n".join(lines) + "\n"


class Score:
    """How a model does on a set of rows."""

    def __init__(self, probabilities, y):
        said = (probabilities[:, 1] > probabilities[:, 0]).astype(int)
        self.rows = len(y)
        self.right = int((said == y).sum())
        self.malignant = int((y == 0).sum())
        self.malignant_found = int(((y == 0) & (said == 0)).sum())
        self.benign = int((y == 1).sum())
        self.benign_found = int(((y == 1) & (said == 1)).sum())
        self.auc = float(roc_auc_score(y, probabilities[:, 1]))

    def accuracy(self):
        return f"{self.right} of {self.rows} ({100 * self.right / self.rows:.1f} %)"

    def row(self, what):
        return (
            f"| {what} | {self.accuracy()} | {self.malignant_found} of {self.malignant} |"
            f" {self.benign_found} of {self.benign} | {self.auc:.3f} |"
        )

    def json(self):
        return {"rows": self.rows, "right": self.right}


TABLE = "| rows | right | malignant found | benign found | ROC AUC |\n|---|---|---|---|---|"


def template(name, **values):
    """A text of `train/cards/`, with `{{name}}` replaced."""
    text = (BACKEND / "train/cards" / name).read_text()
    for key, value in values.items():
        text = text.replace("{{" + key + "}}", str(value))
    assert "{{" not in text, f"{name}: a value is missing"
    return text


def build(out):
    """Trains, and writes all files below `out`."""
    for folder in FOLDERS:
        (out / folder).mkdir(parents=True, exist_ok=True)
    data = load_breast_cancer()
    names = [str(name) for name in data.feature_names]
    classes = [str(name) for name in data.target_names]
    x, y = data.data, data.target
    labels = [classes[c] for c in y]

    # The data set, as it comes with scikit-learn.
    (out / "dataset/breast_cancer.csv").write_text(csv(names, x, labels))
    (out / "dataset/README.md").write_text(
        template("dataset.md", rows=len(y), malignant=int((y == 0).sum()), benign=int((y == 1).sum()))
    )

    # The base.
    train, test = split(y)
    means, scales = moments(x[train])

    def standard(rows):
        return (rows - means) / scales

    base = train_base(standard(x[train]), y[train])
    base_64 = {name: value.astype(np.float64) for name, value in base.items()}

    def score(parameters, rows, truth):
        return Score(forward(parameters, standard(rows))[1], truth)

    on_train, on_test = score(base_64, x[train], y[train]), score(base_64, x[test], y[test])
    (out / "model/model.safetensors").write_bytes(save(base))
    write_json(out / "model/config.json", {
        "id": BASE_ID,
        "created": CREATED,
        "architecture": "mlp",
        "activation": "relu",
        "layer_sizes": [len(names), HIDDEN, 2],
        "classes": classes,
        "feature_names": names,
        "means": means.tolist(),
        "scales": scales.tolist(),
    })
    parameters = sum(value.size for value in base.values())
    (out / "model/README.md").write_text(template(
        "model.md", parameters=parameters, hidden=HIDDEN, epochs=EPOCHS, rate=RATE, decay=DECAY, seed=SEED,
        train_rows=len(train), test_rows=len(test), accuracy=on_test.accuracy(),
        missed=on_test.malignant - on_test.malignant_found, malignant=on_test.malignant,
        table="\n".join([TABLE, on_test.row("held out"), on_train.row("trained on")]),
        dataset=root_digest(out / "dataset"),
    ))
    base_digest = root_digest(out / "model")

    # The fine-tune. Its rows come from those the base was trained on, so that no model has ever seen
    # a held-out row, through whatever instrument.
    rng = np.random.Generator(np.random.PCG64(SEED + 2))
    clinic = np.sort(rng.permutation(train)[:CLINIC_ROWS])
    clinic_x = clinic_view(x[clinic], names, rng)
    clinic_test_x = clinic_view(x[test], names, rng)
    adapter = train_adapter(base, standard(clinic_x), y[clinic])
    merged = merge(base, adapter)
    clinic_test = score(merged, clinic_test_x, y[test])
    base_on_clinic = score(base_64, clinic_test_x, y[test])
    (out / "adapter/adapter.safetensors").write_bytes(save(adapter))
    write_json(out / "adapter/adapter_config.json", {
        "id": CLINIC_ID,
        "created": CREATED,
        "base_model": BASE_ID,
        "base_digest": base_digest,
        "r": RANK,
        "lora_alpha": ALPHA,
        "target_modules": ["layers.0"],
        "modules_to_save": ["layers.1"],
    })
    (out / "adapter/README.md").write_text(template(
        "adapter.md", parameters=sum(value.size for value in adapter.values()), rank=RANK, alpha=ALPHA,
        base_digest=base_digest, epochs=CLINIC_EPOCHS, rate=CLINIC_RATE, decay=CLINIC_DECAY, rows=len(clinic), accuracy=clinic_test.accuracy(),
        base_accuracy=base_on_clinic.accuracy(), train_rows=len(train),
        table="\n".join([
            TABLE.replace("| rows |", "| model, held-out rows |"),
            base_on_clinic.row("base, clinic's instrument"),
            clinic_test.row("fine-tune, clinic's instrument"),
            on_test.row("base, as in the data set"),
            score(merged, x[test], y[test]).row("fine-tune, as in the data set"),
        ]),
    ))

    # What the Rust tests compare with.
    fixtures = out / "tests/fixtures"
    (fixtures / "clinic_held_out.csv").write_text(csv(names, clinic_test_x, [labels[i] for i in test]))
    write_json(fixtures / "held_out.json", {
        "rows": test.tolist(), "base": on_test.json(), "clinic": clinic_test.json(),
        "base_on_clinic": base_on_clinic.json(),
    })
    # Two of each class from either instrument, and two made-up inputs far away from all data.
    inputs = [x[i] for i in test[y[test] == 0][:2]] + [x[i] for i in test[y[test] == 1][:2]]
    inputs += list(clinic_test_x[y[test] == 0][:2]) + list(clinic_test_x[y[test] == 1][:2])
    inputs += [means + 0.5 * scales, np.zeros(len(names))]
    inputs = np.array(inputs)
    write_json(fixtures / "expected.json", [
        {"input": row.tolist(), "base": p.tolist(), "clinic": q.tolist()}
        for row, p, q in zip(
            inputs, forward(base_64, standard(inputs))[1], forward(merged, standard(inputs))[1]
        )
    ])
    digests = {name: root_digest(out / name) for name in ["dataset", "model", "adapter"]}
    write_json(fixtures / "digests.json", digests)
    return digests, on_test, base_on_clinic, clinic_test


def different(ours, theirs):
    """Names of the files that differ, or that only one side has."""
    def files(top):
        return {
            f"{folder}/{path.name}": path.read_bytes()
            for folder in FOLDERS if (top / folder).is_dir() for path in (top / folder).iterdir()
        }
    a, b = files(ours), files(theirs)
    return sorted(name for name in a.keys() | b.keys() if a.get(name) != b.get(name))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true",
                        help="train into a temporary folder, compare with the files here, write nothing")
    parser.add_argument("--out", type=pathlib.Path, default=BACKEND, help="where to write; default: backend/")
    arguments = parser.parse_args()
    if arguments.check:
        with tempfile.TemporaryDirectory() as folder:
            build(pathlib.Path(folder))
            names = different(pathlib.Path(folder), arguments.out)
        if names:
            sys.exit("different: " + ", ".join(names))
        print("all files are the same, bit for bit")
        return
    digests, base, base_on_clinic, clinic = build(arguments.out)
    print("base, held out:                       ", base.accuracy())
    print("base, held out, clinic's instrument:  ", base_on_clinic.accuracy())
    print("clinic, held out, clinic's instrument:", clinic.accuracy())
    for name, digest in digests.items():
        print(f"{digest}  {name}/")


if __name__ == "__main__":
    main()
