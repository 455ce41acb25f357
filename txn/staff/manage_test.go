package staff_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/staff"
)

func TestManage(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	pin := reader.NewSecret(firstPIN)
	add := func(id, name string, role txn.Role, pin reader.Secret) error {
		return o.Add(ctx, noon, "01", staff.Operator{ID: id, Name: name, Role: role}, pin)
	}
	refused := func(err, want error) {
		t.Helper()
		if !errors.Is(err, want) {
			t.Errorf("%v instead of %v", err, want)
		}
	}
	refused(add("02", "Li", txn.Cashier, pin), staff.ErrFirst)
	o.hire("01", txn.Supervisor, true)
	refused(add("01", "Li", txn.Cashier, pin), staff.ErrTaken)
	for _, id := range []string{"", "1", "001", "1a", "１２"} {
		refused(add(id, "Li", txn.Cashier, pin), staff.ErrNumber)
	}
	for _, name := range []string{"", " Li", "L\x1bi", strings.Repeat("x", 25), "4111111111111111", "a\xff"} {
		refused(add("02", name, txn.Cashier, pin), staff.ErrName)
	}
	refused(add("02", "Li", "owner", pin), staff.ErrRole)
	refused(add("02", "Li", txn.Cashier, reader.NewSecret("0202")), staff.ErrWeak)
	o.must(add("02", "李梅", txn.Cashier, pin))

	refused(o.Remove(ctx, noon, "01", "01"), staff.ErrLast)
	refused(o.Remove(ctx, noon, "01", "09"), staff.ErrUnknown)
	refused(o.Unlock(ctx, noon, "01", "09"), staff.ErrUnknown)
	refused(o.Reset(ctx, noon, "01", "09", pin), staff.ErrUnknown)
	refused(o.Reset(ctx, noon, "01", "02", reader.NewSecret("2222")), staff.ErrWeak)
	for range 5 {
		o.signIn("02", wrongPIN)
	}
	n := len(o.rows)
	o.must(o.Unlock(ctx, noon, "01", "02"))
	if a := o.signIn("02", firstPIN); a.Code != txn.StaffFresh {
		t.Errorf("unlocked: %+v", a)
	}
	for range 5 {
		o.signIn("02", wrongPIN)
	}
	o.must(o.Reset(ctx, noon, "01", "02", reader.NewSecret("7302")))
	if a := o.signIn("02", "7302"); a.Code != txn.StaffFresh {
		t.Errorf("reset: %+v", a)
	}
	o.must(o.Remove(ctx, noon, "01", "02"))
	if a := o.signIn("02", "7302"); a.Code != txn.StaffUnknown {
		t.Errorf("removed: %+v", a)
	}
	if got := o.acts(n); !strings.HasPrefix(got, "UNLOCKED TRY REFUSED ") || !strings.HasSuffix(got, " RESET TRY REFUSED REMOVED") {
		t.Error(got)
	}
	if r := o.rows[n]; r.Operator != "02" || r.By != "01" {
		t.Errorf("%+v", r)
	}
	o.must(add("03", "Li", txn.Supervisor, pin))
	o.must(o.Remove(ctx, noon, "03", "01")) // not the last any more
	o.failing = true
	for _, err := range []error{
		o.Remove(ctx, noon, "01", "03"), o.Unlock(ctx, noon, "01", "03"), o.Reset(ctx, noon, "01", "03", pin), add("04", "Li", txn.Cashier, pin),
	} {
		refused(err, errDisk)
	}
}

func TestDrawer(t *testing.T) {
	o := newOffice(t)
	o.hire("01", txn.Supervisor, true)
	cny, _ := txn.CurrencyByCode("CNY")
	float, count := txn.Money{Minor: 20000, Currency: cny}, txn.Money{Minor: 61234, Currency: cny}
	if a := o.Draw(t.Context(), noon, txn.Drawer{Operator: "01", Amount: count}); !a.Failed {
		t.Errorf("a count without a float: %+v", a)
	}
	if a := o.Draw(t.Context(), noon, txn.Drawer{Operator: "09", Begin: true, Amount: float}); !a.Failed {
		t.Errorf("nobody's float: %+v", a)
	}
	n := len(o.rows)
	if a := o.Draw(t.Context(), noon, txn.Drawer{Operator: "01", Begin: true, Amount: float}); a.Failed || !a.Begin || a.Operator != "01" {
		t.Errorf("a float: %+v", a)
	}
	if o.rows[n] != (staff.Row{Act: staff.Float, Operator: "01", Amount: float}) {
		t.Errorf("%+v", o.rows[n])
	}
	o.shift = &txn.Shift{Operator: "01", From: noon, Float: float, Totals: txn.Totals{Domestic: txn.Sides{Debits: txn.Tally{Count: 2, Minor: 41234}}}}
	if a := o.signIn("01", chosen); !a.Shift {
		t.Errorf("the shift is open: %+v", a)
	}
	if a := o.Draw(t.Context(), noon, txn.Drawer{Operator: "01", Begin: true, Amount: float}); !a.Failed {
		t.Errorf("a second float: %+v", a)
	}
	later := noon.Add(8 * time.Hour)
	want := *o.shift
	want.To, want.Count = later, count
	o.fail = 1
	if a := o.Draw(t.Context(), later, txn.Drawer{Operator: "01", Amount: count}); !a.Failed {
		t.Errorf("a count that is not written: %+v", a)
	}
	if a := o.Draw(t.Context(), later, txn.Drawer{Operator: "01", Amount: count}); a.Failed || a.Shift != want {
		t.Errorf("a count: %+v", a)
	}
	n = len(o.rows)
	o.Left(t.Context(), noon, txn.SignedOut{Operator: "01"})
	o.Left(t.Context(), noon, txn.SignedOut{Operator: "01", Idle: true})
	if got := o.acts(n); got != "SIGNED-OUT IDLE" {
		t.Error(got)
	}
	o.fail = 1
	o.Left(t.Context(), noon, txn.SignedOut{Operator: "01"})
	if !strings.Contains(o.log.String(), errDisk.Error()) {
		t.Error("a lost row is not in the log")
	}
}

// Whoever has a shift open is not removed: the next one with the number would inherit it.
func TestRemoveWithAShiftOpen(t *testing.T) {
	o := newOffice(t)
	o.hire("01", txn.Supervisor, true)
	o.hire("02", txn.Cashier, true)
	o.shift = &txn.Shift{Operator: "02"}
	if err := o.Remove(t.Context(), noon, "01", "02"); !errors.Is(err, staff.ErrShiftOpen) {
		t.Errorf("removed: %v", err)
	}
	o.shift = nil
	o.must(o.Remove(t.Context(), noon, "01", "02"))
}
