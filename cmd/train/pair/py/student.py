"""Trains the network of who judges whom that ships, loaders/quote/judge's Net, on what `pair dump` wrote.

  student.py fit WORK NAME [--kd 1]       WORK/NAME.pt; --kd: also taught by WORK/{gold,more}.npy
  student.py label WORK NAME...           writes those: what the trained networks of those names say on the mean, and to six tenths
                                          with WORK/{gold,more}.teacher.npy, which encoder.py label wrote
"""
import argparse, json, os, sys, time
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F
NEURAL = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'neural', 'py')
sys.path.append(NEURAL)
from net import SRU
from encoder import decided, figures, sampled

ROWS, TABLE, HINTS, ZONES, STEPS = 6, 676, 12, 5, 8  # as loaders/quote/judge has them
SPECIAL = {0x7a3e11: 0, 0x51c2f7: 1}  # names, numbers; row 2 is a word that is not in the table


def key(w):
    h = 0x811c9dc5
    for b in w.encode(): h = (h ^ b) * 0x01000193 & 0xffffffff
    return h


def lexicon(work, dims):
    """Keys and first vectors of the words: all whole words of the encoder's vocabulary, and those of the texts."""
    from teacher import Pieces
    pc = Pieces(); piece = np.load(os.path.join(os.environ.get('VECTORS', work), 'vec96.npy'))[:, :dims]
    words = {w for w in pc.vocab if w.isalpha() and w.isascii() and len(w) > 1 or len(w) == 1} | {l.rstrip('\n').split('\t', 1)[1] for l in open(os.path.join(work, 'words.tsv'), encoding='utf-8')}
    at = {}
    for w in sorted(words):
        ids = [k for k, _, _ in pc.word(w)] if w.isalnum() else [pc.vocab.get(w, 100)]
        at.setdefault(key(w), piece[ids].mean(0))
    keys = np.array(sorted(at), dtype=np.uint32); return keys, np.stack([np.zeros(dims)] * 3 + [at[int(k)] for k in keys]).astype(np.float32)


class Pairs:
    """words, rows, place, hints, names and class of each pair."""

    def __init__(s, work, name, keys, most=0):
        a = np.fromfile(os.path.join(work, name + '.bin'), dtype='<i4'); s.all, at = [], 0
        while at < len(a):
            n = int(a[at]); head = a[at + 1:at + 7]; t = a[at + 7:at + 7 + n * (1 + ROWS)].reshape(n, 1 + ROWS); at += 7 + n * (1 + ROWS)
            w = t[:, 0].astype(np.uint32); k = np.minimum(np.searchsorted(keys, w), len(keys) - 1); ids = np.where(keys[k] == w, k + 3, 2)
            for v, i in SPECIAL.items(): ids[w == v] = i
            s.all.append((ids.astype(np.int32), t[:, 1:].astype(np.int16), place(n, *head[:4]).astype(np.int16), head[:4].copy(), int(head[4]), int(head[5])))
        if most: s.all = sampled(s.all, most)
        s.y = np.array([p[5] for p in s.all]); s.soft = None

    def batch(s, ids):
        T = max(len(s.all[i][0]) for i in ids); B = len(ids); w = np.zeros((B, T), np.int64); r = np.zeros((B, T, ROWS), np.int64); p = np.zeros((B, T), np.int64)
        m = np.zeros((B, 4, T), np.float32); h = np.zeros((B, 2, 16), np.float32)
        for b, i in enumerate(ids):
            words, rows, pl, (a0, a1, b0, b1), hint, _ = s.all[i]; n = len(words); w[b, :n], r[b, :n], p[b, :n] = words, rows, pl
            m[b, 0, :n] = 1; m[b, 1, a0:a1] = 1; m[b, 2, b0:b1] = 1; m[b, 3, a0:b1] = 1; bits = hint >> np.arange(HINTS) & 1; h[b, 0, :HINTS] = bits; h[b, 1, :HINTS] = bits.reshape(-1, 2)[:, ::-1].ravel(); h[b, 1, HINTS] = 1
        return torch.tensor([len(s.all[i][0]) for i in ids]), *map(torch.from_numpy, (w, r, p, m, h))


def place(n, a0, a1, b0, b1):
    """The row of each token: where it stands to the two names, and how far from the nearer."""
    i = np.arange(n); zone = np.where(i < a0, 0, np.where(i < a1, 1, np.where(i < b0, 2, np.where(i < b1, 3, 4))))
    d = np.where(zone == 0, a0 - i, np.where(zone == 2, np.minimum(i - a1 + 1, b0 - i), np.where(zone == 4, i - b1 + 1, 0)))
    d = np.where(d < 4, d, np.where(d < 6, 4, np.where(d < 10, 5, np.where(d < 20, 6, 7)))); return zone * STEPS + d


class Net(nn.Module):
    def __init__(s, vectors, rows, d=64, drop=.3, deep=96):
        super().__init__()
        s.words = nn.Embedding.from_pretrained(torch.from_numpy(vectors), freeze=False); s.rows = nn.Embedding(rows, d); nn.init.normal_(s.rows.weight, std=.1)
        with torch.no_grad(): s.words.weight[:3].normal_(std=.3)
        s.place = nn.Embedding(ZONES * STEPS, d); nn.init.normal_(s.place.weight, std=.2) # of the question whether the first name judges the other
        s.turned = nn.Embedding(ZONES * STEPS, d); nn.init.normal_(s.turned.weight, std=.05) # what the question the other way round adds to it
        s.inp, s.conv, s.one, s.two = nn.Linear(vectors.shape[1], d), nn.Linear(3 * d, d), SRU(d), SRU(d)
        s.up, s.out, s.drop = nn.Linear(4 * d + 16, deep), nn.Linear(deep, 3), drop

    def mask(s, x, p): return x * ((torch.rand(x.shape[0], 1, x.shape[2]) > p).float() / (1 - p)) if s.training and p > 0 else x

    def forward(s, n, w, r, p, m, h):
        if s.training: w = torch.where((torch.rand(w.shape) < .06) & (w > 1), 2, w)
        keep = (torch.rand(r.shape) > .1).float().view(-1, ROWS) if s.training else None
        e = F.embedding_bag(r.view(-1, ROWS), s.rows.weight, mode='sum', per_sample_weights=keep).view(*w.shape, -1)
        live = m[:, 0, :, None]; x = s.mask(s.inp(s.words(w)) + e, s.drop * .6) * live
        y = F.relu(s.conv(torch.cat([F.pad(x, (0, 0, 1, 0))[:, :-1], x, F.pad(x, (0, 0, 0, 1))[:, 1:]], -1))); x = s.mask(x + y, s.drop)
        x = s.mask(s.one(x, n), s.drop); zone = p // STEPS
        q = torch.where(zone == 1, p + 2 * STEPS, torch.where(zone == 3, p - 2 * STEPS, p)) # the names exchange their zones
        x = torch.cat([x + s.place(p), x + s.place(q) + s.turned(q)]); m2 = torch.cat([m, m[:, [0, 2, 1, 3]]]); x = s.two(x, torch.cat([n, n]))
        top = lambda k: torch.where(m2[:, k, :, None] > 0, x, torch.tensor(-1e4)).amax(1); mean = lambda k: (x * m2[:, k, :, None]).sum(1) / m2[:, k].sum(1, keepdim=True).clamp(min=1)
        v = torch.cat([top(0), mean(1), mean(2), top(3), torch.cat([h[:, 0], h[:, 1]])], -1)
        z = s.out(F.dropout(F.relu(s.up(F.dropout(v, s.drop, s.training))), s.drop, s.training)); a, b = z.chunk(2)
        return torch.cat([a[:, :1] + b[:, :1], a[:, 1:], b[:, 1:]], -1)


def predict(model, set, batch=256):
    model.eval(); out = np.zeros((len(set.all), 5), dtype=np.float32); order = np.argsort([len(p[0]) for p in set.all], kind='stable')
    with torch.inference_mode():
        for i in range(0, len(order), batch): out[order[i:i + batch]] = F.log_softmax(model(*set.batch(order[i:i + batch])), -1).numpy()
    return out


def fit(a):
    os.environ.setdefault('SAIDGRAPH_WORK', a.work); torch.manual_seed(a.seed); rng = np.random.default_rng(a.seed); torch.set_num_threads(int(os.environ.get('THREADS', '2'))); torch.set_flush_denormal(True)
    keys, vectors = lexicon(a.work, a.dims); gold, dev = Pairs(a.work, 'gold', keys), Pairs(a.work, 'dev', keys); sets = [gold]
    if a.kd: sets.append(Pairs(a.work, 'more', keys, a.most))
    for s, name in zip(sets, ('gold', 'more')):
        if a.kd: s.soft = np.load(os.path.join(a.work, name + '.npy'))
    print(len(keys), 'words', [len(s.all) for s in sets], flush=True)
    model = Net(vectors, TABLE, a.d, a.drop, a.deep)
    if a.init: model.load_state_dict({k: v[:TABLE] if k == 'rows.weight' else v for k, v in torch.load(os.path.join(a.work, a.init + '.pt'), weights_only=False)['ema'].items()})
    body = [p for k, p in model.named_parameters() if k != 'words.weight']
    opt = torch.optim.AdamW([{'params': body, 'lr': a.lr, 'weight_decay': .02}, {'params': [model.words.weight], 'lr': a.lr * a.elr, 'weight_decay': 0}], betas=(.9, .98))
    total = sum(len(s.all) for s in sets); steps = int(a.epochs * total / a.batch) + 1; step = 0; t0 = time.time(); ema = {k: v.clone() for k, v in model.state_dict().items()}
    sched = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min((s + 1) / 100, .02 + .98 * .5 * (1 + np.cos(np.pi * min(1, s / steps))))); weight = torch.tensor([1., 1.2, 1.5, 2., 2.])
    for epoch in range(a.epochs):
        parts = []
        for k, s in enumerate(sets):
            order = np.argsort([len(p[0]) + 12 * rng.random() for p in s.all], kind='stable'); parts += [(k, order[i:i + a.batch]) for i in range(0, len(order), a.batch)]
        tot = []
        for j in rng.permutation(len(parts)):
            k, ids = parts[j]; s = sets[k]; model.train(); z = model(*s.batch(ids)); y = torch.from_numpy(s.y[ids]); loss = 0.
            if s.soft is not None: loss = loss + a.kd * F.kl_div(F.log_softmax(z, -1), torch.from_numpy(s.soft[ids]), log_target=True, reduction='batchmean')
            if y[0] >= 0: loss = loss + (a.gold if a.kd else 1) * F.cross_entropy(z, y, weight=weight, label_smoothing=.05)
            opt.zero_grad(set_to_none=False); loss.backward(); nn.utils.clip_grad_norm_(body, 1.); opt.step(); sched.step(); step += 1; tot.append(float(loss.detach()))
            w = min(.99, (1 + step) / (10 + step))
            with torch.no_grad():
                for q, v in model.state_dict().items():
                    if q != 'words.weight' or step % 8 == 0: ema[q].lerp_(v, 1 - (w if q != 'words.weight' else w ** 8))
        if epoch % a.every == a.every - 1 or epoch == a.epochs - 1:
            keep = {k: v.clone() for k, v in model.state_dict().items()}; model.load_state_dict(ema); lp = predict(model, dev); model.load_state_dict(keep); r = decided(lp, dev.y)
            m, n, f = figures(dev.y, (lp + r).argmax(1)); print(epoch, f'loss {np.mean(tot):.4f} dev as it is {figures(dev.y, lp.argmax(1))[0]:.3f} raised on dev {m:.3f} negative {n:.3f}', f, r[1:], f'{time.time() - t0:.0f}s', flush=True)
    np.save(os.path.join(a.work, 'dev.classes.npy'), dev.y); torch.save({'ema': ema, 'keys': keys}, os.path.join(a.work, a.name + '.pt')); np.save(os.path.join(a.work, a.name + '.dev.npy'), predict(model, dev))


def label(a):
    """Mean log-probabilities, normalised."""
    os.environ.setdefault('SAIDGRAPH_WORK', a.work); torch.set_num_threads(int(os.environ.get('THREADS', '2'))); torch.set_flush_denormal(True); sums = {}
    for name in a.names:
        st = torch.load(os.path.join(a.work, name + '.pt'), weights_only=False); w = st['ema']
        model = Net(w['words.weight'].numpy().copy(), len(w['rows.weight']), w['place.weight'].shape[1], deep=len(w['up.bias'])); model.load_state_dict(w)
        for part in ('gold', 'more'): sums[part] = sums.get(part, 0) + predict(model, Pairs(a.work, part, st['keys'], a.most))
    for part, z in sums.items():
        z, t = z / len(a.names), os.path.join(a.work, part + '.teacher.npy')
        if os.path.exists(t): z = .4 * z + .6 * np.load(t)
        np.save(os.path.join(a.work, part + '.npy'), F.log_softmax(torch.from_numpy(z), -1).numpy())


if __name__ == '__main__':
    p = argparse.ArgumentParser(); sub = p.add_subparsers(dest='do', required=True); q = sub.add_parser('fit'); q.add_argument('work'); q.add_argument('name')
    for k, v in (('epochs', 8), ('d', 64), ('dims', 64), ('deep', 96), ('batch', 64), ('seed', 1), ('every', 2)): q.add_argument('--' + k, type=int, default=v)
    for k, v in (('lr', 2e-3), ('elr', .1), ('drop', .3), ('kd', 0.), ('gold', .5)): q.add_argument('--' + k, type=float, default=v)
    q.add_argument('--init', help='begin with the weights of this network'); q.set_defaults(run=fit); q = sub.add_parser('label'); q.add_argument('work'); q.add_argument('names', nargs='+'); q.set_defaults(run=label)
    for q in sub.choices.values(): q.add_argument('--most', type=int, default=20000, help='pairs of a part that are read')
    a = p.parse_args(); a.run(a)
