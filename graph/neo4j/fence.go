package neo4j

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// The fence: a writer makes a node :Commit, then raises the epoch, then commits, then takes its :Commit away. Where a read finds no :Commit
// before it and the same epoch after it, none was committed meanwhile. Neo4j shows a commit piece by piece, too, so the :Commit and
// the epoch are two transactions: whoever sees the epoch raised sees the :Commit. For that, the epoch is read first.
const (
	// patience is how long a read waits for a quiet moment before it makes one: it takes the lock of the node :Saidgraph, without which
	// no writer begins to commit.
	patience = 500 * time.Millisecond
	// A writer locks its :Commit before it commits. One of a second's age that can be locked is thus of a writer that was killed, and is
	// taken away by who holds; whoever may not write waits for no :Commit longer than 30 s.
	fenceOpen  = `COUNT { MATCH (c:Commit) WHERE c.at > datetime() - duration({seconds: 30}) RETURN c }`
	fenceEpoch = `OPTIONAL MATCH (s:Saidgraph {id: 'epoch'})`
	fenceQuery = fenceEpoch + ` WITH coalesce(s.epoch, 0) AS epoch LIMIT 1 RETURN epoch, ` + fenceOpen // LIMIT: first the one, then the other
	fenceUp    = `MERGE (s:Saidgraph {id: 'graph'}) ON CREATE SET s.schema = $version
		SET s.schema = s.schema CREATE (:Commit {id: $id, at: datetime()})`
	fenceRaise = `MERGE (s:Saidgraph {id: 'epoch'}) SET s.epoch = coalesce(s.epoch, 0) + 1`
	fenceMine  = `MATCH (c:Commit {id: $id}) SET c.at = c.at RETURN c.id`
	fenceDead  = `MATCH (c:Commit) WHERE c.at < datetime() - duration({seconds: 1}) DELETE c`
	fenceDown  = `MATCH (c:Commit) WHERE c.id = $id OR c.at < datetime() - duration({seconds: 30}) DELETE c`
	fenceLock  = `MATCH (s:Saidgraph {id: 'graph'}) SET s.schema = s.schema`
)

var (
	errRestless = errors.New("no quiet moment")
	errDeclared = errors.New("this writer was taken for dead")
)

// look runs read, again when a commit came in between; read must begin anew each time.
func (s *Store) look(ctx context.Context, fenced bool, read func(*tx) error) error {
	return s.retry(ctx, s.options.ReadRetry, func(ctx context.Context) error {
		t := s.single(ctx, neo4j.AccessModeRead)
		defer t.end()
		if !fenced {
			return read(t)
		}
		err := s.quietly(t, read)
		if errors.Is(err, errRestless) {
			return s.hold(ctx, read)
		}
		return err
	})
}

// quietly reads between two looks at the fence. Where the last read of this store saw no :Commit, what it saw serves as
// the first look: the same epoch still says that none was committed since.
func (s *Store) quietly(t *tx, read func(*tx) error) error {
	until := time.Now().Add(patience)
	epoch := s.quiet.Swap(unquiet)
	for wait := time.Millisecond; time.Now().Before(until); {
		if epoch != unquiet {
			answer := read(t)
			if answer != nil && !domain(answer) {
				return answer
			}
			after, err := t.lastSight()
			if err != nil {
				return err
			}
			if after.open == 0 {
				s.quiet.Store(after.epoch)
			}
			if after.epoch == epoch {
				return answer
			}
		}
		now, err := t.fence()
		if err != nil {
			return err
		}
		if epoch = now.epoch; now.open > 0 {
			epoch = unquiet
			if err := sleep(t.ctx, wait); err != nil {
				return err
			}
			wait = min(2*wait, 16*time.Millisecond)
		}
	}
	return errRestless
}

// unquiet stands for no epoch.
const unquiet = -1

// hold reads while no writer may commit. A user who may not write, or a member of a cluster that can't, reads what is there.
func (s *Store) hold(ctx context.Context, read func(*tx) error) error {
	t, err := s.begin(ctx, true)
	if err != nil {
		return err
	}
	defer t.end()
	if err := t.exec(fenceLock, nil); err != nil {
		if passing(err) || ctx.Err() != nil {
			return err
		}
		return s.look(ctx, false, read)
	}
	for wait := time.Millisecond; ; wait = min(2*wait, 16*time.Millisecond) {
		if err := t.exec(fenceDead, nil); err != nil {
			return err
		}
		now, err := t.fence()
		if err != nil {
			return err
		}
		if now.open == 0 {
			answer := read(t)
			if answer != nil && !domain(answer) {
				return answer
			}
			if err := t.commit(); err != nil { // those of the dead stay away
				return err
			}
			return answer
		}
		if err := sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// sight is a look at the fence: the epoch, and how many commits were under way.
type sight struct{ epoch, open int64 }

func (v *values) sight() sight { return sight{v.int(), v.int()} }

func (t *tx) fence() (now sight, err error) {
	err = t.each(fenceQuery, nil, func(v *values) error {
		now = v.sight()
		return nil
	})
	return now, err
}

// lastSight is what the last statement saw of the fence, or a look now.
func (t *tx) lastSight() (sight, error) {
	if t.seen != nil {
		return *t.seen, nil
	}
	return t.fence()
}

// change runs do in a write transaction, again where that may help; do must begin anew each time. sure: not again after a commit of which
// the answer was lost.
func (s *Store) change(ctx context.Context, sure bool, do func(*tx) error) error {
	select {
	case s.writers <- struct{}{}:
		defer func() { <-s.writers }()
	case <-ctx.Done():
		return ctx.Err()
	}
	var lost error
	err := s.retry(ctx, s.options.Retry, func(ctx context.Context) error {
		t, err := s.begin(ctx, true)
		if err != nil {
			return err
		}
		id := ""
		defer func() {
			t.end()
			if id != "" {
				s.lower(ctx, id)
				s.quiet.Store(unquiet)
			}
		}()
		if err := do(t); err != nil {
			return err
		}
		id = uuid.NewString()
		if err := s.once(ctx, fenceUp, params{"id": id, "version": version}); err != nil {
			return err
		}
		if err := s.once(ctx, fenceRaise, nil); err != nil {
			return err
		}
		if err := t.mine(id); err != nil {
			return err
		}
		err = t.commit()
		if err != nil && sure && passing(err) {
			lost = err
			return nil
		}
		return err
	})
	if lost != nil {
		return lost
	}
	return err
}

// mine locks this writer's :Commit until the transaction is over.
func (t *tx) mine(id string) error {
	found := false
	err := t.each(fenceMine, params{"id": id}, func(*values) error {
		found = true
		return nil
	})
	if err == nil && !found {
		return errDeclared
	}
	return err
}

// lower takes the fence down, whatever happened; if that fails, a reader who holds does it, or a later writer.
func (s *Store) lower(ctx context.Context, id string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), connectTimeout)
	defer cancel()
	_ = s.once(ctx, fenceDown, params{"id": id})
}

// once runs one statement in a transaction of its own.
func (s *Store) once(ctx context.Context, text string, p params) error {
	t := s.single(ctx, neo4j.AccessModeWrite)
	defer t.end()
	return t.exec(text, p)
}
