"""Chooses what the classes are raised by and the scores' line for a trained network, on directed.dev: calibrate.py WORK NAME

Rare classes have 27 and 41 examples there, so the raises are the mean over resamples of it, and the figure to believe is that of
raises chosen on one half and scored on the other.
"""
import json, os, sys
import numpy as np
from encoder import decided, figures


def bagged(lp, y, rng, times=24):
    return np.mean([decided(lp[i], y[i]) for i in (rng.integers(0, len(y), len(y)) for _ in range(times))], 0)


def platt(lp, y, r):
    """Slope and offset of the log-odds that an answer other than "neither" is right."""
    k = (lp + r).argmax(1); m = k > 0; p = np.clip(np.exp(lp[m, k[m]]), 1e-6, 1 - 1e-6); x, t = np.log(p / (1 - p)), (y[m] == k[m]).astype(float); a, b = 1., 0.
    for _ in range(4000):
        e = 1 / (1 + np.exp(-(a * x + b))) - t; a -= .3 * (e * x).mean(); b -= .3 * e.mean()
    return a, b


if __name__ == '__main__':
    work, name = sys.argv[1:3]; lp = np.load(os.path.join(work, name + '.dev.npy')); y = np.load(os.path.join(work, 'dev.classes.npy')); rng = np.random.default_rng(3)
    cross = []
    for _ in range(10):
        i = rng.permutation(len(y)); a, b = i[:len(y) // 2], i[len(y) // 2:]
        for s, t in ((a, b), (b, a)): cross.append(figures(y[t], (lp[t] + bagged(lp[s], y[s], rng, 6)).argmax(1))[:2])
    r = bagged(lp, y, rng); a, b = platt(lp, y, r); m, n, f = figures(y, (lp + r).argmax(1))
    print(f'{name}: raises chosen on the other half of dev: macro-F1 {np.mean(cross, 0)[0]:.3f}, negative {np.mean(cross, 0)[1]:.3f}; bagged on dev: {m:.3f}, {n:.3f}', f, 'raise', r[1:].round(2), f'slope {a:.2f} offset {b:.2f}')
    json.dump([a, b] + r[1:].tolist(), open(os.path.join(work, name + '.calibration.json'), 'w'))
