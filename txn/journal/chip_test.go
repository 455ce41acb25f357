package journal

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpos/reader"
	"vpos/txn"
)

// chipData is all a chip can say, each part different from every other.
func chipData() *reader.ChipData {
	return &reader.ChipData{
		AID: "A000000333010101", Label: "UnionPay Debit 银联", Lang: "zh", Sequence: 0,
		TVR: [5]byte{0, 0, 4, 0x80, 0}, TSI: [2]byte{0xE8, 0}, CID: 0x80, Cryptogram: []byte("\x01\x23\x45\x67\x89\xab\xcd\xef"),
		ATC: 28, PIN: true, Signature: true,
		Field55: []byte("field 55 of the request"), Reversal55: []byte("\x95\x05\x00\x00\x04\x80\x00\x9f\x36\x02\x00\x1c"),
	}
}

// kept is what the journal keeps of chip data.
func kept(d reader.ChipData) *reader.ChipData {
	d.Field55 = nil
	return &d
}

func chipSale(t *testing.T, stan txn.STAN) txn.Transaction {
	t.Helper()
	s := sale(t, 1, stan)
	s.Card.Entry, s.Card.CVV, s.Card.CVVStatus, s.Card.Chip = reader.Chip, reader.CVV{}, reader.CVVNotAsked, chipData()
	return s
}

// The card's last word replaces its first; what its reversal needs stays.
func TestChipComesBack(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	opened, refused, approved := chipSale(t, 1), chipSale(t, 2), chipSale(t, 3)
	wiped, plain := chipSale(t, 4), sale(t, 1, 5)
	for _, s := range []txn.Transaction{opened, refused, approved, wiped, plain} {
		write(t, j, txn.Record{Type: txn.RecIntent, Txn: s})
	}

	last := *chipData()
	last.CID, last.Cryptogram, last.Reversal55 = 0, []byte("\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa"), nil
	no := ended(refused, txn.RecReversalPending)
	no.Txn.Card.Chip, no.Txn.Reason = &last, txn.ReasonCardRefused
	late := ended(refused, txn.RecLate) // with the older chip, and no word about the money

	tc := *chipData()
	tc.CID, tc.Sequence, tc.Reversal55 = 0x40, -1, []byte("another")
	yes := ended(approved, txn.RecApproved)
	yes.Txn.Card.Chip = &tc

	wiped.Card = reader.Card{}
	gone := ended(wiped, txn.RecReversalPending)
	write(t, j, no, late, yes, gone, ended(plain, txn.RecReversalPending))

	r, err := j.Recover(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Open) != 1 || len(r.Pending) != 3 || len(r.Unprinted) != 1 {
		t.Fatalf("%d open, %d pending, %d unprinted", len(r.Open), len(r.Pending), len(r.Unprinted))
	}
	wantLast := kept(last)
	wantLast.Reversal55 = chipData().Reversal55 // of its INTENT
	for name, c := range map[string]struct {
		got        txn.Transaction
		chip       *reader.ChipData
		reason, as string
	}{
		"open":             {r.Open[0], kept(*chipData()), "", plantedPAN},
		"refused by card":  {r.Pending[0], wantLast, txn.ReasonCardRefused, plantedPAN},
		"row without card": {r.Pending[1], kept(*chipData()), "", plantedPAN},
		"keyed":            {r.Pending[2], nil, "", plantedPAN},
		"approved":         {r.Unprinted[0], kept(tc), "", plantedPAN},
	} {
		if d := cmp.Diff(c.chip, c.got.Card.Chip); d != "" || c.got.Reason != c.reason {
			t.Errorf("%s: reason %q, want %q; chip (-want +got):\n%s", name, c.got.Reason, c.reason, d)
		}
		if string(c.got.Card.PAN.Reveal()) != c.as {
			t.Errorf("%s: another card", name)
		}
	}
	found, err := j.Find(ctx, 3)
	if err != nil || found == nil {
		t.Fatal(found, err)
	}
	if d := cmp.Diff(kept(tc), found.Card.Chip); d != "" {
		t.Errorf("found (-want +got):\n%s", d)
	}
	mustVerify(t, j)
}

func TestChipInRows(t *testing.T) {
	j := fresh(t)
	s := chipSale(t, 1)
	no := ended(s, txn.RecReversalPending)
	no.Txn.Reason, no.Txn.Card.Chip = txn.ReasonCardRefused, nil
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: s}, no)
	rows, err := j.ByTrace(context.Background(), 1, 1)
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	if d := cmp.Diff(kept(*chipData()), rows[0].Chip); d != "" || rows[0].Reason != "" {
		t.Errorf("INTENT: reason %q, chip (-want +got):\n%s", rows[0].Reason, d)
	}
	if rows[1].Chip != nil || rows[1].Reason != txn.ReasonCardRefused {
		t.Errorf("REVERSAL_PENDING: reason %q, chip %+v", rows[1].Reason, rows[1].Chip)
	}
}

// Nothing of the request's field 55 reaches the disk.
func TestField55IsNotKept(t *testing.T) {
	dir := t.TempDir()
	j := open(t, options(t, filepath.Join(dir, "journal.db")))
	s := chipSale(t, 1)
	s.Card.Chip.Field55 = []byte("5A084213598347120956")
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: s}, ended(s, txn.RecApproved))
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{string(s.Card.Chip.Field55), "4213598347120956"} {
		if found := scan(t, dir, form); found != nil {
			t.Errorf("%s: %v", form, found)
		}
	}
}

// A card that puts its number where it stays in clear is refused, in every form.
func TestChipHidesNoPAN(t *testing.T) {
	bcd, err := hex.DecodeString(plantedPAN)
	if err != nil {
		t.Fatal(err)
	}
	shifted, err := hex.DecodeString("5" + plantedPAN + "F")
	if err != nil {
		t.Fatal(err)
	}
	for name, plant := range map[string]func(*reader.ChipData){
		"label":            func(d *reader.ChipData) { d.Label = plantedPAN },
		"label in groups":  func(d *reader.ChipData) { d.Label = "4111 1111 1111 1111" },
		"AID":              func(d *reader.ChipData) { d.AID = "A0" + plantedPAN },
		"cryptogram":       func(d *reader.ChipData) { d.Cryptogram = bcd },
		"BCD":              func(d *reader.ChipData) { d.Reversal55 = append([]byte("\x5a\x08"), bcd...) },
		"BCD, half a byte": func(d *reader.ChipData) { d.Reversal55 = shifted },
		"digits":           func(d *reader.ChipData) { d.Reversal55 = []byte("x" + plantedPAN) },
	} {
		j := fresh(t)
		s := chipSale(t, 1)
		plant(s.Card.Chip)
		err := j.Append(context.Background(), noon, []txn.Record{{Type: txn.RecIntent, Txn: s}})
		if !errors.Is(err, ErrRecord) || strings.Contains(err.Error(), plantedPAN) {
			t.Errorf("%s: %v", name, err)
		}
	}
	j := fresh(t)
	s := chipSale(t, 1)
	s.Card.Chip.Reversal55 = bytes.Repeat([]byte{0xA5}, 999)
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: s})
	s = chipSale(t, 2)
	s.Card.Chip.Label = strings.Repeat("x", maxBody)
	if err := j.Append(context.Background(), noon, []txn.Record{{Type: txn.RecIntent, Txn: s}}); !errors.Is(err, ErrRecord) {
		t.Errorf("a body without end: %v", err)
	}
}

// A body that somebody damaged says so, without quoting itself.
func TestDamagedChip(t *testing.T) {
	for _, text := range []string{
		`{"chip":{"tsi":"E8","tvr":"0000048000"}}`, `{"chip":{"tsi":"E800","tvr":"00000480"}}`, `{"chip":{}}`,
		`{"chip":{"cryptogram":"4111x","tsi":"E800","tvr":"0000048000"}}`,
	} {
		if _, err := parseBody(text); err == nil || strings.Contains(err.Error(), "4111") {
			t.Errorf("%s: %v", text, err)
		}
	}
}
