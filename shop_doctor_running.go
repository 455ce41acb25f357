package main

import (
	"context"
	"errors"
	"time"

	"vpos/txn"
	"vpos/txn/health"
	"vpos/txn/host"
	"vpos/txn/journal"
)

// The device check of the terminal that runs in this process: through what it has open.

// recent is how old an answer of the host may be to count as one to a check that did not
// ask for it: the machine signs on as the terminal opens.
const recent = 3 * time.Second

// opened waits until the journal has been read: what the terminal has is there then.
func (v *visit) opened(ctx context.Context) bool {
	return await(ctx, func() bool { return v.engine.State().Ready })
}

// await asks again and again, until it is so or ctx ends.
func await(ctx context.Context, so func() bool) bool {
	pause := time.NewTicker(20 * time.Millisecond)
	defer pause.Stop()
	for !so() {
		select {
		case <-pause.C:
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// keychainRunning says where the key came from when the terminal opened. It is not
// fetched again: a keychain may ask somebody each time.
func (v *visit) keychainRunning(ctx context.Context) health.Finding {
	if !v.opened(ctx) {
		return found(health.Late(health.Keychain), health.Fault)
	}
	switch v.shop.keys.Kind() {
	case journal.KeyInKeychain:
		return found(health.KeychainGood, health.Good)
	case journal.KeyByPassphrase:
		return found(health.KeychainPassphrase, health.NotApplicable)
	case journal.KeyInFile:
	}
	return found(health.KeychainUnused, health.NotApplicable)
}

func (v *visit) journalRunning(ctx context.Context) health.Finding {
	defer v.book.set(booked{})
	if !v.opened(ctx) {
		return found(health.Late(health.Journal), health.Fault)
	}
	return v.bookOf(ctx, v.shop.journal)
}

// hostRunning waits for what the machine tries on the link, and tells what the link
// noticed of it.
func (v *visit) hostRunning(ctx context.Context) health.Finding {
	defer v.line.set(host.Vitals{})
	if !v.opened(ctx) {
		return found(health.Late(health.Link), health.Fault)
	}
	since := v.after()
	var seen host.Vitals
	done := await(ctx, func() bool {
		seen = v.shop.link.Vitals()
		return seen.Heard.After(since) || seen.Tried.After(since) && seen.Err != nil && v.engine.State().OnLink() == ""
	})
	told := seen
	if !told.ToldAt.After(since) {
		told.Told = time.Time{} // our clock may have been set since
	}
	v.line.set(told)
	switch {
	case done && seen.Heard.After(since):
		return linkFinding(seen, nil, time.Now())
	case seen.Err != nil:
		return linkFinding(seen, seen.Err, time.Now())
	case v.engine.State().Link == txn.LinkUp && v.engine.State().OnLink() == "":
		return linkFinding(seen, nil, time.Now()) // nothing was sent, and the last answer stands
	}
	return linkFinding(seen, errors.Join(host.ErrNoAnswer, ctx.Err()), time.Now())
}

// after is the time from which on an answer counts to this check: when the machine was
// told to try the link for it, as the screen opened, a moment before the probes begin.
func (v *visit) after() time.Time {
	if asked := v.engine.State().Probed; !asked.IsZero() {
		return asked
	}
	return v.at.Add(-recent)
}
