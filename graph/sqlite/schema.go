package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
)

// schema holds the versions of the file's layout: N.sql leads from version N-1 to N.
//
//go:embed schema/*.sql
var schema embed.FS

const (
	version = 2
	// program marks the file as ours (PRAGMA application_id: "said").
	program = 0x73616964
)

// migrate brings the file to this program's version, in one transaction.
func migrate(ctx context.Context, db *sql.DB) error {
	var have, owner, tables int
	look := func(q interface {
		QueryRowContext(context.Context, string, ...any) *sql.Row
	}) error {
		return q.QueryRowContext(ctx, `SELECT (SELECT user_version FROM pragma_user_version), (SELECT application_id FROM pragma_application_id),
			(SELECT count(*) FROM sqlite_schema)`).Scan(&have, &owner, &tables)
	}
	if err := look(db); err != nil {
		return err
	}
	switch {
	case tables > 0 && owner != program:
		return fmt.Errorf("%w: the file is another program's database", errForeign)
	case have > version:
		return fmt.Errorf("%w: the file has schema version %d, this program knows versions up to %d: use a newer saidgraph", errForeign, have, version)
	case have == version:
		return nil
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := look(tx); err != nil { // another process may have been first
		return err
	}
	for v := have + 1; v <= version; v++ {
		step, err := schema.ReadFile(fmt.Sprintf("schema/%d.sql", v))
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, string(step)); err != nil {
			return fmt.Errorf("schema version %d: %w", v, err)
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", program, version)); err != nil {
		return err
	}
	return tx.Commit()
}
