"""Gold and silver labels on our own tokens, as `neural dump` wrote them."""
import gzip, json, os
import numpy as np

FEATURES, PIECES, COLUMNS = 13, 6, 5
BIO = ['content', 'cue', 'source', 'person_outer', 'person_inner', 'organization_outer', 'organization_inner']


def load(feat, name):
    """[(id, tokens [n,5], rows [n,13], pieces [n,6])]."""
    a = np.fromfile(os.path.join(feat, name + '.bin'), dtype='<i4'); w = COLUMNS + FEATURES + PIECES; out, at = [], 0
    for i in open(os.path.join(feat, name + '.ids'), encoding='utf-8'):
        n = int(a[at]); t = a[at + 1:at + 1 + n * w].reshape(n, w); at += 1 + n * w
        out.append((i.rstrip('\n'), t[:, :COLUMNS], t[:, COLUMNS:COLUMNS + FEATURES], t[:, COLUMNS + FEATURES:]))
    assert at == len(a), (at, len(a))
    return out


def cover(tok, s, e):
    """Tokens that [s, e) overlaps."""
    return int(np.searchsorted(tok[:, 1], s, side='right')), int(np.searchsorted(tok[:, 0], e, side='left'))


def bio(tok, spans):
    y = np.zeros(len(tok), dtype=np.int64)
    for s, e in sorted(spans):
        a, b = cover(tok, s, e)
        if b > a: y[a:b] = 2; y[a] = 1
    return y


def outermost(quotes):
    """Quotes whose content no other content contains."""
    hull = [(min(a for a, _ in q['content']), max(b for _, b in q['content'])) if q['content'] else (0, 0) for q in quotes]
    return [q for q, h in zip(quotes, hull) if not any(g != h and g[0] <= h[0] and h[1] <= g[1] for g in hull)]


def layers(ents, kind):
    """Outermost and innermost mentions of a kind."""
    m = sorted({tuple(x) for e in ents if e.get('type') == kind for x in e['mentions']})
    inside = lambda a, b: b[0] <= a[0] and a[1] <= b[1] and a != b
    return [a for a in m if not any(inside(a, b) for b in m)], [a for a in m if not any(inside(b, a) for b in m)]


def gold(doc, tok):
    """bio [n, 7], -100 where the corpus is silent; link [n, 2]: 1 if the cue stands after the content or source piece of this token."""
    n = len(tok); y = np.full((n, 7), -100, dtype=np.int64); link = np.full((n, 2), -100, dtype=np.int64)
    if 'quotes' in doc:
        qs = outermost(doc['quotes'])
        for k, part in enumerate(('content', 'cue', 'source')): y[:, k] = bio(tok, [tuple(s) for q in qs for s in q[part]])
        for q in qs:
            if not q['cue']: continue
            c = q['cue'][0][0]
            for k, part in enumerate(('content', 'source')):
                for s, e in q[part]:
                    a, b = cover(tok, s, e); link[a:b, k] = int(s < c)
    if 'entities' in doc:
        for k, kind in enumerate(('person', 'organization')):
            o, i = layers(doc['entities'], kind); y[:, 3 + 2 * k], y[:, 4 + 2 * k] = bio(tok, o), bio(tok, i)
    return y, link


def silver(path):
    """id -> [(start, end, pos, ner)]."""
    out, cur = {}, None
    for l in gzip.open(path, 'rt', encoding='utf-8'):
        if l.startswith('# id '): cur = out.setdefault(l[5:].split('\t')[0].strip(), [])
        elif l.strip():
            c = l.rstrip('\n').split('\t'); cur.append((int(c[0]), int(c[1]), c[3], c[4]))
    return out


def conllu(path):
    """id -> [(form, xpos)]."""
    out, cur = {}, None
    for l in gzip.open(path, 'rt', encoding='utf-8'):
        if l.startswith('# newdoc id ='): cur = out.setdefault('gum/' + l.split('=')[1].strip(), [])
        elif l[:1].isdigit():
            c = l.split('\t')
            if c[0].isdigit(): cur.append((c[1], c[4]))
    return out


def place(text, words):
    """(form, xpos) -> (start, end, xpos, '') by walking the text."""
    out, at = [], 0
    for w, p in words:
        i = text.find(w, at, at + 200)
        if i < 0: continue
        out.append((i, i + len(w), p, '')); at = i + len(w)
    return out


def aux(tok, words, tags):
    """part of speech by last overlapping word, and NER BIO: 0 none 1/2 person 3/4 organization."""
    n = len(tok); pos = np.full(n, -100, dtype=np.int64); ner = np.full(n, -100, dtype=np.int64)
    if not words: return pos, ner
    end = {e: (p, k) for _, e, p, k in words}; prev = ''
    for i in range(n):
        got = end.get(int(tok[i, 1]))
        if got is None: prev = ''; continue
        pos[i] = tags.setdefault(got[0], len(tags)); k = {'PERSON': 1, 'ORGANIZATION': 3}.get(got[1], 0)
        ner[i] = k + 1 if k and prev == got[1] else k; prev = got[1] if k else ''
    if not words[0][3]: ner[:] = -100
    return pos, ner


SURE = {'he', 'she', 'him', 'his', 'himself', 'herself', 'i', 'me', 'my', 'myself'}
NEVER = ('VB', 'MD', 'IN', 'RB', 'TO', 'CC', 'WDT', 'WRB', ',', '.', ':', '``', "''", '-LRB-', '-RRB-', 'EX', 'RP')


def guess(text, tok, pos, ner, tags):
    """What silver tags say for sure of innermost mentions: [n, 2] BIO of person and organization, -100 where they say nothing."""
    names = {v: k for k, v in tags.items()}; y = np.full((len(tok), 2), -100, dtype=np.int64)
    for i in range(len(tok)):
        w = text[tok[i, 0]:tok[i, 1]].lower()
        if ner[i] > 0:
            k = int(ner[i] > 2); y[i, 1 - k] = 0; y[i, k] = 2 - ner[i] % 2
            if y[i, k] == 1 and i and text[tok[i - 1, 0]:tok[i - 1, 1]].lower() == 'the': y[i - 1, k], y[i, k], y[i - 1, 1 - k] = 1, 2, 0
        elif w in SURE: y[i] = (1, 0)
        elif pos[i] >= 0 and names[int(pos[i])].startswith(NEVER): y[i] = 0
    return y
