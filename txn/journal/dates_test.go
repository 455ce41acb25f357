package journal

import (
	"path/filepath"
	"testing"

	"github.com/ncruces/go-sqlite3"

	"vpos/txn"
)

// expiryOf is the expiry date that the journal still has of a sale, and whether its number
// is there too.
func expiryOf(t *testing.T, j *Journal, batch txn.Batch, stan txn.STAN) (yymm string, number bool) {
	t.Helper()
	found, err := j.FindIn(t.Context(), batch, stan)
	if err != nil || found == nil {
		t.Fatalf("batch %s trace %s: %v", batch, stan, err)
	}
	defer found.Card.Wipe()
	return found.Card.Expiry.YYMM(), !found.Card.PAN.Empty()
}

// The expiry date is there until its batch is settled and gone with that: from what is read
// and from the folder. The number stays, the chain is whole, and so it is after a start.
func TestDatesGoWithTheSettlement(t *testing.T) {
	j := fresh(t)
	sold := func(batch txn.Batch, stan txn.STAN) {
		t.Helper()
		s := sale(t, batch, stan)
		for _, r := range []txn.Record{{Type: txn.RecIntent, Txn: s}, ended(s, txn.RecApproved)} {
			if err := j.Append(t.Context(), noon, []txn.Record{r}); err != nil {
				t.Fatal(err)
			}
		}
	}
	sold(1, 1)
	if yymm, number := expiryOf(t, j, 1, 1); yymm != plantedExpiry || !number {
		t.Fatalf("before the settlement: %t, %t", yymm == plantedExpiry, number)
	}
	var key []byte
	_ = j.db.query("SELECT dates FROM batch_key WHERE batch = 1", func(s *sqlite3.Stmt) (bool, error) {
		key = s.ColumnBlob(0, nil)
		return false, nil
	})
	folder := filepath.Dir(j.opt.Path)
	if !holdsBytes(t, folder, key) {
		t.Fatal("the key of the dates is not in the folder to begin with")
	}
	closed := txn.Transaction{
		Kind: txn.Settlement, Batch: 1, STAN: 2, Amount: txn.Money{Currency: cny}, At: noon, Terminal: terminalID, Merchant: merchantID, Status: txn.Open,
	}
	for _, r := range []txn.Record{{Type: txn.RecIntent, Txn: closed}, ended(closed, txn.RecApproved)} {
		if err := j.Append(t.Context(), noon, []txn.Record{r}); err != nil {
			t.Fatal(err)
		}
	}
	sold(2, 3)
	gone := func(when string) {
		t.Helper()
		if yymm, number := expiryOf(t, j, 1, 1); yymm != "" || !number {
			t.Errorf("%s: an expiry date %t, the number %t", when, yymm != "", number)
		}
		if yymm, _ := expiryOf(t, j, 2, 3); yymm != plantedExpiry {
			t.Errorf("%s: the open batch has no expiry date", when)
		}
		if holdsBytes(t, folder, key) {
			t.Errorf("%s: the key of the dates is still in the folder", when)
		}
		mustVerify(t, j)
	}
	gone("after the settlement")
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = open(t, j.opt)
	gone("after a start")
}

// A batch that was begun before there were such keys keeps its dates as it kept them.
func TestDatesOfBefore(t *testing.T) {
	k, _, err := sealer(t, "k").newBatchKey(terminalID, 1)
	if err != nil {
		t.Fatal(err)
	}
	k.dates = nil
	c, err := k.open(terminalID, 7, k.seal(terminalID, 7, card(t)))
	if err != nil || c.Expiry.YYMM() != plantedExpiry {
		t.Errorf("an expiry date %t, %v", !c.Expiry.IsZero(), err)
	}
}
