package config

import (
	"strings"
	"testing"

	"vpos/reader"
	"vpos/txn"
)

func TestFees(t *testing.T) {
	c, err := Parse([]byte("[terminal]\ncurrency = \"KWD\"\n[fees]\nunionpay = \"credit 0.6%, debit 0.5% max 2.500\"\nother = \"\"\ndays = 2\n"))
	if err != nil {
		t.Fatal(err)
	}
	fee, ok := c.Fees.Rates.Fee(reader.UnionPay, txn.DebitCard, 1_000_000)
	if _, visa := c.Fees.Rates.Fee(reader.Visa, txn.AnyFunding, 1000); fee != 2500 || !ok || visa || c.Fees.Days != 2 {
		t.Errorf("%+v", c.Fees)
	}
	if all := Show(c); !strings.Contains(all, `unionpay = "credit 0.60%, debit 0.50% max 2.500"`) {
		t.Errorf("shown as %s", all)
	}
	if fee, ok := Default().Fees.Rates.Fee(reader.Visa, txn.AnyFunding, 10_000); !ok || fee != 60 || Default().Fees.Days != 1 {
		t.Errorf("the training shop pays %d", fee)
	}
	if len(base(true).Fees.Rates) != 0 {
		t.Error("a live terminal estimates by the training shop's rate")
	}
	for _, wrong := range []string{`other = "0.6"`, `visa = "debit 1%, debit 2%"`, `days = 31`, `jcb = 1`} {
		if _, err := Parse([]byte("[fees]\n" + wrong + "\n")); err == nil {
			t.Errorf("%s is taken", wrong)
		}
	}
}
