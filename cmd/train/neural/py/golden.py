"""What the trained network says of made-up texts, for the test that holds the Go run against it.

  golden.py texts OUT.jsonl            50 texts, the same each time
  golden.py answers MODEL.bin FEAT TEXTS.jsonl OUT.jsonl     FEAT holds `neural dump` of TEXTS
"""
import json, os, random, struct, sys
import numpy as np, torch
import data
from net import Student

NAMES = ['Ann Lee', 'Bob Roe', 'Dr. Ilse Brandt', 'José Núñez', 'Sen. Mary O’Hara', 'the Harbor Board', 'Acme Corp.', 'NATO', 'she', 'they', 'the mayor', 'a spokesman for the agency', 'two officials']
CUES = ['said', 'believes', 'told reporters', 'wrote', 'insisted', 'is not convinced', 'hopes', 'according to', 'warned in 2015', 'shouted']
BODY = ['taxes will rise by 27%', 'the bridge isn’t safe', 'nobody at Acme had asked', 'we lost', 'it cost $3,000 a day', 'the well-known plan (of 2012) failed', 'people can’t wait any longer', 'THE VOTE IS OVER', 'co-operation matters', 'the naïve façade crumbled']


def text(r):
    out = []
    for _ in range(r.randint(1, 4)):
        line = []
        for _ in range(r.randint(1, 3)):
            n, c, b, d = r.choice(NAMES), r.choice(CUES), r.choice(BODY), r.choice(BODY)
            line.append(r.choice([f'“{b[0].upper() + b[1:]},” {n} {c}. “{d[0].upper() + d[1:]}.”', f'{n} {c} that {b}, and {d}.', f'"{b}", {c} {n}.', f'{b[0].upper() + b[1:]}, {c} {n} — ‘{d}’.', f'{d[0].upper() + d[1:]}!', f'“{b}. {d[0].upper() + d[1:]}']))
        out.append(' '.join(line))
    return '\n\n'.join(out)


def read(path):
    b = open(path, 'rb').read(); at = 20; out = {}
    for _ in range(struct.unpack('<I', b[16:20])[0]):
        n = b[at]; name = b[at + 1:at + 1 + n].decode(); at += 1 + n; kind, rank = b[at], b[at + 1]; at += 2
        dims = struct.unpack(f'<{rank}I', b[at:at + 4 * rank]); at += 4 * rank; k = int(np.prod(dims)); size = k * (4 if kind == 0 else 1)
        out[name] = np.frombuffer(b[at:at + size], dtype=('<f4', 'i1', 'u1')[kind]).reshape(dims).copy(); at += size
    return out


def model(path):
    m = read(path); f = lambda x: torch.from_numpy(x.astype(np.float32)); L = sum(k[0] == 'v' and k[1:].isdigit() for k in m); d = len(m['base'])
    s = Student(f(m['piece'] * m['pieceScale'][:, None]), len(m['row']), 13, d, L); s.rows.weight.data = f(m['row'] * m['rowScale'][:, None])
    s.inp.weight.data, s.inp.bias.data = torch.eye(d), f(m['base'])
    for lin, k in [(s.near, 'shown'), (s.conv, 'conv'), (s.out, 'out')] + [(s.layers[i].w, f'u{i}') for i in range(L)]: lin.weight.data, lin.bias.data = f(m[k + 'W'].T), f(m[k + 'B'])
    for i in range(L): s.layers[i].v.data = f(m[f'v{i}'])
    return s.eval()


def answers(path, feat, texts, out):
    m = model(path); ts = {d['id']: d['text'] for d in map(json.loads, open(texts, encoding='utf-8'))}
    with open(out, 'w', encoding='utf-8') as w, torch.inference_mode():
        for i, tok, rows, pieces in data.load(feat, os.path.basename(texts).removesuffix('.jsonl')):
            z = m(torch.from_numpy(rows[None].astype(np.int64)), torch.from_numpy(pieces[None].astype(np.int64)), torch.tensor([len(tok)]))[0].numpy()
            odds = np.concatenate([np.stack([z[:, 3 * h + k] - z[:, 3 * h] for h in range(3) for k in (1, 2)], 1), z[:, [10]] - z[:, [9]], z[:, [12]] - z[:, [11]]], 1)
            at = list(range(0, len(tok), 5))
            w.write(json.dumps({'text': ts[i], 'tokens': at, 'odds': [[round(float(v), 2) for v in odds[k]] for k in at]}, ensure_ascii=False) + '\n')


if __name__ == '__main__':
    if sys.argv[1] == 'texts':
        r = random.Random(7)
        with open(sys.argv[2], 'w', encoding='utf-8') as w:
            for k in range(50): w.write(json.dumps({'id': str(k), 'text': text(r)}, ensure_ascii=False) + '\n')
    else:
        os.environ.setdefault('SAIDGRAPH_WORK', os.path.dirname(os.path.abspath(sys.argv[3]))); answers(*sys.argv[2:6])
