-- Codes of types, labels, kinds and voices: code.go. Only ever append a new file; never change an old one.
--
-- age is minus the Unix time of an article's date, so that "newest first" is ascending order and one row value is a
-- cursor. An article without a date has the age of the zero time, the oldest there is.
--
-- The article's 16-byte id stands in the edges: (age, article, n) is then the order of graph.Compare, as
-- stored, and no read of one actor's edges sorts.

CREATE TABLE article (
  id       INTEGER PRIMARY KEY,
  uid      BLOB NOT NULL UNIQUE,
  age      INTEGER NOT NULL,
  url      TEXT NOT NULL,
  title    TEXT NOT NULL,
  outlet   TEXT NOT NULL,
  outlet_fold TEXT NOT NULL,
  byline   TEXT NOT NULL,
  language TEXT NOT NULL,
  license  TEXT NOT NULL,
  hash     TEXT NOT NULL,
  claim    INTEGER NOT NULL, -- id of its first claim; the others follow
  claims   INTEGER NOT NULL,
  text     TEXT NOT NULL     -- last: rows are read without their overflow pages
);
CREATE INDEX article_age ON article(age, uid);

-- articles and named are kept by the writer: number of articles that know the actor, and the one that names it.
CREATE TABLE actor (
  id       INTEGER PRIMARY KEY,
  uid      BLOB NOT NULL UNIQUE,
  label    INTEGER NOT NULL,
  name     TEXT NOT NULL,
  aliases  TEXT NOT NULL,    -- JSON array of strings, or empty
  articles INTEGER NOT NULL
);

CREATE TABLE claim (
  id       INTEGER PRIMARY KEY,
  uid      BLOB NOT NULL UNIQUE,
  article  BLOB NOT NULL,
  age      INTEGER NOT NULL,
  kind     INTEGER NOT NULL,
  spans    BLOB NOT NULL,
  by       TEXT NOT NULL,
  text     TEXT NOT NULL
);

-- n numbers the edges of an article in the order of graph.Compare. The ends are from_actor and to_actor, claim, or the
-- article itself, as the type says; claim is a stance's claim too. proof: proof.go.
CREATE TABLE edge (
  article    BLOB NOT NULL,
  n          INTEGER NOT NULL,
  type       INTEGER NOT NULL,
  from_actor INTEGER,
  to_actor   INTEGER,
  claim      INTEGER,
  kind       INTEGER NOT NULL, -- the claim's
  voice      INTEGER NOT NULL,
  score      REAL NOT NULL,
  age        INTEGER NOT NULL,
  proof      BLOB NOT NULL,
  PRIMARY KEY (article, n)
) WITHOUT ROWID;
CREATE INDEX edge_from ON edge(from_actor, type, age, article, n) WHERE from_actor IS NOT NULL;
CREATE INDEX edge_to ON edge(to_actor, type, age, article, n) WHERE to_actor IS NOT NULL;
CREATE INDEX edge_said ON edge(claim, from_actor) WHERE type = 1;
CREATE INDEX edge_about ON edge(claim, to_actor) WHERE type = 2;

-- All that is a name of somebody.
CREATE TABLE name (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE,
  fold TEXT NOT NULL
);
CREATE INDEX name_fold ON name(fold);

-- Which articles give which actor which name; main is the Name of that article's batch.
CREATE TABLE known (
  article BLOB NOT NULL,
  actor   INTEGER NOT NULL,
  name    INTEGER NOT NULL,
  main    INTEGER NOT NULL,
  label   INTEGER NOT NULL,
  PRIMARY KEY (article, actor, name)
) WITHOUT ROWID;
CREATE INDEX known_main ON known(actor, article) WHERE main = 1;

-- The same, counted over the articles.
CREATE TABLE bears (
  actor INTEGER NOT NULL REFERENCES actor(id),
  name  INTEGER NOT NULL REFERENCES name(id),
  n     INTEGER NOT NULL,
  PRIMARY KEY (actor, name)
) WITHOUT ROWID;
CREATE INDEX bears_name ON bears(name, actor);

-- Edges by type: counting them would read the largest table.
CREATE TABLE total (
  type INTEGER PRIMARY KEY,
  n    INTEGER NOT NULL
);

-- graph.Words, joined by spaces: of ASCII they hold only letters and digits, so this tokenizer cuts at the spaces alone.
CREATE VIRTUAL TABLE name_text USING fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE VIRTUAL TABLE claim_text USING fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii');
