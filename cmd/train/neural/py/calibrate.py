"""Fits the weights of ml.Evidence: how likely content and source of an attribution are right.

  calibrate.py GOLD.jsonl TAGGED.jsonl SCORE_PY OUT.json      TAGGED is `neural tag` of the same documents
"""
import importlib.util, json, sys
import numpy as np


def pairs(gold, pred, letters):
    """Evidence of each predicted quote, and whether content and source are right."""
    X, Y = [], []
    for i, (_, g) in gold.items():
        t = g['text']; gs = [(letters(q['content'], t), letters(q['source'], t, False)) for q in g['quotes']]; used = set()
        ps = [(letters(q['content'], t), letters(q['source'], t, False), q['evidence']) for q in pred[i][1]['quotes']]; ok = [False] * len(ps)
        for j, x, y in sorted(((len(a & b) / len(a | b), x, y) for x, (a, _) in enumerate(gs) for y, (b, _, _) in enumerate(ps) if a & b), reverse=True):
            if j < .5 or x in used or ok[y]: continue
            used.add(x); s = gs[x][1]; ok[y] = bool(s & ps[y][1]) if s else not ps[y][1]
        X += [p[2] for p in ps]; Y += ok
    return np.array(X), np.array(Y, dtype=float)


def fit(X, Y, l2=1.0, rounds=30):
    """Logistic regression by Newton's method."""
    w = np.zeros(X.shape[1])
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-X @ w)); w += np.linalg.solve((X * (p * (1 - p))[:, None]).T @ X + l2 * np.eye(len(w)), X.T @ (Y - p) - l2 * w)
    return w


def main(gold, tagged, score_py, out):
    spec = importlib.util.spec_from_file_location('score', score_py); score = importlib.util.module_from_spec(spec); spec.loader.exec_module(score)
    X, Y = pairs(score.load(gold), score.load(tagged), score.letters); fold = np.arange(len(X)) * 5 // len(X); p = np.zeros(len(X))
    for k in range(5): p[fold == k] = 1 / (1 + np.exp(-X[fold == k] @ fit(X[fold != k], Y[fold != k])))
    for t in (.3, .5, .7, .8, .9, .95): print(f'score >= {t}: {(p >= t).sum()} of {len(p)}, right {Y[p >= t].mean():.3f}')
    json.dump([round(float(v), 4) for v in fit(X, Y)], open(out, 'w'))


if __name__ == '__main__': main(*sys.argv[1:5])
