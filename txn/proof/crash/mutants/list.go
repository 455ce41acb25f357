package main

// mutant is one planted bug: a text of a source file and what it becomes.
type mutant struct {
	name, why string
	file      string // from the top of the module
	old, new  string
}

const (
	journalDB     = "txn/journal/db.go"
	journalAppend = "txn/journal/append.go"
	journalOpen   = "txn/journal/journal.go"
	proofVFS      = "txn/proof/crash/vfs.go"
)

// mutants is what the crash test must notice. Each is a way in which the journal
// could really have been written. One that was not left in: synchronous=EXTRA
// after the switch to the log loses nothing any more, since the start syncs the
// folder itself before it returns. Another takes too rare a seed and has a test of
// its own: a start that copies the log into the database before the log is sure.
var mutants = []mutant{
	{
		"synchronous-off", "nothing is synced", journalDB,
		`"synchronous=EXTRA"`, `"synchronous=OFF"`,
	},
	{
		"synchronous-normal", "a commit is acknowledged before its log is synced", journalDB,
		`"synchronous=EXTRA"`, `"synchronous=NORMAL"`,
	},
	{
		"no-folder-sync", "the log has no durable name", journalOpen,
		`return v.SyncDir(folder)`, `_ = v; return nil`,
	},
	{
		"lying-sync", "the drive says yes and does nothing", proofVFS,
		`f.disk.Lies == nil || !f.disk.Lies(op)`, `op.Kind == OpSyncDir || base(f.name) == "journal.db"`,
	},
	{
		"half-a-void", "a void may be approved and its sale left standing", "txn/journal/admit.go",
		`if !txn.Together(records) {`, `if false {`,
	},
	{
		"commit-later", "an append is acknowledged and committed with the next", journalDB,
		`	if err := d.exec("BEGIN IMMEDIATE"); err != nil {
		return false, fmt.Errorf("begin: %w", err)
	}
	if err := f(); err != nil {
		d.rollback()
		return false, err
	}
	if err := d.exec("COMMIT"); err != nil {
		d.rollback()
		return true, fmt.Errorf("commit: %w", err)
	}
	return false, nil`,
		`	if !d.conn.GetAutocommit() {
		if err := d.exec("COMMIT"); err != nil {
			d.rollback()
			return true, fmt.Errorf("commit: %w", err)
		}
	}
	if err := d.exec("BEGIN IMMEDIATE"); err != nil {
		return false, fmt.Errorf("begin: %w", err)
	}
	if err := f(); err != nil {
		d.rollback()
		return false, err
	}
	if d.cache[insertRow] != nil {
		return false, nil
	}
	return false, d.exec("COMMIT")`,
	},
	{
		"commit-error-ignored", "a failed commit is acknowledged", journalAppend,
		`		return j.commitFailed(err)
	}
	return j.opt.wrap("append", err)`,
		`		j.head = h
		return nil
	}
	return j.opt.wrap("append", err)`,
	},
	{
		"row-by-row", "the rows of one append are several commits", journalAppend,
		`			if h, err = j.add(h, at, r); err != nil {`,
		`			if h != j.head {
				if err := errors.Join(j.writeHead(h), j.db.conn.Exec("COMMIT; BEGIN IMMEDIATE")); err != nil {
					return err
				}
			}
			if h, err = j.add(h, at, r); err != nil {`,
	},
	{
		"no-fence", "a failed commit is not buried", journalAppend,
		`	_, err := j.db.atomic(func() error { return j.db.exec("UPDATE head SET fence = fence + 1") })
	return err`,
		`	return nil`,
	},
	{
		"settle-says-yes", "Settle ends the doubt without burying what is in it", journalAppend,
		`	if err := j.fence(); err != nil {
		return j.opt.wrap("settle", fmt.Errorf("%w: %w", ErrFate, err))
	}
	j.uncertain = false`,
		`	j.uncertain = false`,
	},
	{
		"fate-denied", "a commit nobody knows the fate of is reported as failed", journalAppend,
		`fmt.Errorf("%w: %w", ErrFate, err))
}

// fence`, `err)
}

// fence`,
	},
	{
		"start-trusts-the-cache", "a start believes what a killed process wrote and no disk holds", journalOpen,
		`	if err := j.db.secure(); err != nil {
		return err
	}
`, ``,
	},
	{
		"start-syncs-only", "a start syncs the log again, which does not cover what a failed sync gave up", journalOpen,
		`	if err := j.db.secure(); err != nil {
		return err
	}
`, `	if err := j.fence(); err != nil {
		return err
	}
`,
	},
	{
		"open-intent-forgotten", "a start does not reverse what it finds open", "txn/step.go",
		`for _, t := range r.Open {`, `for _, t := range r.Open[:0] {`,
	},
}
