package staff

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode"
	"unicode/utf8"

	"vpos/reader"
	"vpos/txn"
)

// Why operators cannot be changed, or a shift cannot begin or end.
var (
	ErrUnknown   = errors.New("there is no such operator")
	ErrTaken     = errors.New("the number is another operator's")
	ErrNumber    = errors.New("an operator's number has two digits")
	ErrName      = errors.New("the name is empty, too long, or cannot be printed")
	ErrRole      = errors.New("there is no such role")
	ErrWeak      = errors.New("the PIN is too easy to guess")
	ErrFirst     = errors.New("the first operator must be a supervisor")
	ErrLast      = errors.New("the last supervisor cannot be removed")
	ErrShiftOpen = errors.New("the operator has a shift open")
	ErrNoShift   = errors.New("the operator has no shift open")
)

// maxName is the longest name, in characters.
const maxName = 24

// Number reports whether a text can be an operator's number: two digits.
func Number(id string) bool {
	return len(id) == 2 && id[0] >= '0' && id[0] <= '9' && id[1] >= '0' && id[1] <= '9'
}

// Add adds an operator with a first PIN, which must be replaced when it is first used.
// by is the supervisor who does it; empty for the first operator of all. Errors:
// [ErrNumber], [ErrName], [ErrRole], [ErrFirst], [ErrTaken], [ErrWeak], or the store's.
func (k *Keeper) Add(ctx context.Context, at time.Time, by string, o Operator, pin reader.Secret) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	all, err := k.store.Operators(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("list operators: %w", err)
	case !Number(o.ID):
		return ErrNumber
	case !Nameable(o.Name):
		return ErrName
	case o.Role != txn.Cashier && o.Role != txn.Supervisor:
		return ErrRole
	case len(all) == 0 && o.Role != txn.Supervisor:
		return ErrFirst
	}
	for i := range all {
		if all[i].ID == o.ID {
			return ErrTaken
		}
	}
	e := Entry{Operator: Operator{ID: o.ID, Name: o.Name, Role: o.Role}}
	return k.give(ctx, at, &e, pin, Row{Act: Added, Operator: o.ID, By: by})
}

// Reset gives an operator a new first PIN, and unlocks. Errors: [ErrUnknown],
// [ErrWeak], or the store's.
func (k *Keeper) Reset(ctx context.Context, at time.Time, by, id string, pin reader.Secret) error {
	return k.change(ctx, id, func(e *Entry) error {
		e.Fails, e.Until = 0, time.Time{}
		return k.give(ctx, at, e, pin, Row{Act: Reset, Operator: id, By: by})
	})
}

// Unlock forgets an operator's wrong tries. Errors: [ErrUnknown], or the store's.
func (k *Keeper) Unlock(ctx context.Context, at time.Time, by, id string) error {
	return k.change(ctx, id, func(e *Entry) error {
		e.Fails, e.Until = 0, time.Time{}
		return k.store.Change(ctx, at, Change{Put: e, Rows: []Row{{Act: Unlocked, Operator: id, By: by}}})
	})
}

// Remove takes an operator away; what they did stays. A shift must have ended first, or
// whoever gets the number next would hand it over. Errors: [ErrUnknown], [ErrLast],
// [ErrShiftOpen], or the store's.
func (k *Keeper) Remove(ctx context.Context, at time.Time, by, id string) error {
	return k.change(ctx, id, func(e *Entry) error {
		all, err := k.store.Operators(ctx)
		if err != nil {
			return fmt.Errorf("list operators: %w", err)
		}
		supervisors := 0
		for i := range all {
			if all[i].Role == txn.Supervisor {
				supervisors++
			}
		}
		if e.Role == txn.Supervisor && supervisors < 2 {
			return ErrLast
		}
		switch _, open, err := k.store.Shift(ctx, id); {
		case err != nil:
			return fmt.Errorf("read the shift: %w", err)
		case open:
			return ErrShiftOpen
		}
		return k.store.Change(ctx, at, Change{Remove: id, Rows: []Row{{Act: Removed, Operator: id, By: by}}})
	})
}

// change is do for an operator that is there.
func (k *Keeper) change(ctx context.Context, id string, do func(*Entry) error) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	e, found, err := k.store.Operator(ctx, id)
	switch {
	case err != nil:
		return fmt.Errorf("look up the operator: %w", err)
	case !found:
		return ErrUnknown
	}
	return do(&e)
}

// give puts a first PIN to an operator.
func (k *Keeper) give(ctx context.Context, at time.Time, e *Entry, pin reader.Secret, row Row) error {
	if Weak(e.ID, pin) {
		return ErrWeak
	}
	e.Fresh, e.PIN = true, k.pepper.hash(e.ID, e.Role, pin, k.cost)
	return k.store.Change(ctx, at, Change{Put: e, Rows: []Row{row}})
}

// Nameable reports whether a text can be an operator's name: 1 to 24 characters that a
// list can show, and no card number.
func Nameable(name string) bool {
	if name == "" || !utf8.ValidString(name) || utf8.RuneCountInString(name) > maxName || reader.MaskText(name) != name {
		return false
	}
	for _, r := range name {
		if !unicode.IsPrint(r) {
			return false
		}
	}
	return name[0] != ' '
}
