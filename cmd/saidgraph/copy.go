package main

import (
	"errors"
	"fmt"

	"saidgraph/graph"
)

type copyCmd struct {
	To string `arg:"" name:"url" help:"The store that the articles are copied to."`
}

func (copyCmd) Help() string {
	return `Copies every article with all it taught from --store to another store, without reading the texts again. What the other store has
of the same articles is replaced; its other articles stay. Runs, leases and dead letters are not copied.

Example:
  saidgraph copy neo4j://graph.example:7687 --store sqlite:saidgraph.db`
}

// copied is how many articles go in one transaction.
const copied = 200

func (c *copyCmd) Run(a *app) (err error) {
	from, err := a.openExisting()
	if err != nil {
		return err
	}
	defer from.Close() // read only
	to, err := (&app{ctx: a.ctx, store: c.To}).open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	n := 0
	var batches []graph.Batch
	flush := func() error {
		err := to.Apply(a.ctx, batches...)
		n += len(batches)
		batches = batches[:0]
		return err
	}
	for b, err := range from.Batches(a.ctx) {
		if err != nil {
			return err
		}
		if batches = append(batches, b); len(batches) == copied {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "copied %d articles to %s\n", n, bare(c.To))
	return err
}
