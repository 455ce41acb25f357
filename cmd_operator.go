package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

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
