// What the graph looks like: docs/neo4j.md. Only ever append a new file; never change an old one. A statement ends with ";".

CREATE CONSTRAINT saidgraph_id IF NOT EXISTS FOR (s:Saidgraph) REQUIRE s.id IS UNIQUE;
CREATE CONSTRAINT actor_id IF NOT EXISTS FOR (a:Actor) REQUIRE a.id IS UNIQUE;
CREATE CONSTRAINT claim_id IF NOT EXISTS FOR (c:Claim) REQUIRE c.id IS UNIQUE;
CREATE CONSTRAINT article_id IF NOT EXISTS FOR (a:Article) REQUIRE a.id IS UNIQUE;
CREATE CONSTRAINT record_key IF NOT EXISTS FOR (r:Record) REQUIRE (r.bucket, r.key) IS UNIQUE;

// age is minus the Unix time of the article's date, so that (age, id) ascending is "newest first".
CREATE INDEX article_age IF NOT EXISTS FOR (a:Article) ON (a.age, a.id);
CREATE INDEX article_copy IF NOT EXISTS FOR (a:Article) ON (a.copy_key);
CREATE INDEX claim_article IF NOT EXISTS FOR (c:Claim) ON (c.article);
CREATE INDEX claim_age IF NOT EXISTS FOR (c:Claim) ON (c.age, c.id);
CREATE INDEX actor_articles IF NOT EXISTS FOR (a:Actor) ON (a.articles);

// The edges between actors have no end that leads to their article.
CREATE INDEX criticized_article IF NOT EXISTS FOR ()-[r:CRITICIZED]-() ON (r.article);
CREATE INDEX praised_article IF NOT EXISTS FOR ()-[r:PRAISED]-() ON (r.article);
CREATE INDEX affiliated_article IF NOT EXISTS FOR ()-[r:AFFILIATED]-() ON (r.article);

// Both hold folded words, cut at the spaces alone.
CREATE FULLTEXT INDEX actor_search IF NOT EXISTS FOR (a:Actor) ON EACH [a.search] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
CREATE FULLTEXT INDEX claim_words IF NOT EXISTS FOR (c:Claim) ON EACH [c.words] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
