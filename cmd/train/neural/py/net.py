"""The student network, as loaders/quote/ml runs it."""
import ctypes, os, subprocess
import torch, torch.nn as nn, torch.nn.functional as F

_lib = None


def lib():
    """scan.cpp, compiled once into the cache."""
    global _lib
    if _lib is None:
        src = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'scan.cpp')
        out = os.path.join(os.environ.get('SAIDGRAPH_WORK', '.'), 'scan.so')
        if not os.path.exists(out) or os.path.getmtime(out) < os.path.getmtime(src):
            subprocess.check_call(['g++', '-O3', '-march=native', '-ffast-math', '-fopenmp', '-fPIC', '-shared', src, '-o', out])
        _lib = ctypes.CDLL(out)
    return _lib


def _p(t): return ctypes.c_void_p(t.data_ptr())


class Scan(torch.autograd.Function):
    @staticmethod
    def forward(ctx, u, x, v, n):
        u, x, v = u.contiguous(), x.contiguous(), v.contiguous(); B, T, D = x.shape
        h, c, f, r = (torch.zeros_like(x) for _ in range(4))
        lib().sru_forward(_p(u), _p(x), _p(v), _p(n), _p(h), _p(c), _p(f), _p(r), *map(ctypes.c_long, (B, T, D)))
        ctx.save_for_backward(u, x, v, n, c, f, r)
        return h

    @staticmethod
    def backward(ctx, dh):
        u, x, v, n, c, f, r = ctx.saved_tensors; dh = dh.contiguous(); B, T, D = x.shape
        du, dx, dv = torch.zeros_like(u), torch.zeros_like(x), torch.zeros_like(v)
        lib().sru_backward(*map(_p, (u, x, v, n, c, f, r, dh, du, dx, dv)), *map(ctypes.c_long, (B, T, D)))
        return du, dx, dv, None


class SRU(nn.Module):
    def __init__(s, d):
        super().__init__()
        s.w = nn.Linear(d, 3 * d); s.v = nn.Parameter(torch.zeros(2 * d))
        nn.init.uniform_(s.w.weight, -(3 / d) ** .5, (3 / d) ** .5); nn.init.zeros_(s.w.bias); nn.init.uniform_(s.v, -.5, .5)
        with torch.no_grad(): s.w.bias[2 * d:] = -0.5

    def forward(s, x, n): return Scan.apply(s.w(x), x, s.v, n)


NEAR, AROUND = 32, 2  # numbers that a token shows its neighbours, and how many neighbours it looks at on each side


class Student(nn.Module):
    """x: rows [B,T,F], pieces [B,T,6] with -1 for none, n [B] tokens. Gives [B,T,outputs]."""

    def __init__(s, vectors, rows, outputs, d=128, layers=4, drop=0.25, lexical=5):
        super().__init__()
        s.pieces = nn.Embedding.from_pretrained(torch.cat([vectors, torch.zeros(1, vectors.shape[1])]), freeze=False)
        s.rows = nn.Embedding(rows, d); nn.init.normal_(s.rows.weight, std=0.1)
        s.inp, s.near, s.conv = nn.Linear(vectors.shape[1], d), nn.Linear(d, NEAR), nn.Linear((2 * AROUND + 1) * NEAR, d)
        s.layers = nn.ModuleList(SRU(d) for _ in range(layers)); s.out = nn.Linear(d, outputs)
        s.trans = nn.Parameter(torch.zeros(7, 2, 3, 3)); s.drop, s.lexical = drop, lexical

    def mask(s, x, p):
        return x * ((torch.rand(x.shape[0], 1, x.shape[2]) > p).float() / (1 - p)) if s.training and p > 0 else x

    def embed(s, rows, pieces):
        """Mean piece vectors and summed feature rows of each token; in training some are left out."""
        B, T, K = pieces.shape; k = pieces >= 0; w = k.float() / k.sum(2, keepdim=True).clamp(min=1); keep = torch.ones(rows.shape)
        if s.training: w = w * (torch.rand(B, T, 1) > 0.06); keep[..., -s.lexical:] = (torch.rand(B, T, s.lexical) > 0.2).float()
        bag = lambda i, e, w: F.embedding_bag(i.flatten(0, 1), e, mode='sum', per_sample_weights=w.flatten(0, 1)).view(B, T, -1)
        return bag(pieces.clamp(min=0), s.pieces.weight, w), bag(rows, s.rows.weight, keep)

    def forward(s, rows, pieces, n):
        e, r = s.embed(rows, pieces)
        x = s.mask(s.inp(e) + r, s.drop * .6)
        live = (torch.arange(x.shape[1])[None] < n[:, None]).float()[..., None]
        x = x * live; z = F.pad(s.near(x) * live, (0, 0, AROUND, AROUND)); T = x.shape[1]
        y = F.relu(s.conv(torch.cat([z[:, k:k + T] for k in range(2 * AROUND + 1)], -1)))
        x = s.mask(x + y, s.drop)
        for l in s.layers: x = s.mask(l(x, n), s.drop)
        return s.out(x)


class CRF(torch.autograd.Function):
    """Summed negative log-likelihood of the gold states y under scores e and transitions a; see scan.cpp."""
    @staticmethod
    def forward(ctx, e, y, m, a, n):
        e, y, m, a = e.contiguous(), y.contiguous(), m.contiguous(), a.contiguous(); B, T, _ = e.shape
        de, da = torch.zeros_like(e), torch.zeros_like(a); f = lib().crf; f.restype = ctypes.c_double
        loss = f(*map(_p, (e, y, m, a, n, de, da)), ctypes.c_long(B), ctypes.c_long(T)); ctx.save_for_backward(de, da)
        return torch.tensor(loss, dtype=torch.float32)

    @staticmethod
    def backward(ctx, g):
        de, da = ctx.saved_tensors
        return de * g, None, None, da * g, None
