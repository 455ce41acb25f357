package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"vpos/tui/words"
	"vpos/txn/host/keys"
	"vpos/txn/journal"
)

// keysCommand is the keys of the acquirer link. None of its commands shows a key, and
// none takes one as an argument: a shell would remember it.
func keysCommand(s *settings) *cobra.Command {
	group := &cobra.Command{Use: "keys", Short: "The keys of the acquirer link"}
	components := 2
	load := &cobra.Command{
		Use: "load [KIND]", Short: "The key ceremony: components of several custodians make one key", Args: cobra.MaximumNArgs(1),
		Long: "Asks two or three custodians for one component each, without showing it, and\n" +
			"confirms its check value. The key they make together is stored sealed; no component\n" +
			"is kept. KIND is tmk (the default), dukpt-tdes or dukpt-aes.",
		RunE: func(cmd *cobra.Command, args []string) error { return loadKey(cmd, *s, args, components) },
	}
	load.Flags().IntVar(&components, "components", components, "how many: 2 or 3")
	show := &cobra.Command{
		Use: "show", Short: "Which keys there are, with their check values", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return showKeys(cmd, *s) },
	}
	erase := &cobra.Command{
		Use: "erase [KIND]", Short: "Destroys a key, after its check value was typed", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return eraseKey(cmd, *s, args) },
	}
	group.AddCommand(load, show, erase)
	return group
}

// keyStore is the folder's store of keys, sealed as its card data is.
func (p *shop) keyStore(ctx context.Context) (*keys.Store, error) {
	if err := p.openKeys(ctx); err != nil {
		return nil, err
	}
	master, err := p.keys.Key(ctx)
	if err != nil {
		return nil, journalError(err, p.lang)
	}
	defer clear(master)
	sealer, err := keys.NewSealer(master)
	if err != nil {
		return nil, keysError(err, p.lang)
	}
	return keys.OpenStore(p.dir, p.config.Terminal.ID, sealer), nil
}

// holdFolder opens the journal, where there is one, around a change of the keys: no
// terminal runs meanwhile, and a wrong passphrase is found out before anything is sealed
// under it.
func (p *shop) holdFolder(ctx context.Context) error {
	if info, err := os.Stat(filepath.Join(p.dir, journalName)); err != nil || info.Size() == 0 {
		return nil //nolint:nilerr // no journal: the folder is new, and so will its key be
	}
	return p.openJournal(ctx)
}

// purpose is the kind of key a command names. A word that is none is not repeated: it
// may be a key.
func (p *shop) purpose(args []string) (keys.Purpose, error) {
	if len(args) == 0 {
		return keys.MasterKey, nil
	}
	if kind := keys.Purpose(args[0]); slices.Contains(keys.Purposes(), kind) {
		return kind, nil
	}
	return "", advise(words.KeyPurpose, p.lang, nil)
}

func loadKey(cmd *cobra.Command, s settings, args []string, components int) error {
	p, err := openShop(s)
	if err != nil {
		return err
	}
	defer p.close()
	kind, err := p.purpose(args)
	switch {
	case err != nil:
		return err
	case components != 2 && components != 3:
		return advise(words.KeyCustody, p.lang, nil)
	}
	there, err := keys.Stored(p.dir)
	switch {
	case err != nil:
		return keysError(err, p.lang)
	case slices.Contains(there, kind):
		return advise(words.KeyThere, p.lang, nil)
	}
	if err := p.holdFolder(cmd.Context()); err != nil {
		return err
	}
	store, err := p.keyStore(cmd.Context())
	if err != nil {
		return err
	}
	in := newKeyInput(cmd.Context(), cmd.OutOrStdout())
	defer in.close()
	c := ceremony{
		in: in, out: in.out, clear: term.IsTerminal(os.Stdout.Fd()),
		lang: p.lang, live: p.config.Mode.Live, kind: kind, custodians: components,
	}
	held, err := c.run()
	if err != nil {
		return err
	}
	defer held.Key.Wipe()
	if err := store.Put(held); err != nil {
		return keysError(err, p.lang)
	}
	check, err := checkValue(held)
	if err != nil {
		return keysError(err, p.lang)
	}
	p.log.Info("key loaded", "kind", kind, "check", check, "custodians", components)
	c.say(words.KeyStored.Fill(p.lang, kind, check))
	return nil
}

// storedKeys opens the store of a folder that has keys; nil where it has none, and
// nothing is made there.
func storedKeys(ctx context.Context, p *shop) (*keys.Store, []keys.Purpose, error) {
	there, err := keys.Stored(p.dir)
	if err != nil {
		return nil, nil, keysError(err, p.lang)
	}
	if len(there) == 0 {
		return nil, nil, nil
	}
	if _, err := os.Stat(filepath.Join(p.dir, "journal.key")); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, journalError(journal.ErrKeyLost, p.lang)
	}
	p.reading = false // a folder may have keys before it has a journal
	store, err := p.keyStore(ctx)
	return store, there, err
}

func showKeys(cmd *cobra.Command, s settings) error {
	p, err := readShop(s)
	if err != nil {
		return err
	}
	store, there, err := storedKeys(cmd.Context(), p)
	if err != nil {
		return err
	}
	w, live := cmd.OutOrStdout(), p.config.Mode.Live
	if !slices.Contains(there, keys.MasterKey) {
		if err := showNoMaster(w, p.lang, live); err != nil {
			return err
		}
	}
	for _, kind := range there {
		held, err := store.Get(kind)
		if err != nil {
			return keysError(err, p.lang)
		}
		err = showKey(w, p.lang, held, live)
		held.Key.Wipe()
		if err != nil {
			return keysError(err, p.lang)
		}
	}
	return nil
}

func showNoMaster(w io.Writer, l words.Lang, live bool) error {
	if live {
		fmt.Fprintln(w, words.KeyLiveNone.In(l))
		return nil
	}
	check, err := checkValue(keys.Held{Purpose: keys.MasterKey, Key: keys.TestTMK})
	if err != nil {
		return keysError(err, l)
	}
	fmt.Fprintln(w, words.KeyTraining.Fill(l, check))
	return nil
}

// showKey is what may be known of a key.
func showKey(w io.Writer, l words.Lang, h keys.Held, live bool) error {
	check, err := checkValue(h)
	if err != nil {
		return err
	}
	whose := words.KeyIsOwn
	switch {
	case h.Test() && live:
		whose = words.KeyIsRefused
	case h.Test():
		whose = words.KeyIsTest
	}
	fmt.Fprintln(w, words.KeyLine.Fill(l, h.Purpose, check, 8*h.Key.Len(), whose.In(l)))
	if h.KSN != nil {
		fmt.Fprintln(w, words.KeySerial.Fill(l, fmt.Sprintf("%X", h.KSN)))
	}
	return nil
}

// checkValue is a key's check value as people compare it: six hexadecimal digits.
func checkValue(h keys.Held) (string, error) {
	check, err := h.CheckValue()
	return fmt.Sprintf("%X", check), err
}

func eraseKey(cmd *cobra.Command, s settings, args []string) error {
	p, err := readShop(s)
	if err != nil {
		return err
	}
	defer p.close()
	kind, err := p.purpose(args)
	if err != nil {
		return err
	}
	store, there, err := storedKeys(cmd.Context(), p)
	switch {
	case err != nil:
		return err
	case !slices.Contains(there, kind):
		return advise(words.KeyNone, p.lang, nil)
	}
	if err := p.holdFolder(cmd.Context()); err != nil {
		return err
	}
	held, err := store.Get(kind)
	if err != nil {
		return keysError(err, p.lang)
	}
	defer held.Key.Wipe()
	check, err := checkValue(held)
	if err != nil {
		return keysError(err, p.lang)
	}
	in := newKeyInput(cmd.Context(), cmd.OutOrStdout())
	defer in.close()
	typed, err := in.Ask(words.KeyEraseAsk.Fill(p.lang, kind), false)
	if err != nil || !strings.EqualFold(strings.TrimSpace(string(typed)), check) {
		return advise(words.KeyKept, p.lang, nil)
	}
	if err := store.Erase(kind); err != nil {
		return keysError(err, p.lang)
	}
	fmt.Fprintln(in.out, words.KeyErased.Fill(p.lang, kind))
	return nil
}

// keysError puts what is wrong with the keys in the catalogue's words.
func keysError(err error, l words.Lang) error {
	for _, row := range []struct {
		is    error
		words words.Failure
	}{
		{keys.ErrNoKey, words.KeyNone},
		{keys.ErrKeyThere, words.KeyThere},
		{keys.ErrSealed, words.KeySealed},
		{keys.ErrTestKey, words.KeyTest},
	} {
		if errors.Is(err, row.is) {
			if !row.words.Inward {
				err = nil // the words say it all
			}
			return advise(row.words, l, err)
		}
	}
	return advise(words.KeyFailed, l, err)
}
