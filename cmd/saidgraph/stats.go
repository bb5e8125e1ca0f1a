package main

import (
	"encoding/json"
	"strconv"

	"saidgraph/graph"
)

type statsCmd struct{}

func (statsCmd) Help() string {
	return `Examples:
  saidgraph stats
  saidgraph stats --json --store sqlite:archive.db`
}

func (c *statsCmd) Run(a *app) error {
	store, err := a.openExisting()
	if err != nil {
		return err
	}
	defer store.Close() // read only
	s, err := store.Stats(a.ctx)
	if err != nil {
		return err
	}
	if a.json {
		return json.NewEncoder(a.stdout).Encode(s)
	}
	var rows [][]string
	for _, l := range []graph.Label{graph.ArticleNode, graph.Person, graph.Organization, graph.ClaimNode} {
		rows = append(rows, []string{string(l), strconv.Itoa(s.Nodes[l])})
	}
	for _, t := range []graph.Type{graph.Said, graph.About, graph.Criticized, graph.Praised, graph.Affiliated, graph.Declined, graph.Reported, graph.Mentioned, graph.Published} {
		rows = append(rows, []string{string(t), strconv.Itoa(s.Edges[t])})
	}
	return table(a.stdout, []string{"WHAT", "COUNT"}, rows)
}
