"""Writes what test/runtime/evaluation/agreement.test.ts holds netc's metrics to: python fixtures.py FOLDER.

scores.json  pixels with their probabilities (float32 numbers) and classes, and scikit-learn's figures of them
edges.json   pairs of small masks, and the 95th percentile of their surface distances by scipy
classes.json pixels of several classes, with figures of each class against the rest
"""

import json
import os
import sys
import warnings

import numpy as np
from scipy.ndimage import binary_erosion, distance_transform_edt
from sklearn import metrics
from sklearn.calibration import calibration_curve

random = np.random.default_rng(6)
bins = 15


def rounded(values):
    """As float32 numbers, which is what networks answer in."""
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def expected_calibration_error(target, probability):
    frequency, confidence = calibration_curve(target, probability, n_bins=bins)
    which = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], probability)
    counts = np.bincount(which, minlength=bins)
    return float(np.sum(counts[counts > 0] * np.abs(frequency - confidence)) / len(target))


def at_threshold(target, predicted):
    """The shares of counts: none where what scikit-learn answers hangs on what 0/0 is to count as."""
    zero, one = (counted(target, predicted, zero_division) for zero_division in (0, 1))
    return {name: zero[name] if zero[name] == one[name] else None for name in zero}


def counted(target, predicted, zero_division):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        given = {"zero_division": zero_division}
        return {
            "ac": metrics.accuracy_score(target, predicted),
            "se": metrics.recall_score(target, predicted, **given),
            "sp": metrics.recall_score(target, predicted, pos_label=0, **given),
            "precision": metrics.precision_score(target, predicted, **given),
            "f1": metrics.f1_score(target, predicted, **given),
            "jaccard": metrics.jaccard_score(target, predicted, **given),
        }


def ranking(target, probability):
    one_class = target.min() == target.max()
    return {
        "rocAuc": None if one_class else metrics.roc_auc_score(target, probability),
        "prAuc": None if one_class else metrics.average_precision_score(target, probability),
        "ece": expected_calibration_error(target, probability),
    }


def best_threshold(target, probability):
    """The F1 of every distinct probability as a threshold: the greatest."""
    return max(
        metrics.f1_score(target, probability >= t, zero_division=0) for t in np.unique(probability)
    )


def scores():
    def case(name, target, probability, threshold=0.5):
        target = np.asarray(target)
        probability = rounded(probability)
        figures = {**at_threshold(target, probability >= threshold), **ranking(target, probability)}
        best = best_threshold(target, probability) if 0 < target.sum() < len(target) else None
        return {
            "name": name,
            "target": target.tolist(),
            "probabilities": probability.tolist(),
            "threshold": threshold,
            "figures": figures,
            "figuresOne": {**figures, **counted(target, probability >= threshold, 1)},
            "bestF1": best,
        }

    target = random.random(400) < 0.2
    logits = random.normal(size=400) + 2 * target - 1
    probability = 1 / (1 + np.exp(-logits))
    return [
        case("a network's probabilities", target.astype(int), probability),
        case("another threshold", target.astype(int), probability, 0.25),
        case("many ties", target.astype(int), np.round(probability * 8) / 8),
        case("one probability for all", [0, 1, 1, 0, 0], [0.5] * 5),
        case("the wrong way round", target.astype(int), 1 - probability),
        case("only zeros and ones", target.astype(int), probability > 0.4),
        case("the edges of the bins", [0, 1, 0, 1, 1], [0, 1, 0.2, 0.4, 1 / 3]),
        case("no foreground", [0] * 6, [0.1, 0.2, 0.7, 0.3, 0.5, 0.9]),
        case("nothing but foreground", [1] * 6, [0.1, 0.2, 0.7, 0.3, 0.5, 0.9]),
        case("nothing found", [1, 0, 1, 0], [0.4, 0.3, 0.1, 0.2]),
        case("nothing to find, nothing found", [0] * 4, [0.4, 0.3, 0.1, 0.2]),
        case("all found, no background", [1] * 4, [0.6, 0.7, 0.9, 0.8]),
    ]


def surface(mask):
    return mask & ~binary_erosion(mask)


def edges():
    def case(name, drawn, predicted):
        a, b = surface(drawn), surface(predicted)
        distances = np.concatenate([distance_transform_edt(~b)[a], distance_transform_edt(~a)[b]])
        return {
            "name": name,
            "height": drawn.shape[0],
            "width": drawn.shape[1],
            "drawn": drawn.astype(int).ravel().tolist(),
            "predicted": predicted.astype(int).ravel().tolist(),
            "toPredicted": (distance_transform_edt(~b) ** 2).round().astype(int).ravel().tolist(),
            "hd95": float(np.percentile(distances, 95)),
        }

    def disc(y, x, radius, shape=(24, 31)):
        rows, columns = np.indices(shape)
        return (rows - y) ** 2 + (columns - x) ** 2 <= radius**2

    noise = random.random((20, 17)) < 0.15
    pixel = np.zeros((9, 12), bool)
    pixel[2, 3] = True
    other = np.zeros((9, 12), bool)
    other[7, 11] = True
    return [
        case("discs apart", disc(10, 9, 6), disc(13, 20, 5)),
        case("discs within each other", disc(12, 15, 9), disc(12, 15, 4)),
        case("a disc cut by the image's edge", disc(0, 15, 9), disc(12, 28, 8)),
        case("the same", disc(12, 15, 7), disc(12, 15, 7)),
        case("a stray pixel", disc(8, 8, 5), disc(8, 8, 5) | disc(22, 29, 0)),
        case("two pixels", pixel, other),
        case("noise", noise, random.random((20, 17)) < 0.1),
        case("all against one", np.ones((9, 12), bool), pixel),
    ]


def classes():
    count = 3
    target = random.integers(0, count, 300)
    scores = random.normal(size=(300, count))
    scores[np.arange(300), target] += 1.2
    share = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    share = rounded(share)
    predicted = share.argmax(axis=1)
    return {
        "target": target.tolist(),
        "probabilities": share.ravel().tolist(),
        "confusion": metrics.confusion_matrix(target, predicted).tolist(),
        "classes": [
            {
                **at_threshold((target == k).astype(int), (predicted == k).astype(int)),
                **ranking((target == k).astype(int), share[:, k]),
            }
            for k in range(1, count)
        ],
    }


if __name__ == "__main__":
    for name, content in {"scores": scores(), "edges": edges(), "classes": classes()}.items():
        with open(os.path.join(sys.argv[1], f"{name}.json"), "w") as file:
            json.dump(content, file, separators=(",", ":"))
            file.write("\n")
