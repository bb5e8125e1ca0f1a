"""Fine-tunes an encoder on directed.train: which of two masked names speaks ill or well of the other.

  encoder.py fit GOLD WORK [--epochs 2]         resumable: WORK/judge.pt
  encoder.py label WORK PAIRS.jsonl OUT.npy [--once]  log-probabilities of the five classes, one row a pair

Never shipped and never run by users: it only teaches student.py. PAIRS has a text and two spans of code points a line, the
name that stands first before the other. Classes: 0 neither, 1 the first judges the other ill, 2 well, 3 the other way ill, 4 well.
"""
import argparse, json, os, sys, time
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'neural', 'py'))
from teacher import Pieces, Teacher

MASK, CLS, SEP = 103, 101, 102
LONGEST = 72
SWAPPED = [0, 3, 4, 1, 2]


def read(path):
    return [json.loads(l) for l in open(path, encoding='utf-8')]


def directed(path):
    """(text, first span, second span, class) of each gold pair."""
    out = []
    for d in read(path):
        for c in d['criticisms']:
            s, t = tuple(c['source_span']), tuple(c['target_span']); k = {'neutral': 0, 'negative': 1, 'positive': 2}[c['polarity']]
            if t < s: s, t, k = t, s, k + 2 * (k > 0)
            out.append((d['text'], s, t, k))
    return out


def encode(pieces, text, a, b):
    """[n, 5]: id, case, quote, paragraph, role (1 the first name, 2 the second), each name one masked piece."""
    rows = pieces.text(text); out = []
    for k, s, e, case, quote, par in rows:
        role = 1 if s < a[1] and e > a[0] else 2 if s < b[1] and e > b[0] else 0
        if role:
            if not (out and out[-1][4] == role): out.append((MASK, 1, quote, par, role))
        else: out.append((k, case, quote, par, 0))
    if len(out) > LONGEST - 2:
        at = [i for i, r in enumerate(out) if r[4]] or [0]; mid = (at[0] + at[-1]) // 2; lo = max(0, min(mid - LONGEST // 2 + 1, len(out) - LONGEST + 2)); out = out[lo:lo + LONGEST - 2]
    return np.array([(CLS, 0, 0, 0, 0)] + out + [(SEP, 0, 0, 0, 0)], dtype=np.int16)


class Judge(nn.Module):
    def __init__(s, drop=.1):
        super().__init__()
        s.body = Teacher(drop); s.role = nn.Embedding(3, 384); nn.init.normal_(s.role.weight, std=.05)
        with torch.no_grad(): s.role.weight[0] = 0
        s.up, s.out, s.drop = nn.Linear(4 * 384, 384), nn.Linear(384, 5), drop

    def forward(s, x):
        t = s.body; mask = x[..., 0] > 0
        m = mask[:, None, None, :]
        h = t.norm(t.word(x[..., 0]) + t.pos[:x.shape[1]] + t.seg)
        h = F.dropout(h + t.case(x[..., 1]) + t.quote(x[..., 2]) + s.role(x[..., 4]), s.drop, s.training)
        for b in t.blocks: h = b(h, m, s.drop)
        pick = lambda w: (h * w[..., None]).sum(1) / w.sum(1, keepdim=True).clamp(min=1)
        v = torch.cat([h[:, 0], pick((x[..., 4] == 1).float()), pick((x[..., 4] == 2).float()), pick(mask.float())], -1)
        return s.out(F.dropout(F.gelu(s.up(v)), s.drop, s.training))


def pad(parts):
    x = np.zeros((len(parts), max(map(len, parts)), 5), dtype=np.int64)
    for i, p in enumerate(parts): x[i, :len(p)] = p
    return torch.from_numpy(x)


def exchanged(x):
    """The same pairs, with the roles of the two names exchanged."""
    y = x.clone(); y[..., 4] = torch.where(x[..., 4] > 0, 3 - x[..., 4], x[..., 4]); return y


def predict(model, parts, batch=64, both=True):
    """Log-probabilities; the mean of both ways to put the question."""
    model.eval(); out = np.zeros((len(parts), 5), dtype=np.float32); order = np.argsort([len(p) for p in parts], kind='stable')
    with torch.inference_mode():
        for i in range(0, len(order), batch):
            k = order[i:i + batch]; x = pad([parts[j] for j in k])
            p = F.softmax(model(x), -1)
            if both: p = .5 * (p + F.softmax(model(exchanged(x)), -1)[:, SWAPPED])
            out[k] = p.log().numpy()
    return out


def figures(gold, got):
    f = []
    for c in range(5): tp = ((gold == c) & (got == c)).sum(); f.append(2 * tp / max(1, (gold == c).sum() + (got == c).sum()))
    n = lambda y: (y == 1) | (y == 3)
    tp = (n(gold) & (got == gold)).sum(); return float(np.mean(f)), float(2 * tp / max(1, n(gold).sum() + n(got).sum())), [round(float(v), 3) for v in f]


def decided(lp, gold, steps=np.arange(0, 1.6, .2)):
    """The raises of the classes 1 to 4 that fit lp best, one after the other."""
    r = np.zeros(5); best = -1
    for _ in range(2):
        for k in range(1, 5):
            for v in steps:
                x = r.copy(); x[k] = v; m, n, _ = figures(gold, (lp + x).argmax(1))
                if m + n / 2 > best: best, r = m + n / 2, x
    return r


def fit(a):
    torch.manual_seed(a.seed); rng = np.random.default_rng(a.seed); torch.set_num_threads(int(os.environ.get('THREADS', '2'))); torch.set_flush_denormal(True)
    pc = Pieces(); load = lambda f: [(encode(pc, t, s, e), k) for t, s, e, k in directed(os.path.join(a.gold, f))]
    train, dev = load('directed.train.jsonl'), load('directed.dev.jsonl'); n = sum(len(x) for x, _ in train)
    print(len(train), 'pairs', n, 'pieces', flush=True)
    weight = torch.tensor([1., 1.2, 1.5, 2., 2.]); model = Judge()
    body, heads = [], []
    for k, p in model.named_parameters():
        if k.startswith(('body.pos', 'body.seg', 'body.norm', 'body.par', 'body.head')): p.requires_grad = False
        if p.requires_grad: (body if k.startswith('body.blocks.') else heads).append(p)
    opt = torch.optim.AdamW([{'params': body, 'lr': a.lr}, {'params': heads, 'lr': 5 * a.lr}], weight_decay=.01)
    steps = int(a.epochs * len(train) / a.batch)
    sched = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min((s + 1) / 100, max(.02, 1 - s / steps)))
    ck = os.path.join(a.work, 'judge.pt'); step = epoch = 0; t0 = time.time(); gold = np.array([k for _, k in dev])
    if os.path.exists(ck):
        st = torch.load(ck, weights_only=False); model.load_state_dict(st['model']); opt.load_state_dict(st['opt']); sched.load_state_dict(st['sched']); epoch, step = st['epoch'], st['step']
    while epoch < a.epochs:
        order = np.argsort([len(x) + 12 * rng.random() for x, _ in train], kind='stable'); parts = [order[i:i + a.batch] for i in range(0, len(order), a.batch)]; tot = []
        for bi in rng.permutation(len(parts)):
            model.train(); x = pad([train[i][0] for i in parts[bi]]); y = torch.tensor([train[i][1] for i in parts[bi]])
            swap = torch.rand(len(y)) < .5; x = torch.where(swap[:, None, None], exchanged(x), x); y = torch.where(swap, torch.tensor(SWAPPED)[y], y)
            hide = (torch.rand(x.shape[:2]) < a.hide) & (x[..., 0] > 103); x[..., 0] = torch.where(hide, MASK, x[..., 0])
            loss = F.cross_entropy(model(x), y, weight=weight, label_smoothing=.05)
            opt.zero_grad(); loss.backward(); nn.utils.clip_grad_norm_(body + heads, 1.); opt.step(); sched.step(); step += 1; tot.append(float(loss.detach()))
            if step % 50 == 0: print(f'epoch {epoch} step {step}/{steps} loss {np.mean(tot[-50:]):.4f} {time.time() - t0:.0f}s', flush=True)
        epoch += 1
        torch.save({'model': model.state_dict(), 'opt': opt.state_dict(), 'sched': sched.state_dict(), 'epoch': epoch, 'step': step}, ck + '.part'); os.replace(ck + '.part', ck)
        lp = predict(model, [x for x, _ in dev]); r = decided(lp, gold)
        print('dev', epoch, 'as it is', figures(gold, lp.argmax(1)), 'raised on dev', r, figures(gold, (lp + r).argmax(1)), f'{time.time() - t0:.0f}s', flush=True)


def sampled(rows, most):
    """At most so many rows, always the same ones, in their order."""
    return rows if len(rows) <= most else [rows[i] for i in np.sort(np.random.default_rng(1).permutation(len(rows))[:most])]


def label(a):
    torch.set_num_threads(int(os.environ.get('THREADS', '2'))); torch.set_flush_denormal(True)
    pc = Pieces(); model = Judge(); model.load_state_dict(torch.load(os.path.join(a.work, 'judge.pt'), weights_only=False)['model'])
    np.save(a.out, predict(model, [encode(pc, d['text'], d['a'], d['b']) for d in sampled(read(a.pairs), a.most)], both=not a.once))


if __name__ == '__main__':
    p = argparse.ArgumentParser(); sub = p.add_subparsers(dest='do', required=True)
    q = sub.add_parser('fit'); q.add_argument('gold'); q.add_argument('work')
    for k, v in (('epochs', 3), ('batch', 32), ('seed', 1)): q.add_argument('--' + k, type=int, default=v)
    for k, v in (('lr', 8e-5), ('hide', .08)): q.add_argument('--' + k, type=float, default=v)
    q = sub.add_parser('label'); q.add_argument('work'); q.add_argument('pairs'); q.add_argument('out'); q.add_argument('--most', type=int, default=20000); q.add_argument('--once', action='store_true', help='half the time: the question put one way only')
    a = p.parse_args(); {'fit': fit, 'label': label}[a.do](a)
