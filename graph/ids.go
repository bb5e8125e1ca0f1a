package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
)

// space is the UUIDv5 namespace of all ids of this project.
var space = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://saidgraph/"))

func derive(parts ...string) ID {
	return uuid.NewSHA1(space, []byte(strings.Join(parts, "\x00")))
}

// ActorID is derived from the label and the resolved key (a folded canonical name).
func ActorID(label Label, key string) ID { return derive("actor", string(label), key) }

// ArticleID is derived from the canonical URL, else from the hash of the text.
func ArticleID(url, hash string) ID {
	if url != "" {
		return derive("article", "url", url)
	}
	return derive("article", "hash", hash)
}

// ClaimID is derived from the article and the claim's spans.
func ClaimID(article ID, spans []Span) ID {
	return derive("claim", article.String(), spanKey(spans))
}

// EdgeID is derived from all that tells one edge from another.
func EdgeID(t Type, from, to, article ID, spans []Span, role, voice string) ID {
	return derive("edge", string(t), from.String(), to.String(), article.String(), spanKey(spans), role, voice)
}

// Hash is the hex SHA-256 of a text.
func Hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func spanKey(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(strconv.Itoa(s.Start) + "-" + strconv.Itoa(s.End) + ";")
	}
	return b.String()
}

func runeLen(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}
