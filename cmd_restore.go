package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"vpos/reader"
	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/backup"
	"vpos/txn/journal"
)

// restoreBackup builds the folder beside its place, and puts it there only when its
// journal verifies and the mark of the restoring is in it.
func restoreBackup(cmd *cobra.Command, s settings, file string) error {
	ctx, w, l := cmd.Context(), cmd.OutOrStdout(), s.spoken()
	if s.data == "" {
		return advise(words.BackupTarget, l, nil)
	}
	dir, err := filepath.Abs(s.data)
	if err != nil {
		return advise(words.BackupFailed, l, err)
	}
	if err := vacant(dir, l); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return advise(words.BackupFailed, l, err)
	}
	temp, err := os.MkdirTemp(filepath.Dir(dir), ".restore-") // mode 0700
	if err != nil {
		return advise(words.BackupFailed, l, err)
	}
	defer func() { _ = os.RemoveAll(temp) }()
	r := restoring{dir: temp, lang: l}
	defer func() { clear(r.key) }()
	if err := openBackup(ctx, w, l, file, r.take); err != nil {
		return err
	}
	next, err := r.mend(ctx)
	if err != nil {
		return err
	}
	_ = os.Remove(dir) // an empty one
	if err := os.Rename(temp, dir); err != nil {
		return advise(words.BackupFailed, l, err)
	}
	fmt.Fprintln(w, words.BackupRestored.Fill(l, dir, r.files))
	r.about.tell(w, l)
	fmt.Fprintln(w, words.BackupNext.Fill(l, next))
	if r.configured {
		fmt.Fprintln(w, words.BackupConfig.Fill(l, filepath.Join(dir, configName)))
	}
	fmt.Fprintln(w, words.BackupSince.In(l))
	fmt.Fprintln(w, words.BackupOld.In(l))
	return nil
}

// vacant holds that nothing is where a folder is to be.
func vacant(dir string, l words.Lang) error {
	list, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return advise(words.BackupFailed, l, err)
	case len(list) > 0:
		return advise(words.BackupTarget, l, errors.New(dir))
	}
	return nil
}

// restoring is a folder being built from a backup.
type restoring struct {
	dir        string
	lang       words.Lang
	about      manifest
	key        []byte // of the old computer's keychain; nil where the folder has its own
	configured bool
	files      int
}

// take puts one file of the backup where it belongs.
func (r *restoring) take(name string, at time.Time, from io.Reader) (err error) {
	switch name {
	case manifestName:
		r.about, err = takeManifest(from)
		return err
	case portableName:
		if r.key, err = io.ReadAll(io.LimitReader(from, 64)); err != nil {
			return fmt.Errorf("key: %w", err)
		}
		return nil
	case configName:
		r.configured = true
	default:
		r.files++
	}
	return put(filepath.Join(r.dir, filepath.FromSlash(name)), at, from)
}

// put writes a file and makes it durable.
func put(path string, at time.Time, from io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // below the folder being built
	if err != nil {
		return fmt.Errorf("create: %w", err)
	}
	_, err = io.Copy(f, from)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Chtimes(path, at, at)
	}
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// mend makes the folder one that can sell: its key is where this computer finds it, its
// journal verifies and is the one the backup speaks of, and the trace numbers that may
// have been used since are passed over. It returns the next one.
func (r *restoring) mend(ctx context.Context) (txn.STAN, error) {
	if r.about.Version == 0 {
		return 0, advise(words.BackupNone, r.lang, nil)
	}
	if r.key != nil {
		if err := journal.Settle(ctx, r.dir, r.key); err != nil {
			return 0, journalError(err, r.lang)
		}
	}
	sealer, err := r.sealer(ctx)
	if err != nil {
		return 0, err
	}
	j, err := journal.Open(ctx, journal.Options{
		Path: filepath.Join(r.dir, journalName), Sealer: sealer, Terminal: r.about.Terminal, Mode: r.about.Mode, Existing: true,
	})
	if err != nil {
		return 0, journalError(err, r.lang)
	}
	defer func() { _ = j.Close() }()
	report, err := j.Verify(ctx)
	switch {
	case err != nil:
		return 0, journalError(err, r.lang)
	case report.Broken != nil || report.Head.String() != r.about.Head:
		return 0, advise(words.BackupBroken, r.lang, backup.ErrDamaged)
	}
	next, err := j.Restored(ctx, time.Now())
	if err == nil {
		err = j.Close()
	}
	if err != nil {
		return 0, journalError(err, r.lang)
	}
	return next, nil
}

// sealer opens the folder's key; where only a passphrase gives it, a person is asked.
func (r *restoring) sealer(ctx context.Context) (*journal.Sealer, error) {
	source, err := journal.OpenKeySource(ctx, r.about.Mode, r.dir, reader.Secret{})
	if errors.Is(err, journal.ErrPassphrase) && term.IsTerminal(os.Stdin.Fd()) {
		phrase, asked := askPassphrase(r.lang, false)
		if asked != nil {
			return nil, asked
		}
		defer phrase.Wipe()
		source, err = journal.OpenKeySource(ctx, r.about.Mode, r.dir, phrase)
		if err == nil {
			return sealerOf(ctx, source, r.lang)
		}
	}
	if err != nil {
		return nil, journalError(err, r.lang)
	}
	return sealerOf(ctx, source, r.lang)
}

func sealerOf(ctx context.Context, source journal.KeySource, l words.Lang) (*journal.Sealer, error) {
	sealer, err := journal.NewSealer(ctx, source)
	if err != nil {
		return nil, journalError(err, l)
	}
	return sealer, nil
}
