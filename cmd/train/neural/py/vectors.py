"""Word-piece vectors for the student: what all-MiniLM-L6-v2 makes of each piece alone, reduced by PCA.

  vectors.py OUT.npy [--dims 96]
"""
import argparse, os
import numpy as np, torch
from teacher import Teacher, model_dir


def outputs(model, ids):
    """Layers 0, 2, 4 and 6 for [CLS] piece [SEP]: [n, 4, 384]."""
    x = torch.zeros(len(ids), 3, 6, dtype=torch.long); x[:, 0, 0], x[:, 1, 0], x[:, 2, 0] = 101, ids, 102
    h = model.norm(model.word(x[..., 0]) + model.pos[1:4] + model.seg); m = torch.ones(len(ids), 1, 1, 3, dtype=torch.bool); keep = [h[:, 1]]
    for b in model.blocks:
        h = b(h, m, 0.0); keep.append(h[:, 1])
    return torch.stack([keep[k] for k in (0, 2, 4, 6)], 1)


def main():
    p = argparse.ArgumentParser(); p.add_argument('out'); p.add_argument('--dims', type=int, default=96); a = p.parse_args()
    torch.set_num_threads(2); torch.manual_seed(1); model = Teacher(weights=os.path.join(model_dir(), 'model.safetensors')).eval()
    n = model.word.num_embeddings
    with torch.inference_mode(): z = torch.cat([outputs(model, torch.arange(i, min(n, i + 1024))) for i in range(0, n, 1024)])
    z = z - z.mean(0, keepdim=True); z = z / z.pow(2).sum(-1).mean(0).sqrt()[None, :, None]
    z = z.reshape(n, -1); w = z[1000:]  # the first thousand are unused pieces and single characters
    _, s, v = torch.linalg.svd(w[torch.randperm(len(w))[:12000]], full_matrices=False)
    y = z @ v[:a.dims].T; y = y / y.std(0).clamp(min=1e-6) * (s[:a.dims] / s[0]).pow(.5) # softened spectrum
    print('kept', float((s[:a.dims] ** 2).sum() / (s ** 2).sum()))
    np.save(a.out, (y / y.pow(2).mean().sqrt()).numpy().astype(np.float32))


if __name__ == '__main__': main()
