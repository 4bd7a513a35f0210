"""Writes test/fixtures/statistics/cases.json: the figures that scipy and statsmodels give for small cases.

python3 -m venv /tmp/statistics && /tmp/statistics/bin/pip install scipy==1.17.1 statsmodels==0.15.0
/tmp/statistics/bin/python bench/peers/statistics/reference.py
"""
import json
import pathlib

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests

random = np.random.default_rng(20)


def wilcoxon(differences, method):
    d = np.asarray(differences, dtype=float)
    result = stats.wilcoxon(d, zero_method="wilcox", correction=False, method=method)
    return {
        "differences": d.tolist(),
        "method": {"exact": "exact", "asymptotic": "normal"}[method],
        "statistic": float(result.statistic),
        "p": float(result.pvalue),
    }


def bootstrap(values):
    result = stats.bootstrap(
        (values,), np.mean, n_resamples=200_000, method="percentile", random_state=random
    )
    low, high = result.confidence_interval
    return {"values": values.tolist(), "low": float(low), "high": float(high)}


distinct = lambda n, shift: random.normal(shift, 1, n).round(6)
tied = lambda n, shift: random.normal(shift, 1, n).round(1)
holm = lambda p: {"values": p, "adjusted": multipletests(p, method="holm")[1].tolist()}
cases = {
    "wilcoxon": [
        wilcoxon([0.4], "exact"),
        wilcoxon([1, -2, 3, 4, 5], "exact"),
        wilcoxon(distinct(4, 0.5), "exact"),
        wilcoxon(distinct(20, 0.6), "exact"),
        wilcoxon(distinct(50, 0.2), "exact"),
        wilcoxon(distinct(51, 0.2), "asymptotic"),
        wilcoxon(tied(20, 0.4), "asymptotic"),
        wilcoxon([0, 0, 0.1, -0.1, 0.3, 0.2, 0.2], "asymptotic"),
        wilcoxon(distinct(120, 1.0), "asymptotic"),
        wilcoxon(tied(79, -0.1), "asymptotic"),
    ],
    "holm": [
        holm([0.01, 0.04, 0.03, 0.005]),
        holm([0.5, 0.9, 0.02, 0.02, 0.3, 1.0]),
        holm([0.2]),
    ],
    "bootstrap": [bootstrap(random.normal(0.8, 0.05, n).round(6)) for n in (5, 20, 79)],
    "moments": [
        {
            "values": v.tolist(),
            "mean": float(np.mean(v)),
            "spread": float(np.std(v, ddof=1)),
            "quantiles": {str(q): float(np.quantile(v, q)) for q in (0.025, 0.5, 0.9, 1.0)},
        }
        for v in (distinct(3, 1), distinct(8, 0))
    ],
    "tail": [{"z": z, "p": float(stats.norm.sf(z))} for z in (0.0, 0.1, 1.0, 2.9, 3.0, 4.5, 8.0)],
}
path = pathlib.Path(__file__).parents[3] / "test/fixtures/statistics/cases.json"
path.write_text(json.dumps(cases, indent=1) + "\n")
