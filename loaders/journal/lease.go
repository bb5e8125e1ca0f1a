package journal

import (
	"context"
	"fmt"
	"time"

	"saidgraph/graph"
)

// Lease is the right to do something alone, or together with the others of one group, until it expires. Machines that share a lease
// must have clocks that agree to within a small part of its length.
type Lease struct {
	Name    string
	Group   string // holders of one group hold it together; a holder that wants to be alone makes a group of its own
	Holder  string // machine, process and run: people read it
	Expires time.Time
}

// Held is the error when others hold a lease. It is a Conflict.
type Held struct {
	Name    string
	Holder  string
	Expires time.Time
}

func (h *Held) Error() string {
	return fmt.Sprintf("%s is held by %s until %s", h.Name, h.Holder, h.Expires.UTC().Format("15:04:05 UTC"))
}

// Unwrap makes it a Conflict of the domain.
func (h *Held) Unwrap() error {
	return &graph.Error{Op: "journal.Acquire", Code: graph.Conflict, Field: h.Name}
}

// leaseRecord is how a lease lies in the store.
type leaseRecord struct {
	Group   string               `json:"group"`
	Holders map[string]time.Time `json:"holders"` // and when each expires
}

// live drops the holders whose time is over.
func (l leaseRecord) live(now time.Time) leaseRecord {
	out := leaseRecord{Group: l.Group, Holders: map[string]time.Time{}}
	for holder, expires := range l.Holders {
		if expires.After(now) {
			out.Holders[holder] = expires
		}
	}
	return out
}

// Acquire takes a lease for a length of time. The error is *Held where another group has it.
func (j *Journal) Acquire(ctx context.Context, l Lease, now time.Time, length time.Duration) (Lease, error) {
	l.Expires = now.Add(length)
	return l, j.swap(ctx, func() (graph.Record, error) {
		have, version, _, err := get[leaseRecord](ctx, j, bucketLease, l.Name)
		if err != nil {
			return graph.Record{}, err
		}
		have = have.live(now)
		if have.Group != l.Group {
			for holder, expires := range have.Holders {
				return graph.Record{}, &Held{l.Name, holder, expires}
			}
		}
		have.Group = l.Group
		have.Holders[l.Holder] = l.Expires
		return leasePut(l.Name, have, version)
	})
}

// Renew makes a lease that was acquired last longer. One that expired is renewed as long as nobody took it since; else the
// error is *Held, and what the lease allowed must stop.
func (j *Journal) Renew(ctx context.Context, l Lease, now time.Time, length time.Duration) (Lease, error) {
	l.Expires = now.Add(length)
	return l, j.swap(ctx, func() (graph.Record, error) {
		have, version, _, err := get[leaseRecord](ctx, j, bucketLease, l.Name)
		if err != nil {
			return graph.Record{}, err
		}
		if _, ok := have.Holders[l.Holder]; !ok || have.Group != l.Group {
			held := &Held{Name: l.Name, Holder: "nobody any more", Expires: now}
			for held.Holder, held.Expires = range have.Holders {
				break
			}
			return graph.Record{}, held
		}
		have.Holders[l.Holder] = l.Expires
		return leasePut(l.Name, have, version)
	})
}

// Release gives a lease back. Nothing happens where it is another's by now.
func (j *Journal) Release(ctx context.Context, l Lease) error {
	return j.swap(ctx, func() (graph.Record, error) {
		have, version, _, err := get[leaseRecord](ctx, j, bucketLease, l.Name)
		if err != nil {
			return graph.Record{}, err
		}
		if have.Group == l.Group {
			delete(have.Holders, l.Holder)
		}
		return leasePut(l.Name, have, version)
	})
}

// leasePut is the record of a lease. One that nobody holds stays, so that its versions only grow: the version of a record that was
// deleted begins anew, and a writer who slept meanwhile could take it for the one it read.
func leasePut(name string, l leaseRecord, version int64) (graph.Record, error) {
	rec, err := put(bucketLease, name, l)
	rec.Version = version
	return rec, err
}
