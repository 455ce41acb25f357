package journal

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"

	"vpos/txn"
)

// TestShredOld: card data goes when its batch was settled long enough ago and nothing
// needs it, and not before; the chain stays whole, and no byte of the key is left.
func TestShredOld(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	settle := func(batch txn.Batch, stan txn.STAN, at time.Time) {
		s := txn.Transaction{
			Kind: txn.Settlement, Batch: batch, STAN: stan, Amount: txn.Money{Currency: cny}, At: at, Terminal: terminalID, Merchant: merchantID,
			Status: txn.Open,
		}
		for _, r := range []txn.Record{{Type: txn.RecIntent, Txn: s}, ended(s, txn.RecApproved), paper(ended(s, txn.RecApproved).Txn, txn.RecPrinted, txn.MerchantCopy)} {
			if err := j.Append(ctx, at, []txn.Record{r}); err != nil {
				t.Fatal(err)
			}
		}
	}
	sell := func(batch txn.Batch, stan txn.STAN, printed bool) {
		s := sale(t, batch, stan)
		rows := []txn.Record{{Type: txn.RecIntent, Txn: s}, ended(s, txn.RecApproved)}
		if printed {
			rows = append(rows, paper(ended(s, txn.RecApproved).Txn, txn.RecPrinted, txn.MerchantCopy), paper(ended(s, txn.RecApproved).Txn, txn.RecPrinted, txn.CardholderCopy))
		}
		for _, r := range rows {
			if err := j.Append(ctx, noon, []txn.Record{r}); err != nil {
				t.Fatal(err)
			}
		}
	}
	sell(1, 1, true)
	settle(1, 2, noon)
	sell(2, 3, false) // a slip is owed
	settle(2, 4, noon)
	sell(3, 5, true)
	settle(3, 6, noon.Add(20*24*time.Hour)) // not long ago
	sell(4, 7, true)                        // open

	var wrapped []byte
	_ = j.db.query("SELECT wrapped FROM batch_key WHERE batch = 1", func(s *sqlite3.Stmt) (bool, error) {
		wrapped = s.ColumnBlob(0, nil)
		return false, nil
	})
	folder := filepath.Dir(j.opt.Path)
	if !holdsBytes(t, folder, wrapped) {
		t.Fatal("the key is not in the folder to begin with")
	}
	gone, err := j.ShredOld(ctx, noon.Add(10*24*time.Hour))
	if err != nil || !slices.Equal(gone, []txn.Batch{1}) {
		t.Fatalf("shredded %v, %v", gone, err)
	}
	if holdsBytes(t, folder, wrapped) {
		t.Error("the wrapped key is still in the folder")
	}
	old, err := j.FindIn(ctx, 1, 1)
	if err != nil || old == nil || !old.Card.PAN.Empty() {
		t.Errorf("the card of batch 1: %v, %v", old, err)
	}
	for batch, stan := range map[txn.Batch]txn.STAN{2: 3, 3: 5, 4: 7} {
		if kept, err := j.FindIn(ctx, batch, stan); err != nil || kept == nil || kept.Card.PAN.Empty() {
			t.Errorf("the card of batch %s is gone: %v", batch, err)
		}
	}
	mustVerify(t, j)
	if again, err := j.ShredOld(ctx, noon.Add(10*24*time.Hour)); err != nil || len(again) > 0 {
		t.Errorf("once more: %v, %v", again, err)
	}
}

func holdsBytes(t *testing.T, folder string, b []byte) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(b) == 0 {
		t.Fatalf("%d bytes to look for, %v", len(b), err)
	}
	return slices.ContainsFunc(files, func(f string) bool {
		all, err := os.ReadFile(f)
		return err == nil && bytes.Contains(all, b)
	})
}
