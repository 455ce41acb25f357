package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/staff"
)

// The people of the shop's day: a supervisor 01 and two cashiers, one after the other.

// theirFirst is everybody's first PIN, and theirs the end of the one they choose.
const (
	theirFirst = "826491"
	theirs     = "9371"
)

// hire gives a folder its operators.
func hire(t *testing.T, of settings) {
	t.Helper()
	p, err := openShop(of)
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	if err := p.openJournal(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, o := range []staff.Operator{
		{ID: "01", Name: "Wang", Role: txn.Supervisor}, {ID: "02", Name: "Li", Role: txn.Cashier}, {ID: "03", Name: "Zhang", Role: txn.Cashier},
	} {
		if err := p.keeper().Add(context.Background(), time.Now(), "", o, reader.NewSecret(theirFirst)); err != nil {
			t.Fatal(err)
		}
	}
	chosen := p.keeper().Vouch(context.Background(), time.Now(), txn.Vouch{
		Operator: "01", PIN: reader.NewSecret(theirFirst), New: reader.NewSecret("01" + theirs),
	})
	if chosen.Code != txn.NoProblem {
		t.Fatalf("the supervisor's PIN: %s", chosen.Code)
	}
}

// signIn is an operator's first time at the terminal: a PIN of their own, and the float.
func (c *checkout) signIn(id string) {
	c.Helper()
	if !c.staffed {
		return
	}
	for _, step := range []struct {
		text string
		to   txn.Name
	}{
		{id, txn.Passcode}, {theirFirst, txn.NewPasscode}, {id + theirs, txn.NewPasscode}, {id + theirs, txn.CashEntry}, {"100", txn.Idle},
	} {
		if s := c.key(step.text); s.Name != step.to {
			c.Fatalf("operator %s is at %s (problem %q), want %s", id, s.Name, s.Problem, step.to)
		}
	}
}

// letPass is the supervisor's word for what was begun.
func (c *checkout) letPass() {
	c.Helper()
	c.key("01")
	if s := c.key("01" + theirs); s.Draft.Approver != "01" {
		c.Fatalf("not let pass: %s (problem %q)", s.Name, s.Problem)
	}
}

// handOver counts the drawer and leaves the terminal.
func (c *checkout) handOver() {
	c.Helper()
	if !c.staffed {
		return
	}
	c.give(txn.Opened{Name: txn.CashEntry})
	c.key("120")
	s := c.key("120") // and once more
	if s.Name != txn.ShiftShown || s.Shift == nil {
		c.Fatalf("the hand-over ends at %s (problem %q)", s.Name, s.Problem)
	}
	c.ended = append(c.ended, *s.Shift)
	if s = c.key(""); s.Name != txn.Lock {
		c.Fatalf("the terminal is left at %s", s.Name)
	}
}

// shifts holds the shifts against the batch they made: together they come to it, each
// operator has something in it, and each left a report. What a supervisor had to let
// pass says so.
func (c *checkout) shifts(reckoned txn.Totals) {
	c.Helper()
	if !c.staffed {
		return
	}
	var sum txn.Sides
	for _, s := range c.ended {
		one := s.Totals.Sum()
		sum.Debits.Count += one.Debits.Count
		sum.Debits.Minor += one.Debits.Minor
		sum.Credits.Count += one.Credits.Count
		sum.Credits.Minor += one.Credits.Minor
		if one.Debits.Count == 0 || s.Count.Minor <= s.Float.Minor {
			c.Errorf("the shift of operator %s: %+v", s.Operator, s)
		}
		paper, err := filepath.Glob(filepath.Join(c.shop.dir, "reports", "*-shift-"+s.Operator+".txt"))
		if err != nil || len(paper) != 1 {
			c.Fatalf("reports of operator %s: %q, %v", s.Operator, paper, err)
		}
		b, err := os.ReadFile(paper[0])
		net := txn.Money{Minor: one.Debits.Minor - one.Credits.Minor, Currency: c.setup.Currency}
		if err != nil || !strings.Contains(string(b), net.Grouped()) {
			c.Errorf("no %s on the report, %v:\n%s", net.Grouped(), err, b)
		}
	}
	if len(c.ended) != 2 || sum != reckoned.Sum() {
		c.Errorf("%d shifts come to %+v, the batch to %+v", len(c.ended), sum, reckoned.Sum())
	}
}
