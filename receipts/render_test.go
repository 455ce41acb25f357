package receipts

import (
	"errors"
	"strings"
	"testing"

	"vpos/txn"
)

// The merchant's own lines and logo are on every slip, between the training marks; a card
// number among them is refused like anywhere else.
func TestAdorned(t *testing.T) {
	logo := NewImage(100, 40)
	logo.Set(3, 3)
	o := sampleOptions()
	o.Logo, o.Header, o.Footer = &Picture{Image: logo, Align: Center}, []string{"一家小店", "open 9–18"}, []string{"谢谢光临"}
	for _, training := range []bool{false, true} {
		o.Training = training
		page, err := Render(sample(t), o)
		if err != nil {
			t.Fatal(err)
		}
		at := 0
		if training {
			at = 1
		}
		if page.Rows[at].Picture == nil || page.Rows[at+1].Runs[0].Text != "一家小店" || page.Rows[at+2].Runs[0].Text != "open 9–18" {
			t.Errorf("training %t: the head is %+v", training, page.Rows[at:at+3])
		}
		if last := page.Rows[len(page.Rows)-1-at]; last.Runs[0].Text != "谢谢光临" {
			t.Errorf("training %t: the foot is %+v", training, last)
		}
	}
	o.Footer = []string{"card 4111111111111111"}
	var broken *CheckError
	if _, err := Render(sample(t), o); !errors.As(err, &broken) || broken.Problem != Exposed {
		t.Error(err)
	}
	o.Footer, o.Logo = nil, &Picture{Image: NewImage(500, 1)}
	if _, err := Render(sample(t), o); !errors.Is(err, ErrPictureWide) {
		t.Error(err)
	}
}

// bare is a template that forgets all but the title.
type bare struct{}

func (bare) Document(f Facts) (Document, error) {
	return Document{Lines: []Line{{Cells: []Cell{{Text: "SLIP", Field: FieldTitle}}}}}, nil
}

// A template's slip is held to the rules; a settlement is not its matter.
func TestTemplateIsChecked(t *testing.T) {
	o := sampleOptions()
	o.Template, o.Training = bare{}, false
	var broken *CheckError
	if _, err := Render(sample(t), o); !errors.As(err, &broken) || !strings.Contains(err.Error(), string(FieldMerchantNo)) {
		t.Error(err)
	}
	cny := sample(t).Txn.Amount.Currency
	settled := txn.Transaction{
		Kind: txn.Settlement, Batch: 17, STAN: 3, Amount: txn.Money{Currency: cny}, Totals: &txn.Totals{}, Status: txn.Approved,
		Terminal: "10020030", Merchant: "898110058120001", At: sample(t).Txn.At,
	}
	if _, err := Render(txn.Slip{Txn: &settled, Copy: txn.MerchantCopy}, o); err != nil {
		t.Error(err)
	}
}
