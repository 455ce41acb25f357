package staff_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/staff"
)

// noon is when everything happens that does not say otherwise.
var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.FixedZone("", 8*3600))

// The PINs of the tests: first ones, those chosen instead, and a wrong one.
const (
	firstPIN = "8264"
	chosen   = "593718"
	wrongPIN = "4071"
)

var errDisk = errors.New("the disk is gone")

// shelf is a store in memory. Each change is all or nothing, like a commit.
type shelf struct {
	people  map[string]staff.Entry
	rows    []staff.Row
	fail    int // the change that fails, counted from here down; 0 for none
	failing bool
	shift   *txn.Shift
}

func (s *shelf) Operators(context.Context) (list []staff.Operator, err error) {
	if s.failing {
		return nil, errDisk
	}
	for _, e := range s.people {
		list = append(list, e.Operator)
	}
	slices.SortFunc(list, func(a, b staff.Operator) int { return cmp.Compare(a.ID, b.ID) })
	return list, nil
}

func (s *shelf) Operator(_ context.Context, id string) (staff.Entry, bool, error) {
	if s.failing {
		return staff.Entry{}, false, errDisk
	}
	e, found := s.people[id]
	return e, found, nil
}

func (s *shelf) Change(_ context.Context, _ time.Time, c staff.Change) error {
	if s.fail > 0 {
		if s.fail--; s.fail == 0 {
			return errDisk
		}
	}
	if c.Put != nil {
		s.people[c.Put.ID] = *c.Put
	}
	delete(s.people, c.Remove)
	s.rows = append(s.rows, c.Rows...)
	return nil
}

func (s *shelf) Shift(context.Context, string) (txn.Shift, bool, error) {
	if s.shift == nil {
		return txn.Shift{}, false, nil
	}
	return *s.shift, true, nil
}

// office is a keeper with its shelf and its log.
type office struct {
	*staff.Keeper
	*shelf
	t   *testing.T
	log bytes.Buffer
	now time.Time
}

func pepper(t testing.TB) staff.Pepper {
	t.Helper()
	p, err := staff.NewPepper(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, shelf: &shelf{people: map[string]staff.Entry{}}, now: noon}
	o.Keeper = staff.New(o.shelf, pepper(t), slog.New(slog.NewTextHandler(&o.log, nil))).Cheap()
	t.Cleanup(o.leaks)
	return o
}

// leaks holds the log and the rows against every PIN of the tests.
func (o *office) leaks() {
	all := o.log.String() + fmt.Sprintf("%+v %v %#v", o.rows, o.Keeper, o.rows)
	for _, pin := range []string{firstPIN, chosen, wrongPIN} {
		if strings.Contains(all, pin) {
			o.t.Errorf("a PIN is in %s", all)
		}
	}
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// hire adds an operator; one that is settled has chosen a PIN already.
func (o *office) hire(id string, role txn.Role, settled bool) {
	o.t.Helper()
	o.must(o.Add(o.t.Context(), o.now, "", staff.Operator{ID: id, Name: "Wang " + id, Role: role}, reader.NewSecret(firstPIN)))
	if settled {
		if a := o.ask(txn.Vouch{Operator: id, PIN: reader.NewSecret(firstPIN), New: reader.NewSecret(chosen)}); a.Code != txn.NoProblem {
			o.t.Fatalf("choosing: %+v", a)
		}
	}
}

func (o *office) ask(v txn.Vouch) txn.Vouched {
	o.t.Helper()
	return o.Vouch(o.t.Context(), o.now, v)
}

func (o *office) signIn(id, pin string) txn.Vouched {
	o.t.Helper()
	return o.ask(txn.Vouch{Operator: id, PIN: reader.NewSecret(pin)})
}

// acts are the audit's rows since there were n, as words.
func (o *office) acts(n int) string {
	var words []string
	for _, r := range o.rows[n:] {
		words = append(words, string(r.Act))
	}
	return strings.Join(words, " ")
}
