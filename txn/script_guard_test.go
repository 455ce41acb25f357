package txn_test

import (
	"fmt"
	"strings"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// weighed answers the newest question of the guards: failed, nothing, or earlier
// transactions of today, each as STAN:KIND:STATUS:MINOR:AGE:ENTRY:CARD; one that begins
// with of: is what a refund names, and back:MINOR what was given back of it.
func (p *player) weighed(words []string) ([]txn.Event, error) {
	e := txn.Weighed{}
	for _, f := range p.asked {
		if w, ok := f.(txn.Weigh); ok {
			e.Serial = w.Serial
		}
	}
	for _, w := range words {
		minor, back := strings.CutPrefix(w, "back:")
		switch {
		case w == "nothing":
			continue
		case w == "failed":
			e.Failed = true
			continue
		case back:
			if _, err := fmt.Sscan(minor, &e.Returned); err != nil {
				return nil, fmt.Errorf("%q: %w", w, err)
			}
			continue
		}
		text, of := strings.CutPrefix(w, "of:")
		prior, err := p.prior(text)
		if err != nil {
			return nil, err
		}
		if of {
			e.Original = &prior
			continue
		}
		e.Priors = append(e.Priors, prior)
	}
	return []txn.Event{e}, nil
}

func (p *player) prior(text string) (txn.Prior, error) {
	var x txn.Prior
	parts := strings.Split(text, ":")
	if len(parts) != 7 {
		return x, fmt.Errorf("%q is no earlier transaction", text)
	}
	if _, err := fmt.Sscan(strings.TrimLeft(parts[0], "0"), &x.STAN); err != nil {
		return x, fmt.Errorf("%q: %w", text, err)
	}
	if _, err := fmt.Sscan(parts[3], &x.Amount.Minor); err != nil {
		return x, fmt.Errorf("%q: %w", text, err)
	}
	age, err := time.ParseDuration(parts[4])
	x.Batch, x.Kind, x.Status, x.At = 1, txn.Kind(parts[1]), txn.Status(parts[2]), p.clock.Add(-age)
	x.Amount.Currency, x.Entry, x.SameCard = p.state.Setup.Currency, reader.EntryMode(parts[5]), parts[6] == "same"
	return x, err
}
