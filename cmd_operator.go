package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vpos/reader"
	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/staff"
)

// operatorCommand is who may work at the terminal. None of its commands shows a PIN, and
// none takes one as an argument: a shell would remember it.
func operatorCommand(s *settings) *cobra.Command {
	group := &cobra.Command{Use: "operator", Short: "The operators: who may work at the terminal"}
	var o staff.Operator
	role := string(txn.Cashier)
	add := &cobra.Command{
		Use: "add NUMBER", Short: "A new operator, with a first PIN that is replaced at the first sign-in", Args: cobra.ExactArgs(1),
		Long: "The first operator of all must be a supervisor and is added by nobody. Every later\n" +
			"change asks for the number and the PIN of a supervisor, and is in the audit.",
		RunE: func(cmd *cobra.Command, args []string) error {
			o.ID, o.Role = args[0], txn.Role(role)
			return withDesk(cmd, *s, true, func(d *desk) error { return d.add(o) })
		},
	}
	add.Flags().StringVar(&o.Name, "name", "", "what the operator is called")
	add.Flags().StringVar(&role, "role", role, "cashier or supervisor")
	list := &cobra.Command{
		Use: "list", Short: "The operators, a line each", Args: cobra.NoArgs,
		RunE: onJournal(s, func(ctx context.Context, p *shop, w io.Writer, _ []string) error { return listOperators(ctx, p, w) }),
	}
	change := func(use, short string, do func(*desk, string) error) *cobra.Command {
		return &cobra.Command{
			Use: use + " NUMBER", Short: short, Args: cobra.ExactArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error {
				return withDesk(cmd, *s, false, func(d *desk) error { return do(d, args[0]) })
			},
		}
	}
	group.AddCommand(add, list,
		change("remove", "Takes an operator away; what they did stays in the audit", (*desk).remove),
		change("reset", "A new first PIN for an operator who forgot theirs", (*desk).reset),
		change("unlock", "Forgets an operator's wrong PINs", (*desk).unlock))
	return group
}

// desk is where operators are changed: the keeper, and the person at the keys.
type desk struct {
	ctx  context.Context
	shop *shop
	*staff.Keeper
	in *keyInput
}

// withDesk opens the journal, which no terminal may be using, around one change. Only the
// first operator may make a journal of it.
func withDesk(cmd *cobra.Command, s settings, makes bool, do func(*desk) error) error {
	hardenProcess()
	ctx := cmd.Context()
	if !makes {
		p, err := readShop(s)
		if err == nil {
			err = p.keyThere()
		}
		if err != nil {
			return err
		}
	}
	p, err := openShop(s)
	if err != nil {
		return err
	}
	defer p.close()
	if err := p.openJournal(ctx); err != nil {
		return err
	}
	in := newKeyInput(ctx, cmd.OutOrStdout())
	defer in.close()
	return do(&desk{ctx: ctx, shop: p, Keeper: p.keeper(), in: in})
}

// keeper vouches for the operators of this folder. The journal is open.
func (p *shop) keeper() *staff.Keeper { return staff.New(p.journal, p.pepper, p.log) }

func (d *desk) add(o staff.Operator) error {
	if err := d.addable(&o); err != nil {
		return err
	}
	by, err := d.supervisor(true)
	if err != nil {
		return err
	}
	pin, err := d.choose(o.ID)
	if err != nil {
		return err
	}
	defer pin.Wipe()
	if err := d.Add(d.ctx, time.Now(), by, o, pin); err != nil {
		return d.failed(err)
	}
	return d.say(words.OperatorAdded.Fill(d.shop.lang, o.ID))
}

// addable refuses early what [staff.Keeper.Add] would refuse after three questions.
func (d *desk) addable(o *staff.Operator) error {
	_, taken, err := d.shop.journal.Operator(d.ctx, o.ID)
	switch {
	case err != nil:
		return d.failed(err)
	case !staff.Number(o.ID):
		return d.failed(staff.ErrNumber)
	case taken:
		return d.failed(staff.ErrTaken)
	case !staff.Nameable(o.Name):
		return d.failed(staff.ErrName)
	case o.Role != txn.Cashier && o.Role != txn.Supervisor:
		return d.failed(staff.ErrRole)
	}
	all, err := d.shop.journal.Operators(d.ctx)
	switch {
	case err != nil:
		return d.failed(err)
	case len(all) == 0 && o.Role != txn.Supervisor:
		return d.failed(staff.ErrFirst)
	}
	return nil
}

func (d *desk) remove(id string) error {
	return d.change(id, words.OperatorRemoved, func(by string) error { return d.Remove(d.ctx, time.Now(), by, id) })
}

func (d *desk) unlock(id string) error {
	return d.change(id, words.OperatorUnlocked, func(by string) error { return d.Unlock(d.ctx, time.Now(), by, id) })
}

func (d *desk) reset(id string) error {
	return d.change(id, words.OperatorReset, func(by string) error {
		pin, err := d.choose(id)
		if err != nil {
			return err
		}
		defer pin.Wipe()
		return d.Reset(d.ctx, time.Now(), by, id, pin)
	})
}

// change has a supervisor change an operator who is there.
func (d *desk) change(id string, done words.Sentence, do func(by string) error) error {
	by, err := d.supervisor(false)
	if err != nil {
		return err
	}
	_, found, err := d.shop.journal.Operator(d.ctx, id)
	if err == nil && !found {
		err = staff.ErrUnknown
	}
	if err == nil {
		err = do(by)
	}
	if err != nil {
		return d.failed(err)
	}
	return d.say(done.Fill(d.shop.lang, id))
}

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
	} {
		if errors.Is(err, row.is) {
			return advise(row.words, d.shop.lang, nil)
		}
	}
	return journalError(err, d.shop.lang)
}

// clockTime is a moment of today, or of the days around it.
func clockTime(t time.Time) string { return t.Local().Format("01-02 15:04") }

func listOperators(ctx context.Context, p *shop, w io.Writer) error {
	all, err := p.journal.Operators(ctx)
	switch {
	case err != nil:
		return journalError(err, p.lang)
	case len(all) == 0:
		return advise(words.OperatorNone, p.lang, nil)
	}
	supervisors := 0
	for i := range all {
		o := &all[i]
		if o.Role == txn.Supervisor {
			supervisors++
		}
		until := ""
		if end, locked := o.Locked(time.Now()); locked {
			until = clockTime(end)
		}
		fmt.Fprintln(w, strings.Join([]string{
			o.ID, pad(o.Name, 24), pad(words.Role(o.Role).In(p.lang), 10), words.OperatorState(p.lang, o, until),
		}, "  "))
	}
	if supervisors == 1 {
		fmt.Fprintln(w, words.OperatorFew.In(p.lang))
	}
	return nil
}
