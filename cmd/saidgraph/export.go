package main

import (
	"fmt"
	"strings"

	"saidgraph/graph/neo4j"
)

type exportCmd struct {
	Format string `arg:"" enum:"neo4j-admin" help:"neo4j-admin: the files of its bulk import."`
	Dir    string `arg:"" help:"A new folder for the files."`
}

func (exportCmd) Help() string {
	return `Writes the graph as CSV files and prints the command that imports them into an empty Neo4j database, many times faster than
loading. Stop the database for the import; the first saidgraph command on it afterwards adds indexes and constraints.

Example:
  saidgraph export neo4j-admin /tmp/graph --store sqlite:saidgraph.db`
}

func (c *exportCmd) Run(a *app) error {
	store, err := a.openExisting()
	if err != nil {
		return err
	}
	defer store.Close() // read only
	args, err := neo4j.Export(c.Dir, store.Batches(a.ctx))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "neo4j-admin database import full neo4j --overwrite-destination=true \\\n  %s\n", strings.Join(args, " \\\n  "))
	return err
}
