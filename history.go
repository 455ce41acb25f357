package main

import (
	"context"
	"fmt"

	"vpos/tui"
	"vpos/tui/keypad"
	"vpos/tui/plain"
	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/journal"
)

// history reads the journal for the screens.
type history struct{ shop *shop }

// Recent lists transactions, newest first.
func (h *history) Recent(ctx context.Context, limit, offset int) ([]tui.JournalLine, error) {
	return h.Search(ctx, keypad.Query{}, limit, offset)
}

// Search lists those that a query picks.
func (h *history) Search(ctx context.Context, q keypad.Query, limit, offset int) ([]tui.JournalLine, error) {
	if !h.shop.opened.Load() {
		return nil, nil
	}
	f := filterOf(q)
	f.Limit, f.Offset = limit, offset
	list, err := h.shop.journal.Transactions(ctx, f)
	if err != nil {
		return nil, fmt.Errorf("search transactions: %w", err)
	}
	lines := make([]tui.JournalLine, len(list))
	for i, t := range list {
		lines[i] = lineOf(t)
	}
	return lines, nil
}

func lineOf(t journal.Summary) tui.JournalLine {
	line := tui.JournalLine{
		At: t.Begun, Kind: t.Kind, Batch: t.Batch, STAN: t.STAN, Amount: t.Amount, PAN: t.MaskedPAN(),
		Brand: t.Brand, Entry: t.Entry, Wallet: t.Wallet, Status: t.Status,
		Code: t.Result.Code, AuthCode: t.Result.AuthCode, RRN: t.Result.RRN,
	}
	if t.Of != nil {
		line.Of = t.Of.STAN
	}
	return line
}

// Story is one transaction in full.
func (h *history) Story(ctx context.Context, key txn.Key) (tui.Story, error) {
	if !h.shop.opened.Load() {
		return tui.Story{}, errNotOpen
	}
	list, err := h.shop.journal.Transactions(ctx, journal.Filter{Batch: key.Batch, STAN: key.STAN, Limit: 1})
	switch {
	case err != nil:
		return tui.Story{}, fmt.Errorf("read a transaction: %w", err)
	case len(list) == 0:
		return tui.Story{}, plain.ErrUnknown
	}
	t := list[0]
	rows, err := h.shop.journal.ByTrace(ctx, t.Batch, t.STAN)
	if err != nil {
		return tui.Story{}, fmt.Errorf("read a transaction: %w", err)
	}
	story := tui.Story{
		Line: lineOf(t), Began: t.Begun, Tip: t.Tip, Asked: t.Asked, Operator: t.By, Approver: t.Approver, Passed: t.Passed,
		Terminal: t.Terminal, Merchant: t.Merchant, Cause: t.Cause, Printed: t.Printed, Chip: t.Chip,
	}
	for _, r := range rows {
		if story.Chip == nil {
			story.Chip = r.Chip
		}
		story.Events = append(story.Events, tui.Event{At: r.At, Type: r.Type, Amount: r.Amount, Code: r.Result.Code, Copy: r.Copy})
	}
	return story, nil
}

// Turnover is what a day came to.
func (h *history) Turnover(ctx context.Context, day txn.Day) (txn.Turnover, error) {
	if !h.shop.opened.Load() {
		return txn.Turnover{}, errNotOpen
	}
	return h.shop.turnover(ctx, day)
}

// lineBook reads the journal for the line dialogue.
type lineBook struct{ history }

func (b lineBook) Search(ctx context.Context, l words.Lang, q keypad.Query, limit, offset int) ([]string, error) {
	f := filterOf(q)
	f.Limit, f.Offset = limit, offset
	return b.shop.listed(ctx, l, f)
}

func (b lineBook) Story(ctx context.Context, l words.Lang, key txn.Key) ([]string, txn.Key, error) {
	s, err := b.history.Story(ctx, key)
	if err != nil {
		return nil, key, err
	}
	return tui.StoryLines(s, l), txn.Key{Batch: s.Batch, STAN: s.STAN}, nil
}

func (b lineBook) Totals(ctx context.Context, l words.Lang, day txn.Day) ([]string, error) {
	t, err := b.shop.turnover(ctx, day)
	if err != nil {
		return nil, err
	}
	return tui.TurnoverLines(t, l, totalsWidth), nil
}
