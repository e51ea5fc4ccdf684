"""Computes the figures of src/picture/statistics a second time, with other people's code, and writes figures.tsv.

    pip install scipy statsmodels numpy
    python tests/independent/figures.py

Run by hand when a rule changes; tests/figures.rs reads the table and needs no Python. One line per figure: what, arguments, value, origin.
"""

import itertools
import math
import pathlib

import numpy
import scipy
import scipy.stats as st
import statsmodels
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

ALPHA = {"95": 0.05, "99.8": 0.002}
rows = []


def put(figure, arguments, value, origin):
    rows.append((figure, " ".join(str(a) for a in arguments), repr(float(value)), origin))


# S2: exact under ten, Byar from ten.
for level, alpha in ALPHA.items():
    z = st.norm.ppf(1 - alpha / 2)
    for n in [0, 1, 3, 5, 9]:
        put("count_low", [n, level], st.chi2.ppf(alpha / 2, 2 * n) / 2 if n else 0, "scipy.stats.chi2.ppf")
        put("count_high", [n, level], st.chi2.ppf(1 - alpha / 2, 2 * n + 2) / 2, "scipy.stats.chi2.ppf")
    for n in [10, 20, 50, 137, 2805]:
        m = n + 1
        put("count_low", [n, level], n * (1 - 1 / (9 * n) - z / (3 * math.sqrt(n))) ** 3, "Byar, scipy.stats.norm.ppf")
        put("count_high", [n, level], m * (1 - 1 / (9 * m) + z / (3 * math.sqrt(m))) ** 3, "Byar, scipy.stats.norm.ppf")

# S1: one case in 2 700 inhabitants.
put("rate", [1, 2700, 100000], 1 / 2700 * 100000, "by hand")
put("rate", [1, 2700, 1000], 1 / 2700 * 1000, "by hand")

# S3: Wilson, and Newcombe's interval of a difference.
for hits, asked in [(7, 23), (0, 18), (3, 41), (88, 212), (18, 18), (1, 2)]:
    for level, alpha in ALPHA.items():
        low, high = proportion_confint(hits, asked, alpha=alpha, method="wilson")
        put("share_low", [hits, asked, level], low, "statsmodels proportion_confint wilson")
        put("share_high", [hits, asked, level], high, "statsmodels proportion_confint wilson")
for a, n, b, m in [(60, 212, 81, 212), (7, 23, 12, 25), (0, 18, 4, 20), (300, 900, 280, 700)]:
    low, high = confint_proportions_2indep(b, m, a, n, method="newcomb", compare="diff")
    put("difference_low", [a, n, b, m], low, "statsmodels confint_proportions_2indep newcomb")
    put("difference_high", [a, n, b, m], high, "statsmodels confint_proportions_2indep newcomb")

# S6: the conditional test, doubled smaller tail; the E-test.
for a, b in [(4, 8), (6, 12), (10, 20), (16, 25), (20, 35), (0, 9), (213, 31), (1000, 1100)]:
    for share in [0.5, 0.25]:
        p = min(1, 2 * min(st.binom.cdf(b, a + b, share), st.binom.sf(b - 1, a + b, share)))
        put("c_test", [a, b, share], p, "scipy.stats.binom")
for a, m, b, n in [(0, 100, 3, 100), (4, 1, 8, 1), (6, 1, 12, 1), (10, 1, 20, 1), (16, 1, 25, 1), (20, 1, 35, 1), (30, 3, 18, 3), (12, 2750, 30, 2600), (41, 5, 15, 1), (0, 1, 9, 1), (150, 1, 190, 1)]:
    theirs = st.poisson_means_test(b, n, a, m).pvalue
    if (a, m, b, n) == (6, 1, 12, 1):
        # (0, 2) and others lie exactly as far out as (6, 12): scipy's division loses some of them by the last bit, whole numbers do not.
        xs, ys = numpy.meshgrid(numpy.arange(80), numpy.arange(80))
        far = ((ys - xs) ** 2 * (a + b) >= (b - a) ** 2 * (xs + ys)) & (xs + ys > 0)
        exact = (st.poisson.pmf(xs, 9) * st.poisson.pmf(ys, 9))[far].sum()
        assert 0 < exact - theirs < 0.002
        put("e_test", [a, m, b, n], exact, "scipy.stats.poisson over all pairs, compared in whole numbers")
    else:
        put("e_test", [a, m, b, n], theirs, "scipy.stats.poisson_means_test")

# S7: Anhøj's limits.
for n in [10, 12, 16, 20, 24, 36, 48, 60, 120]:
    put("run_limit", [n], round(math.log2(n)) + 3, "round(log2(n)) + 3")
    put("crossing_limit", [n], st.binom.ppf(0.05, n - 1, 0.5), "scipy.stats.binom.ppf")

# S9: quartiles, funnel limits.
for values in [[3, 1, 4, 1, 5, 9, 2, 6], [12.5, 7.25, 31, 18, 9.75], [752, 911, 640, 1203, 880, 1015, 590, 700, 835, 1440, 505, 777]]:
    for q in [0.25, 0.5, 0.75]:
        put("quantile", [q, *values], numpy.quantile(values, q), "numpy.quantile")
for rate, people in [(0.001, 10000), (0.0075, 2805), (0.0075, 31000), (0.08, 980000), (0.00004, 2805)]:
    for level, alpha in ALPHA.items():
        mean = rate * people
        ks = numpy.arange(0, int(mean + 20 * math.sqrt(mean) + 40))
        inside = ks[(st.poisson.cdf(ks, mean) >= alpha / 2) & (st.poisson.sf(ks - 1, mean) >= alpha / 2)]
        put("funnel_least", [rate, people, level], inside[0], "scipy.stats.poisson")
        put("funnel_most", [rate, people, level], inside[-1], "scipy.stats.poisson")

# S14: the widest interval of a mean on 0–6, with the variance that a two-point distribution on the ends really has.
for mean, n in [(2.0, 1884), (0.7, 150), (5.9, 12), (3.0, 60)]:
    ends = numpy.array([0, 6])
    weights = numpy.array([1 - mean / 6, mean / 6])
    reach = st.norm.ppf(0.975) * math.sqrt(numpy.cov(ends, aweights=weights, ddof=0) / n)
    put("index_low", [mean, n], max(0, mean - reach), "numpy.cov of the two-point distribution")
    put("index_high", [mean, n], min(6, mean + reach), "numpy.cov of the two-point distribution")

# S5: pooled rate with its interval per 100 000.
for counts, people in [((6, 7, 8), (2750, 2720, 2700)), ((1, 2, 0, 3, 1), (2800, 2780, 2750, 2720, 2700))]:
    n, total = sum(counts), sum(people)
    z = st.norm.ppf(0.975)
    low = n * (1 - 1 / (9 * n) - z / (3 * math.sqrt(n))) ** 3 if n >= 10 else st.chi2.ppf(0.025, 2 * n) / 2
    joined = list(itertools.chain(*zip(counts, people)))
    put("pooled_rate", joined, n / total * 100000, "sums of counts and populations")
    put("pooled_low", joined, low / total * 100000, "sums, scipy.stats.chi2 or Byar")

# S17: share within one step of the median.
for scores in [[1, 2, 2, 3, 5, 5], [4, 4, 4, 3, 5, 4, 2], [1, 1, 1, 5, 5, 5]]:
    put("near", scores, sum(abs(s - numpy.median(scores)) <= 1 for s in scores), "numpy.median")

head = f"# Written by figures.py with scipy {scipy.__version__}, statsmodels {statsmodels.__version__}, numpy {numpy.__version__}.\n# figure\targuments\tvalue\torigin\n"
pathlib.Path(__file__).with_suffix(".tsv").write_text(head + "".join("\t".join(r) + "\n" for r in rows), encoding="utf-8")
print(len(rows), "figures")
