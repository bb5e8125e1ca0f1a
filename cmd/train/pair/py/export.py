"""Writes a trained network as loaders/quote/judge reads it, and answers to hold the Go run against.

  export.py WORK NAME OUT.bin [--golden OUT.jsonl --made-up MADE.bin]
"""
import argparse, json, os, struct, zlib
import numpy as np, torch
import torch.nn.functional as F
from student import HINTS, Net, Pairs, TABLE


def quantized(w):
    """int8 rows and the scale of each."""
    s = np.abs(w).max(1) / 127; s[s == 0] = 1
    return np.clip(np.rint(w / s[:, None]), -127, 127).astype(np.int8), s.astype(np.float32)


def write(st, calibration, path):
    m = {k: v.numpy() for k, v in st['ema'].items()}; q, scale = quantized(m['words.weight']); d = m['place.weight'].shape[1]
    body = struct.pack('<6I', len(st['keys']), q.shape[1], d, m['up.bias'].shape[0], TABLE, 2 * m['place.weight'].shape[0])
    body += st['keys'].astype('<u4').tobytes() + q.tobytes()
    lin = lambda k: [m[k + '.weight'].T, m[k + '.bias']]; sru = lambda k: lin(k + '.w') + [m[k + '.v']]
    for v in [scale, m['rows.weight'][:TABLE], m['place.weight'], m['place.weight'] + m['turned.weight']] + lin('inp') + lin('conv') + sru('one') + sru('two') + lin('up') + lin('out') + [np.array(calibration)]:
        body += np.ascontiguousarray(v, dtype='<f4').tobytes()
    with open(path + '.part', 'wb') as f: f.write(b'sgpn' + struct.pack('<III', 1, len(body), zlib.crc32(body)) + body)
    os.replace(path + '.part', path)


def golden(st, made, out):
    """Pairs of made-up sentences and the odds that the network gives them."""
    w = st['ema']; model = Net(w['words.weight'].numpy().copy(), w['rows.weight'].shape[0], w['place.weight'].shape[1], deep=w['up.bias'].shape[0]); model.load_state_dict(w); model.eval()
    q, s = quantized(w['words.weight'].numpy())
    with torch.inference_mode():
        model.words.weight.copy_(torch.from_numpy(q * s[:, None])); pairs = Pairs(os.path.dirname(made), os.path.basename(made).removesuffix('.bin'), st['keys'])
        lines = [json.loads(l) for l in open(made.removesuffix('.bin') + '.jsonl', encoding='utf-8')]
        with open(out, 'w', encoding='utf-8') as f:
            for i, l in enumerate(lines):
                z = model(*pairs.batch([i]))[0].tolist(); n = np.array(pairs.all[i][3]).tolist()
                f.write(json.dumps({'text': l['text'], 'a': n[:2], 'b': n[2:], 'odds': [round(v, 4) for v in z]}, ensure_ascii=False) + '\n')


if __name__ == '__main__':
    p = argparse.ArgumentParser(); p.add_argument('work'); p.add_argument('name'); p.add_argument('out'); p.add_argument('--golden'); p.add_argument('--made-up'); a = p.parse_args()
    st = torch.load(os.path.join(a.work, a.name + '.pt'), weights_only=False)
    write(st, json.load(open(os.path.join(a.work, a.name + '.calibration.json'))), a.out); print(a.out, os.path.getsize(a.out), 'bytes')
    if a.golden: golden(st, a.made_up, a.golden)
