"""Writes scipy-vectors.json, what SciPy answers. By hand: python3 test/statistics/scipy-vectors.py"""

import json
import pathlib
from itertools import combinations

import numpy as np
import scipy
from scipy import special, stats

rng = np.random.default_rng(7)


def clean(values, digits=6):
    return [float(f"{x:.{digits}g}") for x in values]


normal = [
    {"z": z, "below": stats.norm.cdf(z), "beyond": 2 * stats.norm.sf(abs(z))}
    for z in [-37.5, -25, -8.5, -3, -1.96, -1, -1e-8, 0, 0.5, 1.2, 2.5758, 6, 12, 37]
]
normal_quantile = [
    {"share": s, "z": stats.norm.ppf(s)}
    for s in [1e-300, 1e-100, 1e-20, 1e-9, 1e-4, 0.025, 0.3, 0.5, 0.500001, 0.8, 0.975, 0.9995, 1 - 1e-9]
]
student = [
    {"t": t, "degrees": d, "beyond": 2 * stats.t.sf(t, d)}
    for d in [1, 1.7, 2, 5, 30.4, 100, 1234.5, 99998]
    for t in [0.01, 0.7, 2, 5, 25]
]
student_quantile = [
    {"share": s, "degrees": d, "t": stats.t.ppf(s, d)}
    for d in [1, 2.5, 9, 40, 3000] for s in [0.005, 0.3, 0.9, 0.975, 0.9999]
]
beta = [
    {"x": x, "a": a, "b": b, "below": special.betainc(a, b, x)}
    for a, b in [(0.5, 0.5), (1, 3), (2.5, 40), (100, 3), (5000, 5000), (47500, 2501)]
    for x in [0.001, 0.1, 0.5, 0.9, 0.95, 0.999]
]
beta_quantile = [
    {"share": s, "a": a, "b": b, "x": special.betaincinv(a, b, s)}
    for a, b in [(0.5, 0.5), (1, 3), (2.5, 40), (100, 3), (5000, 5000)]
    for s in [0.001, 0.025, 0.5, 0.975]
]
log_gamma = [{"x": x, "value": special.gammaln(x)} for x in [1e-5, 0.5, 1, 1.5, 2, 3.7, 14.9, 15, 100.5, 1e5, 1e9]]
gamma_beyond = [
    {"a": a, "x": x, "share": special.gammaincc(a, x)} for a in [0.5, 1, 4.5, 50] for x in [0.01, 0.6, 3, 20, 80, 300]
]

shares = []
for hits, n in [(0, 1), (1, 1), (0, 10), (3, 10), (10, 10), (37, 411), (1, 1000), (24900, 50000)]:
    test = stats.binomtest(hits, n)
    for level in [0.9, 0.95, 0.99]:
        w, c = (test.proportion_ci(level, method=m) for m in ["wilson", "exact"])
        shares.append({"hits": hits, "n": n, "level": level, "wilson": [w.low, w.high], "exact": [c.low, c.high]})
binomial = [
    {"hits": h, "n": n, "chance": c, "p": stats.binomtest(h, n, c).pvalue}
    for h, n, c in [(0, 1, .5), (0, 10, .5), (3, 10, .5), (5, 10, .5), (9, 12, .3), (1, 40, .2), (20, 40, .2),
                    (0, 300, .01), (520, 1000, .5), (40, 100, .5), (25300, 50000, .5), (199, 200, .9)]
]
tables = [
    (0, 5, 5, 5), (3, 10, 8, 10), (1, 10, 11, 14), (0, 12, 0, 9), (12, 12, 9, 9), (2, 1000, 13, 900), (40, 100, 60, 100),
    (5, 6, 1, 30), (7, 2000, 9, 40), (1, 50000, 12, 50000), (450, 5000, 520, 5000), (0, 3, 1, 3), (30, 50, 3, 50),
]
fisher = [
    {"table": [a, m, b, n], "p": stats.fisher_exact([[a, m - a], [b, n - b]])[1]} for a, m, b, n in tables
]
two_proportions = [
    {"table": [a, m, b, n], "p": stats.chi2_contingency([[a, m - a], [b, n - b]], correction=False)[1]}
    for a, m, b, n in tables if 0 < a + b < m + n
]
mcnemar = [{"onlyA": a, "onlyB": b, "p": stats.binomtest(a, a + b).pvalue}
           for a, b in [(0, 1), (3, 9), (10, 10), (1, 14), (120, 170)]]

pairs_of_samples = [
    (clean(rng.normal(0, 1, m)), clean(rng.normal(shift, spread, n)))
    for m, n, shift, spread in [(4, 5, 0, 1), (7, 7, 1, 1), (12, 20, 0.6, 3), (25, 25, 1, 1), (40, 60, 0.3, 2)]
] + [
    ([1.0, 2, 2, 3, 5], [2.0, 3, 3, 4, 4, 5]),
    (list(map(float, rng.integers(1, 6, 60))), list(map(float, rng.integers(2, 6, 45)))),
    (clean(1e6 + rng.normal(0, 1e-1, 15), 13), clean(1e6 + rng.normal(0.1, 1e-1, 15), 13)),
    (clean(np.exp(rng.normal(0, 1, 80))), clean(np.exp(rng.normal(0.4, 1, 70)))),
]


def t_statistic(x, y, axis=-1):
    n, m = x.shape[axis], y.shape[axis]
    error = np.sqrt(x.var(axis=axis, ddof=1) / n + y.var(axis=axis, ddof=1) / m)
    return (y.mean(axis=axis) - x.mean(axis=axis)) / error


def rank_sum(x, y, axis=-1):
    ranks = stats.rankdata(np.concatenate([x, y], axis=axis), axis=axis)
    return np.take(ranks, range(x.shape[axis], ranks.shape[axis]), axis=axis).sum(axis=axis)


def all_divisions(statistic, a, b):
    return stats.permutation_test((a, b), statistic, n_resamples=np.inf, vectorized=True)


def exact_mann_whitney(a, b):
    """SciPy's exact method knows no ties; its permutation test does, of few values."""
    if len(set(a + b)) == len(a) + len(b):
        return stats.mannwhitneyu(b, a, method="exact").pvalue
    return all_divisions(rank_sum, a, b).pvalue


two_samples = []
for a, b in pairs_of_samples:
    w = stats.ttest_ind(b, a, equal_var=False)
    ci = w.confidence_interval(0.95)
    exact = len(a) + len(b) <= 50
    u = stats.mannwhitneyu(b, a, method="asymptotic")
    row = {
        "a": a, "b": b,
        "welch": {"t": w.statistic, "degrees": w.df, "p": w.pvalue, "interval": [ci.low, ci.high]},
        "mannWhitney": {"p": exact_mann_whitney(a, b) if exact else u.pvalue, "isExact": exact,
                        "effect": 2 * u.statistic / (len(a) * len(b)) - 1},
    }
    if special.comb(len(a) + len(b), len(a)) <= 200_000:
        null = np.abs(all_divisions(t_statistic, a, b).null_distribution)
        seen = abs(t_statistic(np.array(a), np.array(b)))
        row["permutation"] = float(np.mean(null >= seen * (1 - 1e-10)))
    two_samples.append(row)


def exact_wilcoxon(d):
    """All signs, over shared ranks: what SciPy's exact method is without ties."""
    d = np.array([x for x in d if x != 0])
    ranks = stats.rankdata(np.abs(d))
    sums = np.zeros(1)
    for rank in ranks:
        sums = np.concatenate([sums, sums + rank])
    seen = ranks[d > 0].sum()
    return float(min(1, 2 * min(np.mean(sums <= seen + 1e-9), np.mean(sums >= seen - 1e-9))))


def sign_flip(d):
    d = np.array([x for x in d if x != 0])
    sums = np.zeros(1)
    for x in d:
        sums = np.concatenate([sums + x, sums - x])
    return float(np.mean(np.abs(sums) >= abs(d.sum()) * (1 - 1e-10)))


signed = []
for d in [
    clean(rng.normal(0.3, 1, 6)), clean(rng.normal(0.8, 1, 14)), clean(rng.normal(0.4, 1, 48)),
    clean(rng.normal(0.2, 1, 90)), [1.0, -1, 2, 2, 0, 3, -2, 1, 0], list(map(float, rng.integers(-2, 4, 80))),
]:
    told = [x for x in d if x != 0]
    tied = len(set(map(abs, told))) < len(told)
    exact = len(told) <= 50
    if not exact:
        p = stats.wilcoxon(d, zero_method="wilcox", correction=True, method="asymptotic").pvalue
    else:
        p = exact_wilcoxon(d) if tied else stats.wilcoxon(d, method="exact").pvalue
    row = {"differences": d, "p": p, "isExact": exact}
    if len(told) <= 16:
        row["signFlip"] = sign_flip(d)
    signed.append(row)

bootstraps = []
for n in [12, 40, 150]:
    x = clean(np.exp(rng.normal(0, 0.8, n)))
    ci = stats.bootstrap((x,), np.mean, n_resamples=40_000, method="percentile", random_state=1).confidence_interval
    bootstraps.append({"values": x, "interval": [ci.low, ci.high]})
difference_bootstraps = []
for m, n in [(15, 25), (60, 40)]:
    a, b = clean(np.exp(rng.normal(0, 0.8, m))), clean(np.exp(rng.normal(0.5, 1, n)))
    ci = stats.bootstrap((a, b), lambda a, b, axis: b.mean(axis=axis) - a.mean(axis=axis), n_resamples=40_000,
                         method="percentile", random_state=1).confidence_interval
    difference_bootstraps.append({"a": a, "b": b, "interval": [ci.low, ci.high]})
percentile_bootstraps = []
for n, percentile in [(30, 50), (101, 50), (250, 95)]:
    x = clean(np.exp(rng.normal(0, 0.8, n)))
    ci = stats.bootstrap((x,), lambda x, axis: np.percentile(x, percentile, axis=axis, method="inverted_cdf"),
                         n_resamples=40_000, method="percentile", random_state=1).confidence_interval
    percentile_bootstraps.append({"values": x, "percentile": percentile, "interval": [ci.low, ci.high]})

out = {
    "scipy": scipy.__version__, "numpy": np.__version__,
    "normal": normal, "normalQuantile": normal_quantile, "student": student, "studentQuantile": student_quantile,
    "beta": beta, "betaQuantile": beta_quantile, "logGamma": log_gamma, "gammaBeyond": gamma_beyond,
    "shares": shares, "binomial": binomial, "fisher": fisher, "twoProportions": two_proportions, "mcNemar": mcnemar,
    "twoSamples": two_samples, "signed": signed, "bootstraps": bootstraps,
    "differenceBootstraps": difference_bootstraps, "percentileBootstraps": percentile_bootstraps,
}
path = pathlib.Path(__file__).with_name("scipy-vectors.json")
path.write_text(json.dumps(out, indent=None, separators=(",", ":"), default=float).replace('],"', '],\n"') + "\n")
print(path.stat().st_size, "bytes")
