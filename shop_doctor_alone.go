package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/health"
	"vpos/txn/host"
	"vpos/txn/journal"
)

// The device check of a folder whose terminal is not in this process. It may run in
// another: then the journal and the line are its, and are left alone.

// keychainAlone finds where the folder's key lives, and fetches it from a keychain: no
// other way tells whether it is there. A passphrase is not asked for.
func (v *visit) keychainAlone(ctx context.Context) health.Finding {
	defer v.key.set(nil)
	kind, err := journal.KeyIn(v.shop.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) && v.journalThere():
		return found(health.KeychainLost, health.Fault)
	case errors.Is(err, fs.ErrNotExist):
		return found(health.KeychainNew, health.NotApplicable)
	case err != nil:
		return found(health.KeychainDamaged, health.Fault)
	case kind == journal.KeyByPassphrase:
		return found(health.KeychainPassphrase, health.NotApplicable)
	}
	source, err := journal.OpenKeySource(ctx, mode(v.shop.config), v.shop.dir, reader.Secret{})
	if err != nil {
		return found(health.KeychainDamaged, health.Fault)
	}
	if kind == journal.KeyInFile {
		v.key.set(source)
		return found(health.KeychainUnused, health.NotApplicable)
	}
	key, err := source.Key(ctx)
	clear(key)
	switch {
	case errors.Is(err, journal.ErrKeyLost), errors.Is(err, journal.ErrKey): // none, or another one
		return found(health.KeychainLost, health.Fault)
	case err != nil:
		return found(health.KeychainUnreachable, health.Fault)
	}
	v.key.set(source)
	return found(health.KeychainGood, health.Good)
}

// journalAlone opens the journal for a moment, as every command that reads it does.
func (v *visit) journalAlone(ctx context.Context) health.Finding {
	defer v.book.set(booked{})
	if !v.journalThere() {
		return found(health.JournalNew, health.NotApplicable)
	}
	source, _ := v.key.get(ctx)
	if source == nil {
		return found(health.JournalSealed, health.NotApplicable)
	}
	sealer, err := journal.NewSealer(ctx, source)
	if err != nil {
		return found(health.JournalSealed, health.NotApplicable)
	}
	j, err := journal.Open(ctx, journal.Options{
		Path: filepath.Join(v.shop.dir, journalName), Sealer: sealer,
		Terminal: v.shop.config.Terminal.ID, Mode: mode(v.shop.config), Existing: true,
	})
	switch {
	case errors.Is(err, journal.ErrInUse):
		v.book.set(booked{held: true})
		return found(health.JournalHeld, health.NotApplicable)
	case errors.Is(err, journal.ErrCorrupt), errors.Is(err, journal.ErrSeal):
		return found(health.JournalCorrupt, health.Fault)
	case err != nil:
		return found(health.JournalFailed, health.Fault)
	}
	defer func() { _ = j.Close() }() // only read
	return v.bookOf(ctx, j)
}

// bookOf reads how a journal fares.
func (v *visit) bookOf(ctx context.Context, j *journal.Journal) health.Finding {
	vitals, err := j.Vitals(ctx)
	switch {
	case errors.Is(err, journal.ErrCorrupt):
		return found(health.JournalCorrupt, health.Fault)
	case err != nil:
		return found(health.JournalFailed, health.Fault)
	}
	v.book.set(booked{newest: vitals.Newest})
	return health.OfJournal(vitals.Pending, vitals.Owed, vitals.Begun, v.shop.config.Rules.BatchMax).
		With(health.Records, vitals.Rows).Saying(health.Head, vitals.Head.String()[:16])
}

// hostAlone connects to the host, holds its certificate against the configuration, and
// asks for an echo. It signs on to nothing: the session is the terminal's.
func (v *visit) hostAlone(ctx context.Context) health.Finding {
	seen, f := v.hostAsked(ctx)
	v.line.set(seen)
	return f
}

func (v *visit) hostAsked(ctx context.Context) (host.Vitals, health.Finding) {
	c := v.shop.config
	if c.Host.EmbeddedHost() {
		return host.Vitals{}, found(health.LinkEmbedded, health.NotApplicable)
	}
	if book, ok := v.book.get(ctx); ok && book.held {
		return host.Vitals{}, found(health.LinkHeld, health.NotApplicable)
	}
	options, err := v.linkOptions()
	if err != nil {
		return host.Vitals{}, found(health.LinkTLS, health.Fault)
	}
	seen, code, err := host.Probe(ctx, options, txn.Request{
		Op: txn.OpEcho, STAN: 1, Batch: 1, At: time.Now(), Terminal: c.Terminal.ID, Merchant: c.Terminal.Merchant,
	})
	f := linkFinding(seen, err, time.Now())
	if err == nil && !txn.Approves(code) {
		f.Code, f.Outcome = health.LinkRefused, health.Warning
		f = f.Saying(health.Answer, code)
	}
	return seen, f
}

// linkOptions is the way to the host without its keys: an echo has no MAC.
func (v *visit) linkOptions() (host.LinkOptions, error) {
	spoken, err := dialect(v.shop.config.Host, v.shop.lang)
	if err != nil {
		return host.LinkOptions{}, err
	}
	codec, err := host.NewCodec(spoken)
	if err != nil {
		return host.LinkOptions{}, fmt.Errorf("host profile: %w", err)
	}
	security, err := v.shop.config.Host.ClientTLS()
	if err != nil {
		return host.LinkOptions{}, fmt.Errorf("host: %w", err)
	}
	return host.LinkOptions{
		Codec: codec, Address: v.shop.config.Host.Address, TLS: security,
		ConnectTimeout: min(v.shop.config.Host.ConnectTimeout, linkLimit),
	}, nil
}
