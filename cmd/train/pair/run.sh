#!/usr/bin/env bash
# Trains loaders/quote/model/stance.bin, the network of who judges whom, from the gold data: run.sh GOLD [WORK]
#
# Resumable: each step leaves its result in WORK and is skipped when that is there; remove WORK to begin anew, as after a change
# of how text is read. The same seed gives the same figures to about the second digit: threads add numbers in an order of their
# own. About an hour on two idle cores, half of it the encoder's three passes (1.5 s a step). EPOCHS=1 is a quick trial of every step.
set -euo pipefail
gold=$(realpath "${1:?usage: run.sh GOLD [WORK]}")
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
. "$here/../neural/setup.sh"
work=${2:-$cache/pair}
more=20000
mkdir -p "$work"
work=$(realpath "$work")
export SAIDGRAPH_WORK=$work
py() { "$venv/bin/python" "$here/py/$1.py" "${@:2}"; }
have() { [ -e "$work/$1" ]; }

cd "$root"
go build -tags nomsgpack -o "$work/pair" ./cmd/train/pair
have dumped || { "$work/pair" dump "$gold" "$work" && touch "$work/dumped"; }
"$work/pair" names loaders/quote/judge/testdata/made-up.jsonl "$work/made-up"
have vec96.npy || "$venv/bin/python" "$neural/py/vectors.py" "$work/vec96.npy"

# The encoder, and what it says of the pairs, also of those that nobody judged.
py encoder fit "$gold" "$work" --epochs "${EPOCHS:-3}" --lr 8e-5
have gold.teacher.npy || py encoder label "$work" "$work/gold.jsonl" "$work/gold.teacher.npy" --once
have more.teacher.npy || py encoder label "$work" "$work/more.jsonl" "$work/more.teacher.npy" --once --most $more

# Three small networks of several seeds and sizes; the network that ships is taught by the gold and by the mean of all four.
fit() { have "$1.pt" || py student fit "$work" "$@" --batch 96 --lr 2.5e-3; }
fit one --epochs "${EPOCHS:-6}" --seed 1
fit two --epochs "${EPOCHS:-10}" --seed 3 --d 96 --dims 96 --deep 128 --drop .35
fit three --epochs "${EPOCHS:-9}" --seed 4 --drop .25
have more.npy || py student label "$work" one two three --most $more
fit taught --epochs "${EPOCHS:-14}" --seed 6 --drop .15 --kd 1.5 --gold .4 --most $more

py calibrate "$work" taught
py export "$work" taught loaders/quote/model/stance.bin --golden loaders/quote/judge/testdata/golden.jsonl --made-up "$work/made-up.bin"
go build -tags nomsgpack -o "$work/saidgraph" ./cmd/saidgraph
"$work/saidgraph" extract --gold "$gold/directed.dev.jsonl" >"$work/judged.jsonl"
python3 "$gold/score.py" "$gold/directed.dev.jsonl" "$work/judged.jsonl"
