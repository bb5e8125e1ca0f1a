"""Writes a trained student as loaders/quote/ml reads it.

  export.py WORK NAME OUT.bin [--bias 3 numbers]

Of the heads only content, cue and source go along: the others only helped in training.
"""
import argparse, json, os, struct, zlib
import numpy as np, torch
from teacher import model_dir

KINDS = {np.dtype('float32'): 0, np.dtype('int8'): 1}


def quantized(w):
    """int8 rows and the scale of each."""
    s = np.abs(w).max(1) / 127; s[s == 0] = 1
    return np.clip(np.rint(w / s[:, None]), -127, 127).astype(np.int8), s.astype(np.float32)


def tensors(st, bias, trans, score):
    m = {k: v.numpy() for k, v in st['ema'].items()}; out = {}
    out['vocabulary'] = open(os.path.join(model_dir(), 'vocab.txt'), encoding='utf-8').read().rstrip('\n').encode()
    out['piece'], out['pieceScale'] = quantized(m['pieces.weight'][:-1] @ m['inp.weight'].T)
    out['row'], out['rowScale'] = quantized(m['rows.weight'][:18225]); out['base'] = m['inp.bias']
    lin = lambda name, key, keep=slice(None): out.update({name + 'W': np.ascontiguousarray(m[key + '.weight'][keep].T), name + 'B': m[key + '.bias'][keep]})
    lin('shown', 'near'); lin('conv', 'conv'); n = 0
    while f'layers.{n}.v' in m: lin(f'u{n}', f'layers.{n}.w'); out[f'v{n}'] = m[f'layers.{n}.v']; n += 1
    lin('out', 'out', list(range(9)) + list(range(21, 25))); out['trans'] = m['trans'][:3] * np.float32(trans)
    out['score'] = np.array(score, dtype=np.float32)
    out['bias'] = np.array(bias, dtype=np.float32)
    return out


def write(ts, path):
    body = struct.pack('<I', len(ts))
    for name, v in ts.items():
        raw = isinstance(v, bytes); kind = 2 if raw else KINDS[v.dtype]; dims = (len(v),) if raw else v.shape
        body += struct.pack('<B', len(name)) + name.encode() + struct.pack('<BB', kind, len(dims)) + b''.join(struct.pack('<I', d) for d in dims) + (v if raw else v.tobytes())
    with open(path + '.part', 'wb') as f: f.write(b'SAIDTAGR' + struct.pack('<II', 2, zlib.crc32(body)) + body)
    os.replace(path + '.part', path)


if __name__ == '__main__':
    p = argparse.ArgumentParser(); p.add_argument('work'); p.add_argument('name'); p.add_argument('out'); p.add_argument('--bias', type=float, nargs=3, default=[0] * 3); p.add_argument('--trans', type=float, default=1, help="times the transitions: what taught the student made it sure of its borders by itself"); p.add_argument('--score', help='calibrate.py wrote it'); a = p.parse_args()
    write(tensors(torch.load(os.path.join(a.work, a.name + '.pt'), weights_only=False), a.bias, a.trans, json.load(open(a.score)) if a.score else [0] * 10), a.out)
    print(a.out, os.path.getsize(a.out), 'bytes')
