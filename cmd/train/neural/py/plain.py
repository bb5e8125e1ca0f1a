"""Makes articles without annotations, for the teacher to annotate: plain.py DIRECTED.jsonl OUT.jsonl

The sentences of that file, each once, in its order, a dozen an article and each a paragraph of its own.
"""
import json, sys

DOZEN = 12

if __name__ == '__main__':
    texts = list(dict.fromkeys(' '.join(json.loads(l)['text'].split()) for l in open(sys.argv[1], encoding='utf-8')))
    with open(sys.argv[2], 'w', encoding='utf-8') as w:
        for k in range(0, len(texts), DOZEN): w.write(json.dumps({'id': f'plain/{k}', 'text': '\n\n'.join(texts[k:k + DOZEN])}, ensure_ascii=False) + '\n')
    print(len(texts), 'sentences')
