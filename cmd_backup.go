package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vpos/reader"
	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/backup"
	"vpos/txn/host/sim"
	"vpos/txn/journal"
)

// backupCommand is the data folder in one sealed file, and back.
func backupCommand(s *settings) *cobra.Command {
	group := &cobra.Command{Use: "backup", Short: "The data folder in one sealed file, and back"}
	out, overwrite := "", false
	create := &cobra.Command{
		Use: "create", Short: "Writes everything a terminal keeps into one file, sealed by a passphrase", Args: cobra.NoArgs,
		Long: "No terminal may use the folder meanwhile. The journal is verified first. The passphrase\n" +
			"is asked for; from a pipe it is the first line, twice.",
		RunE: onJournal(s, func(ctx context.Context, p *shop, w io.Writer, _ []string) error {
			return p.backUp(ctx, w, configFile(*s), out, overwrite)
		}),
	}
	create.Flags().StringVar(&out, "out", "", "the file to write")
	create.Flags().BoolVar(&overwrite, "overwrite", false, "replace the file where there is one")
	_ = create.MarkFlagRequired("out")
	check := &cobra.Command{
		Use: "check FILE", Short: "Reads a backup to its end and says what is in it", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return checkBackup(cmd.Context(), cmd.OutOrStdout(), s.spoken(), args[0])
		},
	}
	restore := &cobra.Command{
		Use: "restore FILE", Short: "Puts a backup into the new folder that --data names", Args: cobra.ExactArgs(1),
		Long: "The folder must be new or empty. The journal is verified before anything is put in its\n" +
			"place. Trace numbers that may have been used since the backup are passed over.",
		RunE: func(cmd *cobra.Command, args []string) error { return restoreBackup(cmd, *s, args[0]) },
	}
	group.AddCommand(create, check, restore)
	return group
}

// manifest is the first file of a backup: what it was made of.
type manifest struct {
	Version  int          `json:"version"`
	Made     time.Time    `json:"made"`
	Terminal string       `json:"terminal"`
	Mode     journal.Mode `json:"mode"`
	Rows     int64        `json:"rows"`
	Head     string       `json:"head"` // of the journal's chain, in hexadecimal
	Batch    txn.Batch    `json:"batch"`
	Next     txn.STAN     `json:"next"`
}

// The files of a backup that are not files of the folder.
const (
	manifestName = "backup.json"
	portableName = "master.key"  // of a folder whose key is in the keychain
	configName   = "config.toml" // the configuration file, as it was
)

func (m *manifest) tell(w io.Writer, l words.Lang) {
	fmt.Fprintln(w, words.BackupAbout.Fill(l, m.Terminal, string(m.Mode), m.Made.Local().Format("2006-01-02 15:04"), m.Rows, m.Batch, m.Next))
	fmt.Fprintln(w, words.BackupChain.Fill(l, m.Head))
}

// manifest verifies the journal and says what it has come to.
func (p *shop) manifest(ctx context.Context) (manifest, error) {
	report, err := p.journal.Verify(ctx)
	if err == nil && report.Broken != nil {
		err = fmt.Errorf("%w: row %d", journal.ErrCorrupt, report.Broken.Seq)
	}
	if err != nil {
		return manifest{}, journalError(err, p.lang)
	}
	known, err := p.journal.Recover(ctx)
	if err != nil {
		return manifest{}, journalError(err, p.lang)
	}
	for _, list := range [][]txn.Transaction{known.Open, known.Pending, known.Untold, known.Unprinted} {
		for i := range list {
			list[i].Card.Wipe()
		}
	}
	return manifest{
		Version: 1, Made: time.Now(), Terminal: p.config.Terminal.ID, Mode: mode(p.config), Rows: int64(report.Rows),
		Head: report.Head.String(), Batch: known.Batch, Next: known.NextSTAN,
	}, nil
}

// backUp writes the folder into a file. It is in its place whole, or not at all.
func (p *shop) backUp(ctx context.Context, w io.Writer, configured, out string, overwrite bool) error {
	if _, err := os.Lstat(out); err == nil && !overwrite {
		return advise(words.BackupExists, p.lang, errors.New(out))
	}
	about, err := p.manifest(ctx)
	if err != nil {
		return err
	}
	in := newKeyInput(ctx, w)
	defer in.close()
	phrase, err := choosePhrase(in, p.lang)
	if err != nil {
		return err
	}
	defer phrase.Wipe()
	temp, err := os.CreateTemp(filepath.Dir(out), ".backup-*") // mode 0600
	if err != nil {
		return advise(words.BackupFailed, p.lang, err)
	}
	defer func() { _ = os.Remove(temp.Name()) }()
	n, err := p.pack(ctx, temp, phrase, &about, configured)
	if err = errors.Join(err, temp.Sync(), temp.Close()); err == nil {
		err = os.Rename(temp.Name(), out)
	}
	if err != nil {
		return advise(words.BackupFailed, p.lang, err)
	}
	in.close()
	fmt.Fprintln(w, words.BackupMade.Fill(p.lang, out, n))
	about.tell(w, p.lang)
	fmt.Fprintln(w, words.BackupKeep.In(p.lang))
	return nil
}

// pack puts everything into the file and says how many files of the folder that were.
func (p *shop) pack(ctx context.Context, to io.Writer, phrase reader.Secret, about *manifest, configured string) (int, error) {
	out, err := backup.NewWriter(to, phrase)
	if err != nil {
		return 0, fmt.Errorf("begin: %w", err)
	}
	b, err := json.Marshal(about)
	if err == nil {
		err = out.Bytes(manifestName, about.Made, b)
	}
	if err != nil {
		return 0, fmt.Errorf("begin: %w", err)
	}
	if err := p.packKey(ctx, out, about.Made); err != nil {
		return 0, err
	}
	if configured != "" {
		if err := out.File(configName, configured); err != nil {
			return 0, fmt.Errorf("configuration: %w", err)
		}
	}
	n, err := p.packFolder(ctx, out)
	if err != nil {
		return 0, err
	}
	if err := out.Close(); err != nil {
		return 0, fmt.Errorf("end: %w", err)
	}
	return n, nil
}

func (p *shop) packKey(ctx context.Context, out *backup.Writer, at time.Time) error {
	key, err := journal.Portable(ctx, p.keys)
	if err != nil || key == nil {
		return err
	}
	defer clear(key)
	return out.Bytes(portableName, at, key)
}

// packFolder puts in a copy of the journal and the other files as they are.
func (p *shop) packFolder(ctx context.Context, out *backup.Writer) (int, error) {
	temp, err := os.MkdirTemp(p.dir, ".backup-")
	if err != nil {
		return 0, fmt.Errorf("make folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(temp) }()
	copied := filepath.Join(temp, journalName)
	if err := p.journal.CopyTo(ctx, copied); err != nil {
		return 0, err
	}
	if err := out.File(journalName, copied); err != nil {
		return 0, err
	}
	if err := p.quietLedger(); err != nil {
		return 0, err
	}
	n := 1
	err = filepath.WalkDir(p.dir, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(p.dir, path)
		name = filepath.ToSlash(name)
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && leftOut(name):
			return filepath.SkipDir
		case d.Type().IsRegular() && !leftOut(name):
			n++
			return out.File(name, path)
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("data folder: %w", err)
	}
	return n, nil
}

// leftOut reports whether a file of a data folder is in no backup: the journal's own
// files, of which there is a copy, the log, what is half done, and what this computer
// noted about itself.
func leftOut(name string) bool {
	base := filepath.Base(name)
	return strings.HasPrefix(base, ".") || strings.HasPrefix(name, journalName) || name == "log" || name == sightingsName ||
		slices.Contains([]string{manifestName, portableName, configName}, name)
}

// quietLedger lets what the embedded host's write-ahead log holds into its file, and
// holds that nobody is using it.
func (p *shop) quietLedger() error {
	path := filepath.Join(p.dir, ledgerName)
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	store, err := sim.OpenStore(path)
	if err == nil {
		err = store.Close()
	}
	if err != nil {
		return ledgerError(err, p.lang)
	}
	return nil
}

// choosePhrase asks for a passphrase, twice alike.
func choosePhrase(in *keyInput, l words.Lang) (reader.Secret, error) {
	first, err := in.Ask(words.BackupChoose.In(l), true)
	if err != nil {
		return reader.Secret{}, advise(words.OperatorStopped, l, nil)
	}
	defer clear(first)
	again, err := in.Ask(words.BackupAgain.In(l), true)
	defer clear(again)
	switch {
	case err != nil:
		return reader.Secret{}, advise(words.OperatorStopped, l, nil)
	case len(first) < shortestPassphrase:
		return reader.Secret{}, advise(words.PassphraseShort, l, nil)
	case !bytes.Equal(first, again):
		return reader.Secret{}, advise(words.PassphraseDiffers, l, nil)
	}
	return reader.NewSecret(first), nil
}

// backupError puts what is wrong with a backup in the catalogue's words.
func backupError(err error, l words.Lang) error {
	var told advised
	switch {
	case errors.As(err, &told):
		return err
	case errors.Is(err, backup.ErrNoBackup):
		return advise(words.BackupNone, l, nil)
	case errors.Is(err, backup.ErrPassphrase):
		return advise(words.BackupPassphrase, l, nil)
	case errors.Is(err, backup.ErrDamaged):
		return advise(words.BackupDamaged, l, err)
	}
	return advise(words.BackupFailed, l, err)
}

// openBackup asks for the passphrase and reads a file.
func openBackup(ctx context.Context, w io.Writer, l words.Lang, file string, do func(name string, at time.Time, r io.Reader) error) error {
	f, err := os.Open(file) //nolint:gosec // the file the person names
	if err != nil {
		return advise(words.BackupFailed, l, err)
	}
	defer func() { _ = f.Close() }()
	in := newKeyInput(ctx, w)
	defer in.close()
	line, err := in.Ask(words.BackupAsk.In(l), true)
	if err != nil {
		return advise(words.OperatorStopped, l, nil)
	}
	phrase := reader.NewSecret(line)
	clear(line)
	defer phrase.Wipe()
	if err := backup.Read(f, phrase, do); err != nil {
		return backupError(err, l)
	}
	return nil
}

// takeManifest reads the first file of a backup.
func takeManifest(r io.Reader) (m manifest, err error) {
	if err := json.NewDecoder(io.LimitReader(r, 1<<16)).Decode(&m); err != nil || m.Version != 1 {
		return m, fmt.Errorf("%w: version %d", backup.ErrNoBackup, m.Version)
	}
	return m, nil
}

func checkBackup(ctx context.Context, w io.Writer, l words.Lang, file string) error {
	var about manifest
	err := openBackup(ctx, w, l, file, func(name string, _ time.Time, r io.Reader) (err error) {
		if name == manifestName {
			about, err = takeManifest(r)
		}
		return err
	})
	if err != nil {
		return err
	}
	about.tell(w, l)
	fmt.Fprintln(w, words.BackupWhole.In(l))
	return nil
}
