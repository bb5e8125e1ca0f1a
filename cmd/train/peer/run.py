#!/usr/bin/env python3
"""Runs `saidgraph extract` and an open peer side by side: run.py SAIDGRAPH

Both read the bundled Wikinews texts, each in one process held to the same one core, one after the other in this run.
The peer (requirements.txt) is installed in a virtual environment of its own; where that cannot be done its part is
skipped with the reason. Then our own memory on 10 MB, and the time from process start to the first result.

Rates are by elapsed and by processor time: only the second means something while the machine does other work. Ours
count the process with its start; the peer's only the documents, after imports and loading. Standard library only.
"""
import json, os, pathlib, statistics, subprocess, sys, tempfile, time

HERE = pathlib.Path(__file__).resolve().parent
WIKINEWS = HERE.parents[2] / "loaders" / "sample" / "wikinews.jsonl"
VENV = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "saidgraph" / "peer"
REPEAT, BIG, STARTS = 3, 10_000_000, 20
ONE = dict(os.environ, GOMAXPROCS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")


def install():
    """The peer's Python, or None and why not."""
    python, done = VENV / "bin" / "python", VENV / "requirements.txt"
    want = (HERE / "requirements.txt").read_text()
    if done.exists() and done.read_text() == want:
        return python, ""
    try:
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True, capture_output=True, text=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--requirement", str(HERE / "requirements.txt")],
                       check=True, capture_output=True, text=True, timeout=900)
    except subprocess.CalledProcessError as e:
        return None, ((e.stderr or e.stdout).strip().splitlines() or ["no message"])[-1]
    except (OSError, subprocess.TimeoutExpired) as e:
        return None, str(e)
    done.write_text(want)
    return python, ""


def measure(command):
    """Runs a command: seconds elapsed, of the processor, to its first byte; peak memory in MB; its output's bytes."""
    begin, first, size = time.monotonic(), None, 0
    p = subprocess.Popen(command, stdout=subprocess.PIPE, env=ONE)
    while True:
        b = p.stdout.read1(1 << 20)
        if first is None:
            first = time.monotonic() - begin
        if not b:
            break
        size += len(b)
    _, status, used = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    if p.returncode or not size:
        sys.exit(f"run.py: {' '.join(command)}: exit status {p.returncode}, {size} bytes")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return {"wall": time.monotonic() - begin, "cpu": used.ru_utime + used.ru_stime, "first": first, "mb": used.ru_maxrss * unit / 1e6}


def rate(name, size, m, note):
    print(f"  {name:22s} {size / 1e6 / m['wall']:7.4f} MB/s elapsed  {size / 1e6 / m['cpu']:7.4f} MB/s of processor time   {note}")


def main(ours, work):
    texts = [json.loads(line)["text"] for line in open(WIKINEWS, encoding="utf-8")]

    def documents(name, enough):
        """As many rounds of the texts as enough(rounds, bytes) wants, a document each; the file and its text's bytes."""
        size, rounds, path = 0, 0, work / name
        with open(path, "w", encoding="utf-8") as f:
            while not enough(rounds, size):
                for i, text in enumerate(texts):
                    f.write(json.dumps({"id": f"{rounds}.{i}", "text": text}) + "\n")
                    size += len(text.encode())
                rounds += 1
        return str(path), size

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # children inherit it
    path, size = documents("some.jsonl", lambda rounds, _: rounds >= REPEAT)
    print(f"side by side, one core: {len(texts)} bundled texts {REPEAT} times, {size / 1e6:.3f} MB")
    python, why = install()
    us = measure([ours, "extract", "--gold", path])
    rate("saidgraph extract", size, us, "full analysis; its start counted")
    if python is None:
        print(f"  peer not installed, skipped: {why}")
    else:
        run = subprocess.run([str(python), str(HERE / "extract.py"), path], stdout=subprocess.PIPE, env=ONE, check=True)
        peer = json.loads(run.stdout)
        rate("textacy on spaCy sm", size, peer, f"direct quotations only; {peer['refused']} texts refused; its start of {peer['start']:.1f} s not counted")
        print(f"  ratio                  {peer['wall'] / us['wall']:7.1f} times elapsed {peer['cpu'] / us['cpu']:8.1f} times by processor time")

    print(f"memory and rate, one core: {BIG // 1000000} MB")
    path, size = documents("big.jsonl", lambda _, size: size >= BIG)
    one = work / "one.txt"
    one.write_bytes(("\n\n".join(texts) + "\n\n").encode() * (BIG // 80_000 + 1))
    os.truncate(one, BIG)
    for name, command, size in (("as articles", ["--gold", path], size), ("as one document", [str(one)], BIG)):
        m = measure([ours, "extract", *command])
        rate(name, size, m, f"at most {m['mb']:.0f} MB resident")

    short = work / "short.txt"
    short.write_text("“We will not pay,” Ann Lee, the mayor of Salem, said on Monday.\n", encoding="utf-8")
    firsts = sorted(measure([ours, "extract", str(short)])["first"] * 1000 for _ in range(STARTS))
    print(f"process start to first result, one sentence: median of {STARTS} {statistics.median(firsts):.0f} ms, fastest {firsts[0]:.0f}, slowest {firsts[-1]:.0f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.stdout.reconfigure(line_buffering=True)
    with tempfile.TemporaryDirectory() as d:
        main(os.path.abspath(sys.argv[1]), pathlib.Path(d))
