#!/usr/bin/env bash
# Trains loaders/quote/model/stance.bin, the network of who judges whom, from the gold data: run.sh GOLD [WORK]
#
# Resumable: each training leaves its result in WORK and is skipped when that is there. The same seed gives the same
# figures to about the second digit: threads add numbers in an order of their own. About half an hour on two cores.
set -euo pipefail
gold=$(realpath "${1:?usage: run.sh GOLD [WORK]}")
work=${2:-${XDG_CACHE_HOME:-$HOME/.cache}/saidgraph/pair}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
neural=$here/../neural/py
venv=${XDG_CACHE_HOME:-$HOME/.cache}/saidgraph/venv
mkdir -p "$work"
work=$(realpath "$work")

if [ ! -x "$venv/bin/python" ]; then
	python3 -m venv "$venv"
fi
"$venv/bin/python" -m pip install --quiet --requirement "$neural/requirements.txt"
py() { SAIDGRAPH_WORK=$work "$venv/bin/python" "$here/py/$1.py" "${@:2}"; }

cd "$root"
go build -tags nomsgpack -o "$work/pair" ./cmd/train/pair
"$work/pair" dump "$gold" "$work"
"$work/pair" names loaders/quote/judge/testdata/made-up.jsonl "$work/made-up"
[ -f "$work/vec96.npy" ] || "$venv/bin/python" "$neural/vectors.py" "$work/vec96.npy"

# Networks of several seeds and sizes, what they say together of pairs that nobody judged, and the network that ships, taught by both.
train() { [ -f "$work/$1.pt" ] || py student fit "$work" "$@"; }
train one --epochs 9 --batch 96 --lr 2.5e-3 --drop .25 --seed 4
