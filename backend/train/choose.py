#!/usr/bin/env python3
"""How the settings in train.py were chosen: mean cross-entropy on training rows left out in turn.

    .venv/bin/python backend/train/choose.py

Held-out rows take no part. The lowest cross-entropy wins; it prints the tables and writes nothing.
"""

import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import StratifiedKFold

import train


def cross_entropy(parameters, x, y):
    probabilities = train.forward(parameters, x)[1]
    said = probabilities.argmax(axis=1)
    return float(-np.log(probabilities[np.arange(len(y)), y]).mean()), float((said == y).mean())


def table(title, settings, measure):
    print(title)
    results = {setting: np.mean(measure(*setting), axis=0) for setting in settings}
    best = min(results, key=lambda setting: results[setting][0])
    for setting, (loss, accuracy) in results.items():
        mark = " <" if setting == best else ""
        print(f"  {setting!s:20} cross-entropy {loss:.4f}, right {100 * accuracy:.1f} %{mark}")
    return best


def main():
    data = load_breast_cancer()
    x, y = data.data, data.target
    names = [str(name) for name in data.feature_names]
    rows, _ = train.split(y)
    folds = list(StratifiedKFold(5, shuffle=True, random_state=1).split(rows, y[rows]))

    def base(epochs, decay):
        train.EPOCHS, train.DECAY = epochs, decay
        out = []
        for fit, left_out in folds:
            fit, left_out = rows[fit], rows[left_out]
            means, scales = train.moments(x[fit])
            parameters = train.train_base((x[fit] - means) / scales, y[fit])
            parameters = {name: value.astype(np.float64) for name, value in parameters.items()}
            out.append(cross_entropy(parameters, (x[left_out] - means) / scales, y[left_out]))
        return out

    best = table("base: (epochs, decay)", [(e, d) for e in (100, 300) for d in (0.01, 0.3, 1.0, 3.0)], base)
    train.EPOCHS, train.DECAY = best
    means, scales = train.moments(x[rows])
    parameters = train.train_base((x[rows] - means) / scales, y[rows])

    def clinic(epochs, rate, decay):
        train.CLINIC_EPOCHS, train.CLINIC_RATE, train.CLINIC_DECAY = epochs, rate, decay
        out = []
        for seed in range(5):
            rng = np.random.Generator(np.random.PCG64(seed))
            order = rng.permutation(rows)
            fit, left_out = order[:train.CLINIC_ROWS], order[train.CLINIC_ROWS:]
            seen = (train.clinic_view(x[fit], names, rng) - means) / scales
            unseen = (train.clinic_view(x[left_out], names, rng) - means) / scales
            adapter = train.train_adapter(parameters, seen, y[fit])
            out.append(cross_entropy(train.merge(parameters, adapter), unseen, y[left_out]))
        return out

    table(
        "fine-tune: (epochs, rate, decay)",
        [(e, r, d) for e in (100, 300) for r in (0.001, 0.003, 0.01) for d in (0.01, 1.0)],
        clinic,
    )


if __name__ == "__main__":
    main()
