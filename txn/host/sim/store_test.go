package sim_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host/sim"
)

func open(t testing.TB, path string) *sim.SQLite {
	t.Helper()
	s, err := sim.OpenStore(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func server(t testing.TB, store sim.Store) *sim.Server {
	t.Helper()
	s, err := sim.NewServer(sim.Options{
		Codec: codec(t), Store: store, OutcomesByAmount: true, Now: func() time.Time { return noon },
		LateAfter: 50 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func apply(t testing.TB, s *sim.Server, r *txn.Request) sim.Verdict {
	t.Helper()
	v, err := s.Apply(context.Background(), *r)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func entries(t testing.TB, s *sim.Server) []sim.Entry {
	t.Helper()
	e, err := s.Entries(sim.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func shut(t testing.TB, closers ...io.Closer) {
	t.Helper()
	for _, c := range closers {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestRestartResumes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "host ledger?#%.db")
	store := open(t, path)
	s := server(t, store)
	charged, reversed, declined := sale(t, 1, 1200), sale(t, 2, 1300), sale(t, 3, 1251)
	apply(t, s, charged)
	apply(t, s, reversed)
	apply(t, s, reversal(reversed))
	apply(t, s, declined)
	apply(t, s, reversal(sale(t, 4, 1400)))
	before := entries(t, s)
	shut(t, s, store)

	store = open(t, path)
	s = server(t, store)
	if diff := cmp.Diff(before, entries(t, s)); diff != "" {
		t.Error(diff)
	}
	for name, x := range map[string]struct {
		request *txn.Request
		code    string
	}{
		"charged again":  {charged, "94"},
		"reversed again": {reversal(reversed), "00"},
		"tombstone":      {sale(t, 4, 1400), "12"},
		"next":           {sale(t, 5, 1200), "00"},
	} {
		if v := apply(t, s, x.request); v.Reply.Code != x.code {
			t.Errorf("%s: %s, want %s", name, v.Reply.Code, x.code)
		}
	}
	last := entries(t, s)
	if got := last[len(last)-1]; got.Seq != 5 || got.RRN != "606012000005" {
		t.Errorf("the count did not go on: %+v", got)
	}
	shut(t, s, store)
}

// A process that dies leaves its files as they are: what was answered must be
// in a copy of them made at that moment.
func TestAnsweredIsOnDisk(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ledger.db")
	store := open(t, path)
	s := server(t, store)
	for i := range 20 {
		apply(t, s, sale(t, txn.STAN(i+1), 1200))
		crashed := filepath.Join(t.TempDir(), "ledger.db")
		for _, suffix := range []string{"", "-wal"} {
			b, err := os.ReadFile(path + suffix)
			if err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
			if err == nil {
				if err := os.WriteFile(crashed+suffix, b, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		copied := open(t, crashed)
		got, err := copied.Load()
		if err != nil || len(got) != i+1 {
			t.Fatalf("after %d answers: %d rows, %v", i+1, len(got), err)
		}
		shut(t, copied)
	}
	shut(t, s, store)
}

// Of a card and its holder nothing is stored: not the number, the PIN or
// the one-time code; nor is it logged.
func TestNoCardDataOnDisk(t *testing.T) {
	dir := t.TempDir()
	store := open(t, filepath.Join(dir, "ledger.db"))
	var log strings.Builder
	var mu sync.Mutex
	s, err := sim.NewServer(sim.Options{
		Codec: codec(t), Store: store, OutcomesByAmount: true, Log: slog.New(slog.NewTextHandler(locked{&mu, &log}, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	address, _, _ := serve(t, s)
	if _, err := ask(dial(t, address), codec(t), sale(t, 1, 1200)); err != nil {
		t.Fatal(err)
	}
	for i, op := range txn.Ops() {
		r := request(t, op, txn.STAN(i+2), 1200)
		r.PIN, r.OTP = reader.NewSecret("918273"), reader.NewSecret("645372")
		r.Original = &txn.Original{Op: txn.OpSale, STAN: 1, At: noon}
		r.Details = []txn.Detail{{Op: txn.OpSale, STAN: txn.STAN(i + 500), At: noon, Amount: r.Amount, PAN: pan(t, "5555555555554444")}}
		apply(t, s, r)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	left := map[string]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		left[filepath.Base(f)] = string(b)
	}
	shut(t, s, store)
	mu.Lock()
	left["log"] = log.String()
	mu.Unlock()
	for name, text := range left {
		for _, secret := range []string{
			"4111111111111111", "\x41\x11\x11\x11\x11\x11\x11\x11", "5555555555554444", "\x55\x55\x55\x55\x55\x55\x44\x44",
			"2030-12", "203012", "12/30", // four digits alone are in many a moment
			"918273", "\x91\x82\x73", "645372", "\x64\x53\x72",
		} {
			if strings.Contains(text, secret) {
				t.Errorf("%s holds %q", name, secret)
			}
		}
	}
}

func TestStoreRefuses(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ledger.db")
	first := open(t, path)
	if second, err := sim.OpenStore(path); err == nil {
		t.Error("a second process was let in")
		shut(t, second)
	}
	shut(t, first)
	junk := filepath.Join(dir, "junk.db")
	if err := os.WriteFile(junk, []byte(strings.Repeat("not a database. ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := sim.OpenStore(junk); err == nil {
		t.Error("junk was opened")
		shut(t, s)
	}
	if s, err := sim.OpenStore(filepath.Join(dir, "none", "ledger.db")); err == nil {
		t.Error("a folder was made up")
		shut(t, s)
	}
}

// failing is a store whose disk fails when told, after or before it wrote.
type failing struct {
	mu    sync.Mutex
	rows  map[uint64]sim.Entry
	fail  bool
	wrote bool // whether a failing save has written all the same
}

func (f *failing) Load() ([]sim.Entry, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []sim.Entry
	for _, e := range f.rows {
		out = append(out, e)
	}
	return out, nil
}

func (f *failing) Save(entries []sim.Entry) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.fail || f.wrote {
		for _, e := range entries {
			f.rows[e.Seq] = e
		}
	}
	if f.fail {
		return errors.New("disk full")
	}
	return nil
}

func (f *failing) Close() error { return nil }

func (f *failing) set(fail, wrote bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fail, f.wrote = fail, wrote
}

func TestAFailedStoreIsNotAnswered(t *testing.T) {
	store := &failing{rows: map[uint64]sim.Entry{}}
	s := server(t, store)
	apply(t, s, sale(t, 1, 1200))
	for i, wrote := range []bool{false, true} {
		stan := txn.STAN(i + 2)
		store.set(true, wrote)
		if v, err := s.Apply(context.Background(), *sale(t, stan, 1200)); err == nil {
			t.Errorf("answered %s", v.Reply.Code)
		}
		store.set(false, false)
		want := "25" // the disk never had it
		if wrote {
			want = "00"
		}
		if v := apply(t, s, reversal(sale(t, stan, 1200))); v.Reply.Code != want {
			t.Errorf("wrote %t: reversal %s, want %s", wrote, v.Reply.Code, want)
		}
	}
	shut(t, s)
	restored, err := store.Load()
	if err != nil || len(restored) != 3 {
		t.Errorf("%d rows, %v", len(restored), err)
	}
}

func BenchmarkDurable64(b *testing.B) {
	store := open(b, filepath.Join(b.TempDir(), "ledger.db"))
	s := server(b, store)
	var mu sync.Mutex
	n := 0
	b.SetParallelism(32)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			mu.Lock()
			n++
			r := sale(b, txn.STAN(n%1_000_000), 1200)
			mu.Unlock()
			if _, err := s.Apply(context.Background(), *r); err != nil {
				b.Error(err)
			}
		}
	})
	shut(b, s, store)
}

// A decision that changes many rows is on disk whole: what a restart finds is what
// was in memory.
func TestEveryRowOfADecisionIsStored(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	store := open(t, path)
	s := server(t, store)
	does := func(r *txn.Request, code string) sim.Entry {
		t.Helper()
		v := apply(t, s, r)
		if v.Reply.Code != code {
			t.Fatalf("%s %s: %s, want %s", r.Op, r.STAN, v.Reply.Code, code)
		}
		return v.Entry
	}
	hold := does(request(t, txn.OpAuth, 1, 5_000), "00")
	paid := does(naming(request(t, txn.OpComplete, 2, 5_000), hold), "00")
	does(naming(request(t, txn.OpCompleteVoid, 3, 5_000), paid), "00") // the hold stands again: three rows
	does(sale(t, 4, 1_200), "00")
	does(sale(t, 5, 1_300), "00")
	end := request(t, txn.OpSettle, 6, 0)
	claim(2, 1_700)(end)
	does(end, "95")
	up := request(t, txn.OpUpload, 7, 0)
	for stan, minor := range map[txn.STAN]int64{4: 1_200, 90: 500} {
		up.Details = append(up.Details, txn.Detail{Op: txn.OpSale, STAN: stan, At: noon, Amount: money(t, "CNY", minor), PAN: pan(t, unionpay)})
	}
	does(up, "00")
	end = request(t, txn.OpUploadEnd, 8, 0)
	end.Totals = &txn.Totals{
		Domestic: txn.Sides{Debits: txn.Tally{Count: 1, Minor: 500}}, Foreign: txn.Sides{Debits: txn.Tally{Count: 1, Minor: 1_200}},
	}
	does(end, "00")
	before := entries(t, s)
	totals, closed, err := s.Totals("00000001", 7)
	if err != nil || !closed {
		t.Fatalf("closed %t, %v", closed, err)
	}
	shut(t, s, store)

	store = open(t, path)
	s = server(t, store)
	if diff := cmp.Diff(before, entries(t, s)); diff != "" {
		t.Error(diff)
	}
	again, closed, err := s.Totals("00000001", 7)
	if err != nil || !closed || again != totals {
		t.Errorf("totals %+v, closed %t, %v", again, closed, err)
	}
	if b, err := s.Balance(card(t).PAN, hold.Amount.Currency); err != nil || b.Held != 5_000 {
		t.Errorf("%+v, %v", b, err)
	}
	shut(t, s, store)
}
