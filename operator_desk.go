package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"vpos/reader"
	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/staff"
)

// What the operator commands ask, and what they say of an answer.

// supervisor asks for a supervisor's number and PIN. Where there are no operators yet,
// nobody is asked for the first of them.
func (d *desk) supervisor(first bool) (string, error) {
	all, err := d.shop.journal.Operators(d.ctx)
	switch {
	case err != nil:
		return "", d.failed(err)
	case len(all) == 0 && first:
		return "", nil
	case len(all) == 0:
		return "", advise(words.OperatorNone, d.shop.lang, nil)
	}
	line, err := d.in.Ask(words.OperatorWho.In(d.shop.lang), false)
	if err != nil {
		return "", d.stopped()
	}
	id := strings.TrimSpace(string(line))
	if !staff.Number(id) {
		return "", d.failed(staff.ErrUnknown) // what was typed may be a PIN
	}
	pin, err := d.ask(words.OperatorPIN.Fill(d.shop.lang, id))
	if err != nil {
		return "", err
	}
	defer pin.Wipe()
	a := d.Manage(d.ctx, time.Now(), txn.Vouch{Operator: id, PIN: pin})
	if a.Code == txn.StaffFresh {
		if err := d.say(words.OperatorFresh.In(d.shop.lang)); err != nil {
			return "", err
		}
		fresh, err := d.choose(id)
		if err != nil {
			return "", err
		}
		defer fresh.Wipe()
		a = d.Manage(d.ctx, time.Now(), txn.Vouch{Operator: id, PIN: pin, New: fresh})
	}
	return id, d.vouched(&a)
}

// choose asks twice for a PIN that is to be an operator's.
func (d *desk) choose(id string) (reader.Secret, error) {
	pin, err := d.ask(words.OperatorChoose.Fill(d.shop.lang, id))
	if err != nil {
		return pin, err
	}
	if staff.Weak(id, pin) {
		pin.Wipe()
		return pin, d.failed(staff.ErrWeak)
	}
	again, err := d.ask(words.OperatorRepeat.In(d.shop.lang))
	defer again.Wipe()
	switch {
	case err != nil:
		pin.Wipe()
		return pin, err
	case !bytes.Equal(pin.Reveal(), again.Reveal()):
		pin.Wipe()
		return pin, advise(words.OperatorDiffers, d.shop.lang, nil)
	}
	return pin, nil
}

// ask reads a PIN without echo.
func (d *desk) ask(question string) (reader.Secret, error) {
	line, err := d.in.Ask(question, true)
	defer clear(line)
	if err != nil {
		return reader.Secret{}, d.stopped()
	}
	return reader.NewSecret(bytes.TrimSpace(line)), nil
}

func (d *desk) say(line string) error {
	if _, err := fmt.Fprintln(d.in.out, line); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

func (d *desk) stopped() error {
	if err := context.Cause(d.ctx); err != nil {
		return err //nolint:wrapcheck // the signal that ended it
	}
	return advise(words.OperatorStopped, d.shop.lang, nil)
}

// vouched puts an answer of the keeper in the catalogue's words; nil where it is a yes.
func (d *desk) vouched(a *txn.Vouched) error {
	l := d.shop.lang
	switch a.Code {
	case txn.NoProblem:
		return nil
	case txn.StaffUnknown:
		return advise(words.OperatorUnknown, l, nil)
	case txn.StaffWeak:
		return advise(words.OperatorWeak, l, nil)
	case txn.StaffNotSuper:
		return advise(words.OperatorNotSuper, l, nil)
	case txn.StaffWrong:
		return advised{headline: words.OperatorWrong.Fill(l, a.Left), next: words.OperatorWrongNext.In(l), code: string(a.Code), lang: l}
	case txn.StaffLocked:
		return advised{
			headline: words.OperatorLocked.Fill(l, a.Operator, clockTime(a.Until)), next: words.OperatorLockedNext.In(l),
			code: string(a.Code), lang: l,
		}
	default:
		return advise(words.OperatorNoStore, l, nil)
	}
}

// failed puts what is wrong with a change in the catalogue's words. What is in them
// already stays as it is.
func (d *desk) failed(err error) error {
	var said advised
	if errors.As(err, &said) {
		return err
	}
	for _, row := range []struct {
		is    error
		words words.Failure
	}{
		{staff.ErrUnknown, words.OperatorUnknown},
		{staff.ErrTaken, words.OperatorTaken},
		{staff.ErrNumber, words.OperatorNumber},
		{staff.ErrName, words.OperatorName},
		{staff.ErrRole, words.OperatorRole},
		{staff.ErrWeak, words.OperatorWeak},
		{staff.ErrFirst, words.OperatorFirst},
		{staff.ErrLast, words.OperatorLast},
		{staff.ErrShiftOpen, words.OperatorShift},
	} {
		if errors.Is(err, row.is) {
			return advise(row.words, d.shop.lang, nil)
		}
	}
	return journalError(err, d.shop.lang)
}

// clockTime is a moment of today, or of the days around it.
func clockTime(t time.Time) string { return t.Local().Format("01-02 15:04") }
