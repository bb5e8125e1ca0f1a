package neo4j_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"saidgraph/graph"
	"saidgraph/graph/neo4j"
	"saidgraph/graph/neo4j/neo4jtest"
)

const writers = 8

// writerVariable makes this test binary one of the writers of [TestWritersAtOnce]: its number, the number of articles and the server's URL.
const writerVariable = "SAIDGRAPH_TEST_WRITER"

// writer loads all articles, from its own place on and round, some a transaction.
func writer(order string) error {
	fields := strings.Fields(order)
	n, err := strconv.Atoi(fields[0])
	if err != nil {
		return err
	}
	count, err := strconv.Atoi(fields[1])
	if err != nil {
		return err
	}
	ctx := context.Background()
	s, err := neo4j.Open(ctx, fields[2], neo4j.Options{Retry: 10 * time.Minute})
	if err != nil {
		return err
	}
	defer s.Close()
	batches := briefs(count)
	step := max(10, count/50)
	for i := 0; i < count; i += step {
		at := (i + n*count/writers/step*step) % count
		if err := s.Apply(ctx, batches[at:min(at+step, count)]...); err != nil {
			return err
		}
	}
	return nil
}

// briefs are the first claims of n articles of the made-up press: eight writers of whole ones take ten minutes.
func briefs(n int) []graph.Batch {
	batches := press(n)
	for i := range batches {
		b := &batches[i]
		b.Edges = b.Edges[:15]
		touched := map[graph.ID]bool{}
		for _, e := range b.Edges {
			touched[e.From], touched[e.To] = true, true
		}
		b.Claims = slices.DeleteFunc(b.Claims, func(c graph.Claim) bool { return !touched[c.ID] })
		b.Actors = slices.DeleteFunc(b.Actors, func(a graph.Actor) bool { return !touched[a.ID] })
	}
	return batches
}

// TestWritersAtOnce loads the same articles in eight processes at once, each in another order, and wants the graph of one load.
func TestWritersAtOnce(t *testing.T) {
	server := neo4jtest.Start(t)
	s := server.Open(t, neo4j.Options{})
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	var all [writers]*exec.Cmd
	var said [writers]bytes.Buffer
	for w := range all {
		all[w] = exec.CommandContext(t.Context(), program)
		all[w].Env = append(os.Environ(), fmt.Sprintf("%s=%d %d %s", writerVariable, w, atOnce(), server.URL))
		all[w].Stderr = &said[w]
		if err := all[w].Start(); err != nil {
			t.Fatal(err)
		}
	}
	for w, cmd := range all {
		if err := cmd.Wait(); err != nil {
			t.Errorf("writer %d: %v: %s", w, err, &said[w])
		}
	}
	t.Logf("%d processes loaded the same %d articles in %.0f s", writers, atOnce(), time.Since(start).Seconds())
	wants(t, s, briefs(atOnce()))
	server.Cypher(t, "MATCH (c:Commit) RETURN count(c)", func(v []any) {
		if v[0] != int64(0) {
			t.Errorf("%v marks of commits are left", v[0])
		}
	})
}
