"""Averages the weights of two runs, one of which began with the other: average.py WORK A B SHARE_OF_B OUT"""
import os, sys
import torch

if __name__ == '__main__':
    work, a, b, share, out = sys.argv[1:6]; get = lambda n: torch.load(os.path.join(work, n + '.pt'), weights_only=False)['ema']; x, y, w = get(a), get(b), float(share)
    torch.save({'ema': {k: (1 - w) * v + w * y[k] if k in y else v for k, v in x.items()}}, os.path.join(work, out + '.pt'))
