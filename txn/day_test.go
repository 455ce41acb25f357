package txn_test

import (
	"testing"
	"time"

	"vpos/txn"
)

func TestParseDay(t *testing.T) {
	const today txn.Day = 20260314
	for text, want := range map[string]txn.Day{
		"0314": 20260314, "0315": 20250315, "1231": 20251231, "0101": 20260101, "0229": 20240229,
		"20260314": 20260314, "2026-03-14": 20260314, "2099-01-01": 20990101,
		"": 0, "314": 0, "1301": 0, "0230": 0, "0000": 0, "2026-3-14": 0, "20260230": 0, "2026/03/14": 0, "abcd": 0, "999999999999": 0, "2026-03-1x": 0,
	} {
		day, code := txn.ParseDay(text, today)
		if day != want || (code == txn.NoProblem) != (want != 0) {
			t.Errorf("%q is %s (%s), want %s", text, day, code, want)
		}
	}
}

func TestDays(t *testing.T) {
	late := time.Date(2026, 3, 14, 23, 59, 0, 0, time.FixedZone("", 8*3600))
	if got := txn.DayOf(late); got != 20260314 || got.String() != "2026-03-14" || got.Add(1) != 20260315 || got.Add(-14) != 20260228 {
		t.Errorf("%s, %s, %s", got, got.Add(1), got.Add(-14))
	}
	if txn.DayOf(time.Time{}) != 0 || txn.Day(0).String() != "" || txn.MakeDay(20261301) != 0 {
		t.Error("no day is a day")
	}
}

// Slips are asked for by a transaction's own number, of whatever batch, at the list alone;
// one whose card was shredded has none.
func TestSlipWanted(t *testing.T) {
	key := txn.Key{Batch: 3, STAN: 7}
	s := txn.State{Name: txn.Idle}
	s, effects := txn.Step(s, txn.SlipWanted{Key: key})
	if s.Problem != txn.NotHere || len(effects) != 0 {
		t.Errorf("at idle: %q, %v", s.Problem, effects)
	}
	s = txn.State{Name: txn.Journal}
	s, effects = txn.Step(s, txn.SlipWanted{Key: key})
	if len(effects) != 1 || effects[0] != (txn.Lookup{STAN: 7, Batch: 3}) || s.Name != txn.TraceEntry {
		t.Fatalf("%s: %v", s.Name, effects)
	}
	shredded := txn.Transaction{Kind: txn.Sale, Batch: 3, STAN: 7, Status: txn.Approved}
	s, effects = txn.Step(s, txn.Found{Txn: &shredded})
	if s.Problem != txn.NoSlip || s.Name != txn.TraceEntry || len(effects) > 1 {
		t.Errorf("shredded: %q, %v", s.Problem, effects)
	}
}
