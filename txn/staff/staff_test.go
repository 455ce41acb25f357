package staff_test

import (
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/staff"
)

func TestWeakPINs(t *testing.T) {
	for _, c := range []struct {
		id, pins string
		weak     bool
	}{
		{"01", "1111 000000 55555 1234 123456 6789 7890 4321 987654 0987 2109", true},
		{"07", "0707 07070 070707 0007 000007 0700 070000", true},
		{"12", "1212 12121 1200 0012 000012", true},
		{"01", "123 1234567 12a4 １２３４ -123 12.4", true},
		{"07", "8264 5937 593718 1357 2468 1122 1213 70700 7007 7000 7070", false},
		{"12", "2121 1312 1201 0707 13579 121200 001212", false},
	} {
		for pin := range strings.FieldsSeq(c.pins) {
			if got := staff.Weak(c.id, reader.NewSecret(pin)); got != c.weak {
				t.Errorf("operator %s, %s: weak %v", c.id, pin, got)
			}
		}
	}
	if !staff.Weak("01", reader.Secret{}) {
		t.Error("no PIN at all passed")
	}
}

// A first PIN lets nobody in; a chosen one does, and only a good one can be chosen.
func TestFirstUse(t *testing.T) {
	o := newOffice(t)
	o.hire("01", txn.Supervisor, false)
	if a := o.signIn("01", firstPIN); a.Code != txn.StaffFresh || a.Role != txn.Supervisor {
		t.Errorf("a first PIN: %+v", a)
	}
	if a := o.ask(txn.Vouch{Operator: "01", PIN: reader.NewSecret(firstPIN), For: txn.Void, By: "02"}); a.Code != txn.StaffFresh {
		t.Errorf("a first PIN for a void: %+v", a)
	}
	if a := o.ask(txn.Vouch{Operator: "01", PIN: reader.NewSecret(firstPIN), New: reader.NewSecret(chosen), For: txn.Void}); a.Code != txn.StaffFresh {
		t.Errorf("a first PIN replaced during a void: %+v", a)
	}
	for _, weak := range []string{firstPIN, "0101", "123456", "12"} {
		a := o.ask(txn.Vouch{Operator: "01", PIN: reader.NewSecret(firstPIN), New: reader.NewSecret(weak)})
		if a.Code != txn.StaffWeak {
			t.Errorf("choosing %s: %+v", weak, a)
		}
	}
	if e := o.people["01"]; e.Fails != 0 || !e.Fresh {
		t.Errorf("the tries were not given back: %+v", e.Operator)
	}
	n := len(o.rows)
	a := o.ask(txn.Vouch{Operator: "01", PIN: reader.NewSecret(firstPIN), New: reader.NewSecret(chosen)})
	if a.Code != txn.NoProblem || o.acts(n) != "TRY CHOSEN SIGNED-IN" {
		t.Errorf("choosing: %+v, %s", a, o.acts(n))
	}
	if a := o.signIn("01", firstPIN); a.Code != txn.StaffWrong || a.Left != 4 {
		t.Errorf("the first PIN once more: %+v", a)
	}
	if a := o.signIn("01", chosen); a.Code != txn.NoProblem {
		t.Errorf("the chosen PIN: %+v", a)
	}
}

func TestTries(t *testing.T) {
	o := newOffice(t)
	o.hire("01", txn.Supervisor, true)
	n := len(o.rows)
	for left := 4; left > 0; left-- {
		if a := o.signIn("01", wrongPIN); a.Code != txn.StaffWrong || a.Left != left {
			t.Fatalf("%d left: %+v", left, a)
		}
	}
	end := noon.Add(30 * time.Minute)
	if a := o.signIn("01", wrongPIN); a.Code != txn.StaffLocked || !a.Until.Equal(end) || a.Left != 0 {
		t.Errorf("the fifth: %+v", a)
	}
	if got := o.acts(n); got != "TRY WRONG TRY WRONG TRY WRONG TRY WRONG TRY LOCKED-OUT" {
		t.Error(got)
	}
	n = len(o.rows)
	o.now = end.Add(-time.Millisecond)
	if a := o.signIn("01", chosen); a.Code != txn.StaffLocked || !a.Until.Equal(end) || len(o.rows) != n {
		t.Errorf("the right one while locked: %+v", a)
	}
	o.now = end
	if a := o.signIn("01", wrongPIN); a.Code != txn.StaffWrong || a.Left != 4 {
		t.Errorf("the count begins anew: %+v", a)
	}
	if a := o.signIn("01", chosen); a.Code != txn.NoProblem || o.people["01"].Fails != 0 {
		t.Errorf("the right one: %+v", a)
	}
	if a := o.signIn("09", chosen); a.Code != txn.StaffUnknown {
		t.Errorf("nobody: %+v", a)
	}
}

// A right PIN in between gives all tries back.
func TestRightGivesTriesBack(t *testing.T) {
	o := newOffice(t)
	o.hire("01", txn.Supervisor, true)
	for range 3 {
		for range 4 {
			o.signIn("01", wrongPIN)
		}
		if a := o.signIn("01", chosen); a.Code != txn.NoProblem {
			t.Fatalf("the fifth, right: %+v", a)
		}
	}
}

// A clock set back neither lengthens a lock beyond half an hour nor keeps it moving.
func TestClockSetBack(t *testing.T) {
	o := newOffice(t)
	o.hire("01", txn.Supervisor, true)
	for range 5 {
		o.signIn("01", wrongPIN)
	}
	o.now = noon.AddDate(-1, 0, 0)
	if a := o.signIn("01", chosen); a.Code != txn.StaffLocked || !a.Until.Equal(o.now.Add(staff.LockFor)) {
		t.Errorf("a year back: %+v", a)
	}
	o.now = o.now.Add(20 * time.Minute)
	if a := o.signIn("01", chosen); a.Code != txn.StaffLocked || !a.Until.Equal(o.now.Add(10*time.Minute)) {
		t.Errorf("twenty minutes later: %+v", a)
	}
	o.now = o.now.Add(10 * time.Minute)
	if a := o.signIn("01", chosen); a.Code != txn.NoProblem {
		t.Errorf("half an hour later: %+v", a)
	}
	e := o.people["01"]
	e.Fails = staff.MaxTries // tries without a lock: nothing of ours
	o.people["01"] = e
	if a := o.signIn("01", chosen); a.Code != txn.StaffLocked {
		t.Errorf("five tries and no lock: %+v", a)
	}
}

func TestSupervisors(t *testing.T) {
	o := newOffice(t)
	o.hire("01", txn.Supervisor, true)
	o.hire("02", txn.Cashier, true)
	let := func(id, pin string) txn.Vouched {
		return o.ask(txn.Vouch{Operator: id, PIN: reader.NewSecret(pin), For: txn.Refund, By: "02"})
	}
	if a := let("01", chosen); a.Code != txn.NoProblem || a.Role != txn.Supervisor {
		t.Errorf("a supervisor: %+v", a)
	}
	if last := o.rows[len(o.rows)-1]; last != (staff.Row{Act: staff.LetPass, Operator: "01", By: "02", Kind: txn.Refund}) {
		t.Errorf("the row: %+v", last)
	}
	if a := let("02", chosen); a.Code != txn.StaffNotSuper || o.rows[len(o.rows)-1].Act != staff.Refused {
		t.Errorf("a cashier: %+v", a)
	}
	if a := let("02", wrongPIN); a.Code != txn.StaffWrong {
		t.Errorf("a wrong PIN says no more than that: %+v", a)
	}
	if a := o.Manage(t.Context(), noon, txn.Vouch{Operator: "02", PIN: reader.NewSecret(chosen)}); a.Code != txn.StaffNotSuper {
		t.Errorf("a cashier managing: %+v", a)
	}
	o.hire("03", txn.Supervisor, false)
	if a := o.Manage(t.Context(), noon, txn.Vouch{Operator: "03", PIN: reader.NewSecret(firstPIN)}); a.Code != txn.StaffFresh {
		t.Errorf("a fresh one managing: %+v", a)
	}
	if a := o.Manage(t.Context(), noon, txn.Vouch{Operator: "03", PIN: reader.NewSecret(firstPIN), New: reader.NewSecret(chosen)}); a.Code != txn.NoProblem ||
		o.rows[len(o.rows)-1].Act != staff.Managing {
		t.Errorf("having chosen: %+v", a)
	}
}

// The try is in the store before anything is compared, the last one as a lock.
func TestCountedFirst(t *testing.T) {
	o := newOffice(t)
	o.hire("01", txn.Supervisor, true)
	compared := 0
	o.Compared(func(bool) {
		compared++
		e := o.people["01"]
		if e.Fails != compared || o.rows[len(o.rows)-1].Act != staff.Try {
			t.Errorf("comparison %d with %d tries stored", compared, e.Fails)
		}
		if _, locked := e.Locked(noon); locked != (compared == staff.MaxTries) {
			t.Errorf("comparison %d, locked %v", compared, locked)
		}
	})
	for range 8 {
		o.signIn("01", wrongPIN)
	}
	if compared != staff.MaxTries {
		t.Errorf("%d comparisons", compared)
	}
}

// What cannot be written lets nobody in, and a try that is not on disk is not compared.
func TestStoreFails(t *testing.T) {
	for change := 1; change <= 2; change++ {
		for _, pin := range []string{chosen, wrongPIN} {
			o := newOffice(t)
			o.hire("01", txn.Supervisor, true)
			compared := 0
			o.Compared(func(bool) { compared++ })
			o.fail = change
			a := o.signIn("01", pin)
			if a != (txn.Vouched{Operator: "01", Role: a.Role, Code: txn.StaffNoStore}) || compared != change-1 {
				t.Errorf("change %d fails, %s: %+v after %d comparisons", change, pin, a, compared)
			}
			if !strings.Contains(o.log.String(), errDisk.Error()) {
				t.Errorf("the log does not say why: %s", &o.log)
			}
		}
	}
	o := newOffice(t)
	o.hire("01", txn.Supervisor, true)
	o.failing = true
	if a := o.signIn("01", chosen); a.Code != txn.StaffNoStore {
		t.Errorf("a store that cannot be read: %+v", a)
	}
}

// A hash belongs to its operator, role and folder; an altered cost is refused.
func TestHashes(t *testing.T) {
	o := newOffice(t)
	o.hire("01", txn.Supervisor, true)
	o.hire("02", txn.Cashier, true)
	first, second := o.people["01"], o.people["02"]
	if reflect.DeepEqual(first.PIN.Salt, second.PIN.Salt) || reflect.DeepEqual(first.PIN.Sum, second.PIN.Sum) {
		t.Error("the same PIN has the same hash twice")
	}
	altered := func(name string, alter func(*staff.Entry), want txn.Code) {
		t.Helper()
		e := o.people["02"]
		alter(&e)
		was := o.people["02"]
		o.people["02"] = e
		if a := o.signIn("02", chosen); a.Code != want {
			t.Errorf("%s: %+v", name, a)
		}
		o.people["02"] = was
	}
	altered("another's hash", func(e *staff.Entry) { e.PIN = first.PIN }, txn.StaffWrong)
	altered("promoted", func(e *staff.Entry) { e.Role = txn.Supervisor }, txn.StaffWrong)
	altered("cheaper", func(e *staff.Entry) { e.PIN.Memory = 1 }, txn.StaffNoStore)
	altered("dearer", func(e *staff.Entry) { e.PIN.Memory = 1 << 31 }, txn.StaffNoStore)
	altered("no passes", func(e *staff.Entry) { e.PIN.Time = 0 }, txn.StaffNoStore)
	altered("no lanes", func(e *staff.Entry) { e.PIN.Lanes = 0 }, txn.StaffNoStore)
	altered("no salt", func(e *staff.Entry) { e.PIN.Salt = nil }, txn.StaffNoStore)
	altered("no sum", func(e *staff.Entry) { e.PIN.Sum = nil }, txn.StaffNoStore)
	altered("as it is", func(*staff.Entry) {}, txn.NoProblem)

	other, err := staff.NewPepper(make([]byte, 32))
	o.must(err)
	moved := staff.New(o.shelf, other, slog.New(slog.DiscardHandler)).Cheap()
	if a := moved.Vouch(t.Context(), noon, txn.Vouch{Operator: "01", PIN: reader.NewSecret(chosen)}); a.Code != txn.StaffWrong {
		t.Errorf("under another folder's key: %+v", a)
	}
	if _, err := staff.NewPepper(make([]byte, 31)); err == nil {
		t.Error("a short master key passed")
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x"} {
		if got := fmt.Sprintf(verb, other); got != "pepper" {
			t.Errorf("%s prints %s", verb, got)
		}
	}
}

// What a real hash costs.
func TestCost(t *testing.T) {
	s := &shelf{people: map[string]staff.Entry{}}
	k := staff.New(s, pepper(t), slog.New(slog.DiscardHandler))
	if err := k.Add(t.Context(), noon, "", staff.Operator{ID: "01", Name: "Wang", Role: txn.Supervisor}, reader.NewSecret(firstPIN)); err != nil {
		t.Fatal(err)
	}
	h := s.people["01"].PIN
	if h.Cost != (staff.Cost{Time: 3, Memory: 64 * 1024, Lanes: 1}) || len(h.Salt) != 16 || len(h.Sum) != 32 {
		t.Errorf("%+v", h.Cost)
	}
	begun := time.Now()
	if a := k.Vouch(t.Context(), noon, txn.Vouch{Operator: "01", PIN: reader.NewSecret(firstPIN)}); a.Code != txn.StaffFresh {
		t.Errorf("%+v", a)
	}
	t.Logf("a comparison takes %v", time.Since(begun))
}
