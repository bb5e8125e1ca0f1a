"""Trains the tagger that ships.

  student.py fit GOLD WORK --name NAME             resumable: WORK/NAME.pt
  student.py label WORK PART... --by NAME... --to SOFT   WORK/SOFT/PART.npz: the mean of what the teacher and these students say

WORK holds feat/ (from `neural dump`), vec96.npy (vectors.py) and, to be taught, teacher/ (teacher.py label) and SOFT.
"""
import argparse, json, os, time
import numpy as np, torch, torch.nn.functional as F
import data
from net import CRF, Student

POS, NER = 50, 5
SLICES = {'bio': slice(0, 21), 'link': slice(21, 25), 'ner': slice(25, 30), 'pos': slice(30, 80)}
OUTPUTS = 80


class Doc:
    __slots__ = ('id', 'tok', 'rows', 'pieces', 'bio', 'link', 'pos', 'ner', 'soft', 'mid')


def aligned(z, i, tok):
    """The soft labels of document i in z, a file of teacher.py's or ours, on our tokens: log-probabilities [n,7,3], or None."""
    if i + '|s' not in z: return None
    s = z[i + '|s']; k = np.clip(np.searchsorted(s, tok[:, 0], side='right') - 1, 0, len(s) - 1)
    return z[i + '|p'][k].astype(np.float32).reshape(-1, 7, 3)


def documents(path, work, name, tags, words, soft='', silver=False):
    """Documents of the part NAME, annotated in the file path, with all that is known of them."""
    texts = {d['id']: d for d in map(json.loads, open(path, encoding='utf-8'))}
    z = np.load(os.path.join(work, soft, name + '.npz')) if soft else {}; out = []
    for i, tok, rows, pieces in data.load(os.path.join(work, 'feat'), name):
        if len(tok) == 0: continue
        d = Doc(); d.id, d.tok, d.rows, d.pieces = i, tok, rows.astype(np.int64), pieces.astype(np.int64)
        d.mid = (tok[:, 4] >> 4).astype(np.uint8)
        d.bio, d.link = data.gold(texts[i], tok)
        w = words.get(i)
        if w and len(w[0]) == 2: w = data.place(texts[i]['text'], w)
        d.pos, d.ner = data.aux(tok, w, tags); d.soft = aligned(z, i, tok)
        if silver and d.bio[0, 3] < 0: d.bio[:, [4, 6]] = data.guess(texts[i]['text'], tok, d.pos, d.ner, tags)
        out.append(d)
    return out


def batches(docs, rng, size, longest):
    """Whole articles, the long ones cut at random, about size tokens a batch."""
    parts = []
    for k, d in enumerate(docs):
        n, i = len(d.tok), 0; first = rng.integers(longest // 2, longest + 1) if n > longest else longest
        while i < n: j = min(n, i + (first if i == 0 else longest)); parts.append((k, i, j)); i = j
    parts.sort(key=lambda p: (p[2] - p[1]) * (0.9 + 0.2 * rng.random())); out, cur, width = [], [], 0
    for p in parts:
        width = max(width, p[2] - p[1])
        if cur and width * (len(cur) + 1) > size: out.append(cur); cur, width = [], p[2] - p[1]
        cur.append(p)
    out.append(cur)
    return [out[i] for i in rng.permutation(len(out))]


def tensors(docs, part):
    n = torch.tensor([j - i for _, i, j in part]); T = int(n.max()); B = len(part)
    x = {'rows': np.zeros((B, T, data.FEATURES), np.int64), 'pieces': np.full((B, T, data.PIECES), -1, np.int64), 'bio': np.full((B, T, 7), -100, np.int64),
         'link': np.full((B, T, 2), -100, np.int64), 'pos': np.full((B, T), -100, np.int64), 'ner': np.full((B, T), -100, np.int64), 'soft': np.full((B, T, 7, 3), np.nan, np.float32), 'mid': np.zeros((B, T), np.uint8)}
    for b, (k, i, j) in enumerate(part):
        d = docs[k]
        for f in x:
            v = getattr(d, f)
            if v is not None: x[f][b, :j - i] = v[i:j]
    return n, {k: torch.from_numpy(v) for k, v in x.items()}


def loss_of(z, x, a, n=None, trans=None):
    """Gold, silver and the teacher's answers, each a mean over the tokens that have them."""
    y = z[..., SLICES['bio']].unflatten(-1, (7, 3)); soft = x['soft']; have = ~torch.isnan(soft[..., 0, 0])
    lp = F.log_softmax(y, -1); total = 0.0
    for k in range(7):
        g = x['bio'][..., k]; live = (g >= 0).sum()
        if live == 0: continue
        part = (1 - a.crf) * F.nll_loss(lp[..., k, :].flatten(0, 1), g.flatten(), ignore_index=-100)
        if a.crf > 0: part = part + a.crf * CRF.apply(y[..., k, :], g, x['mid'], trans[k], n) / live
        total = total + part * (a.gold_weight if have.any() else 1) * (1 if k < 3 else .3)
    if have.any():
        t = soft[have].exp(); kl = -(t * lp[have]).sum(-1).mean(0)
        total = total + a.kd * (kl * torch.tensor([1, 1, 1, .2, .2, .2, .2])).sum()
    l = z[..., SLICES['link']].unflatten(-1, (2, 2))
    for k in range(2):
        if (x['link'][..., k] >= 0).any(): total = total + .1 * F.cross_entropy(l[..., k, :].flatten(0, 1), x['link'][..., k].flatten(), ignore_index=-100)
    for name, w in (('ner', .2), ('pos', .2)):
        if (x[name] >= 0).any(): total = total + w * F.cross_entropy(z[..., SLICES[name]].flatten(0, 1), x[name].flatten(), ignore_index=-100)
    return total


def runs(y):
    out, start = set(), None
    for i, v in enumerate(list(y) + [0]):
        if start is not None and v != 2: out.add((start, i)); start = None
        if v == 1 or (v == 2 and start is None): start = i
    return out


def evaluate(model, docs):
    """F1 of exact single runs under greedy labels, and of content tokens."""
    model.eval(); tp, fp, fn = np.zeros(8), np.zeros(8), np.zeros(8); acc = [0, 0]; ln = [[0, 0], [0, 0]]
    with torch.inference_mode():
        for k, d in enumerate(docs):
            n, x = tensors(docs, [(k, 0, len(d.tok))]); z = model(x['rows'], x['pieces'], n)[0]; p = z[:, SLICES['bio']].unflatten(-1, (7, 3)).argmax(-1).numpy()
            for h in range(7):
                if d.bio[0, h] < 0: continue
                a, b = runs(d.bio[:, h]), runs(p[:, h]); tp[h] += len(a & b); fp[h] += len(b - a); fn[h] += len(a - b)
            if d.bio[0, 0] >= 0: a, b = d.bio[:, 0] > 0, p[:, 0] > 0; tp[7] += (a & b).sum(); fp[7] += (b & ~a).sum(); fn[7] += (a & ~b).sum()
            m = d.pos >= 0; acc[0] += (z[:, SLICES['pos']].argmax(-1).numpy() == d.pos)[m].sum(); acc[1] += m.sum()
            l = z[:, SLICES['link']].unflatten(-1, (2, 2)).argmax(-1).numpy()
            for h in range(2): m = d.link[:, h] >= 0; ln[h][0] += (l[:, h] == d.link[:, h])[m].sum(); ln[h][1] += m.sum()
    f = 2 * tp / np.maximum(1, 2 * tp + fp + fn)
    return {**{k: round(float(v), 3) for k, v in zip(data.BIO + ['soft'], f)}, 'pos': round(acc[0] / max(1, acc[1]), 3), 'link': [round(float(a / max(1, b)), 3) for a, b in ln]}


def fit(a):
    os.environ.setdefault('SAIDGRAPH_WORK', a.work); torch.manual_seed(a.seed); rng = np.random.default_rng(a.seed); torch.set_num_threads(int(os.environ.get('THREADS', '2'))); torch.set_flush_denormal(True)
    tags = {}; words = data.silver(os.path.join(a.gold, 'polnear.corenlp.tsv.gz')) | data.conllu(os.path.join(a.gold, 'gum.train+dev.conllu.gz'))
    get = lambda n, **k: documents(os.path.join(a.gold, n + '.jsonl'), a.work, n, tags, words, **k); train = get('polnear.train', soft=a.soft, silver=True) + get('gum.train', soft=a.soft) * a.gum
    if a.soft: train += documents(os.path.join(a.work, 'plain.jsonl'), a.work, 'plain', tags, {}, soft=a.soft)
    dev, gum = get('polnear.dev'), get('gum.dev'); assert len(tags) <= POS, len(tags)
    size = int(max(d.rows.max() for d in train)) + 1; rows = a.rows; assert size <= rows, size
    model = Student(torch.from_numpy(np.load(os.path.join(a.work, a.vectors))), rows, OUTPUTS, a.d, a.layers, a.drop)
    if a.init: model.load_state_dict(torch.load(os.path.join(a.work, a.init + '.pt'), weights_only=False)['ema'], strict=False)
    emb = [model.pieces.weight, model.rows.weight]; body = [p for p in model.parameters() if all(p is not e for e in emb)]
    opt = torch.optim.AdamW([{'params': body, 'lr': a.lr, 'weight_decay': .01}, {'params': [model.pieces.weight], 'lr': a.lr * a.elr, 'weight_decay': 0}, {'params': [model.rows.weight], 'lr': a.lr, 'weight_decay': .01}], betas=(.9, .98), fused=True)
    steps = a.epochs * len(batches(train, rng, a.batch, a.longest)); step = epoch = 0
    sched = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min((s + 1) / 200, .02 + .98 * .5 * (1 + np.cos(np.pi * min(1, s / steps)))))
    ck = os.path.join(a.work, a.name + '.pt'); ema = {k: v.clone() for k, v in model.state_dict().items()}; t0 = time.time()
    if os.path.exists(ck):
        st = torch.load(ck, weights_only=False); model.load_state_dict(st['model']); opt.load_state_dict(st['opt']); sched.load_state_dict(st['sched']); ema, epoch, step = st['ema'], st['epoch'], st['step']
        rng = np.random.default_rng(a.seed + epoch); torch.manual_seed(a.seed + epoch); print('resumed', epoch, flush=True)
    while epoch < a.epochs:
        tot = []
        for part in batches(train, rng, a.batch, a.longest):
            model.train(); n, x = tensors(train, part); loss = loss_of(model(x['rows'], x['pieces'], n), x, a, n, model.trans)
            opt.zero_grad(); loss.backward(); torch.nn.utils.clip_grad_norm_(body, 1.0); opt.step(); sched.step(); step += 1; tot.append(float(loss.detach()))
            w = min(.995, (1 + step) / (10 + step))
            if step % 4 == 0:
                with torch.no_grad():
                    for k, v in model.state_dict().items(): ema[k].lerp_(v, 1 - w ** 4)
        epoch += 1; live = {k: v.clone() for k, v in model.state_dict().items()}; model.load_state_dict(ema)
        print(f'epoch {epoch} loss {np.mean(tot):.3f} {time.time() - t0:.0f}s', evaluate(model, dev) if epoch % a.every == 0 or epoch == a.epochs else '', evaluate(model, gum) if epoch % a.every == 0 or epoch == a.epochs else '', flush=True)
        model.load_state_dict(live)
        st = {'model': live, 'ema': ema, 'opt': opt.state_dict(), 'sched': sched.state_dict(), 'epoch': epoch, 'step': step, 'args': vars(a), 'tags': tags}
        torch.save(st, ck + '.part'); os.replace(ck + '.part', ck)


def label(a):
    """Averages probabilities, not their logarithms: the mean of one teacher and one student beat both by .03 exact F1."""
    os.environ.setdefault('SAIDGRAPH_WORK', a.work); torch.set_num_threads(int(os.environ.get('THREADS', '2'))); torch.set_flush_denormal(True); models = [restored(a.work, n) for n in a.by]
    os.makedirs(os.path.join(a.work, a.to), exist_ok=True)
    for part in a.parts:
        tp = os.path.join(a.work, 'teacher', part + '.npz'); z = np.load(tp); out = {}
        for i, tok, rows, pieces in data.load(os.path.join(a.work, 'feat'), part):
            t = aligned(z, i, tok) if len(tok) else None
            if t is None: continue
            with torch.inference_mode():
                x = torch.from_numpy(rows[None].astype(np.int64)), torch.from_numpy(pieces[None].astype(np.int64)), torch.tensor([len(tok)])
                ps = torch.stack([F.softmax(m(*x)[0][:, SLICES['bio']].unflatten(-1, (7, 3)), -1) for m in models]).mean(0).numpy()
            w = np.array([a.share] * 5 + [0, 0], np.float32)[:, None]; p = w * np.exp(t) + (1 - w) * ps  # the teacher is no good at organizations
            out[i + '|s'], out[i + '|p'] = tok[:, 0].copy(), np.log(np.maximum(p, 1e-7)).reshape(-1, 21).astype(np.float16)
        np.savez(os.path.join(a.work, a.to, part + '.npz'), **out); print(part, len(out) // 2, 'documents', flush=True)


def restored(work, name):
    """The averaged weights of a run, ready to answer."""
    st = torch.load(os.path.join(work, name + '.pt'), weights_only=False)['ema']; n = 0
    while f'layers.{n}.v' in st: n += 1
    m = Student(st['pieces.weight'][:-1], len(st['rows.weight']), OUTPUTS, st['rows.weight'].shape[1], n); m.load_state_dict(st, strict=False)
    return m.eval()


if __name__ == '__main__':
    p = argparse.ArgumentParser(); s = p.add_subparsers(dest='cmd', required=True)
    q = s.add_parser('fit'); q.add_argument('gold'); q.add_argument('work'); q.add_argument('--name', default='student')
    for k, v in (('epochs', 24), ('d', 128), ('layers', 4), ('batch', 4500), ('longest', 1500), ('seed', 1), ('rows', 18233), ('every', 2), ('gum', 3)): q.add_argument('--' + k, type=int, default=v)
    for k, v in (('lr', 2e-3), ('elr', .3), ('drop', .3), ('kd', 1.5), ('gold-weight', 1.), ('crf', 0.)): q.add_argument('--' + k, type=float, default=v)
    q.add_argument('--soft', default='', help='be taught by the answers in this folder'); q.add_argument('--vectors', default='vec96.npy'); q.add_argument('--init', help='begin with the weights of this run')
    q = s.add_parser('label'); q.add_argument('work'); q.add_argument('parts', nargs='+'); q.add_argument('--by', nargs='+', required=True, help='a name given twice counts twice'); q.add_argument('--to', required=True); q.add_argument('--share', type=float, default=.5, help="of the teacher's probabilities")
    a = p.parse_args(); fit(a) if a.cmd == 'fit' else label(a)
