package kill

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"vpos/txn"
)

func TestMain(m *testing.M) {
	Shim()
	os.Exit(m.Run())
}

// logged passes a run's lines to the test.
type logged struct{ t *testing.T }

func (l logged) Write(b []byte) (int, error) {
	l.t.Log(strings.TrimSpace(string(b)))
	return len(b), nil
}

// TestKill is a share of the tier: some forty kills.
func TestKill(t *testing.T) {
	bin := os.Getenv("VPOS_BIN")
	if _, err := os.Stat(bin); err != nil {
		path, remove, err := Build(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		defer remove()
		bin = path
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	seed := uint64(time.Now().UnixNano()) % 1_000_000
	r, err := Run(context.WithoutCancel(t.Context()), Options{
		Bin: bin, Kills: 40, Seed: seed, Tills: 4, Lives: 9, Shim: self, Log: logged{t},
	})
	if errors.Is(err, ErrNoSignals) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		t.Errorf("%s\nagain, with the same dice but never the same timing: go run ./txn/proof/kill/cmd -seed %d -kills 40 -lives 9", f, seed)
	}
	if r.Approved == 0 || r.Kills < 20 {
		t.Errorf("it proves nothing: %d kills, %d approved", r.Kills, r.Approved)
	}
	t.Log(r.Text())
}

// TestPlaces: each mutant's place is still there, once. Whether they are found is
// for the command to say: it takes minutes.
func TestPlaces(t *testing.T) {
	for _, m := range planted {
		if _, err := m.plant(t.TempDir()); err != nil {
			t.Errorf("%s: %v", m.name, err)
		}
	}
}

const line = "Approved · CNY 12.34 Visa ************1111 · Code 00 · Auth code 279747 · Trace 000017 · Charged"

func TestOutcome(t *testing.T) {
	for text, want := range map[string]txn.Status{
		"approved: " + line: txn.Approved, "approved: ✗ Printer trouble · " + line: txn.Approved,
		"unknown: " + line: txn.ReversalPending, "declined: " + line: txn.Declined,
	} {
		s, ok := outcome(text)
		if !ok || s.Status != want || s.Key.STAN != 17 || s.Amount.Minor != 1234 {
			t.Errorf("%s: %+v %v", text, s, ok)
		}
	}
	for _, text := range []string{"idle: Ready", "print: " + line, "declined: No answer · CNY 12.34", ""} {
		if s, ok := outcome(text); ok {
			t.Errorf("%s: %+v", text, s)
		}
	}
}

func TestPaper(t *testing.T) {
	const name, whole = "20260304-150607-000001-000268-2-cardholder", "MARK\n TRACE NO.  000268\nAMOUNT  RMB 12.34\nMARK\n"
	p, err := paper(name+".txt", whole)
	if err != nil || p.Key != (txn.Key{Batch: 1, STAN: 268}) || p.Copy != txn.CardholderCopy || p.Duplicate || p.Amount.Minor != 1234 {
		t.Errorf("%+v %v", p, err)
	}
	if p, err := paper(name+"-dup-1.txt", strings.Replace(whole, "TRACE", "DUPLICATE", 1)); err != nil || !p.Duplicate {
		t.Errorf("%+v %v", p, err)
	}
	for _, bad := range []struct {
		name, text string
		want       error
	}{
		{"notes.txt", whole, errName},
		{name + ".txt", whole[:len(whole)-5], errTorn},
		{name + ".txt", "", errTorn},
		{name + ".txt", strings.Replace(whole, "000268", "000269", 1), errTrace},
		{name + "-dup-2.txt", whole, errMark},
		{name + ".txt", "DUPLICATE" + whole + "DUPLICATEMARK\n", errMark},
	} {
		if _, err := paper(bad.name, bad.text); !errors.Is(err, bad.want) {
			t.Errorf("%s %q: %v, want %v", bad.name, bad.text, err, bad.want)
		}
	}
}

func TestFilter(t *testing.T) {
	if o, d, err := parseFilter("write:4096"); err != nil || o != 4096 || d != never {
		t.Error(o, d, err)
	}
	if o, d, err := parseFilter("sync:9"); err != nil || o != never || d != 9 {
		t.Error(o, d, err)
	}
	for _, bad := range []string{"", "write:", "read:1", "sync:-1", "write:4294967296"} {
		if _, _, err := parseFilter(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
