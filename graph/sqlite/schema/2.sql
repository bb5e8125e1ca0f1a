-- What programs remember beside the graph (graph.Records).
CREATE TABLE record (
  bucket  TEXT NOT NULL,
  key     TEXT NOT NULL,
  version INTEGER NOT NULL,
  value   BLOB NOT NULL,
  PRIMARY KEY (bucket, key)
);

ALTER TABLE article ADD COLUMN wire TEXT NOT NULL DEFAULT '';
ALTER TABLE article ADD COLUMN copy TEXT NOT NULL DEFAULT '';
-- Copies of one text, the first one first: one without a date is the last.
CREATE INDEX article_copy ON article(copy, (age >= 62135596800), -age, uid) WHERE copy <> '';
