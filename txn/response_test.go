package txn

import (
	"slices"
	"strings"
	"testing"
)

// What the machine does about a code, each written down a second time: a slip of
// the table is money.
func TestWhatResponsesDo(t *testing.T) {
	for name, c := range map[string]struct {
		does func(string) bool
		want string
	}{
		"approves":     {Approves, "00 08 10 11 A2 A4 A5 A6"},
		"duplicate":    {isDuplicate, "94"},
		"undone":       {acknowledgesReversal, "00 12 25"},
		"comes back":   {comesBack, "09 19 68 77 91 92 96 98 99 A0"},
		"wants signon": {wantsSignOn, "77 99 A0"},
	} {
		var got []string
		for _, code := range everyCode() {
			if c.does(code) {
				got = append(got, code)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %s, want %s", name, strings.Join(got, " "), c.want)
		}
	}
}

// everyCode is every code that field 39 can hold, in two characters or in three
// digits, in order.
func everyCode() []string {
	const chars = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	out := []string{""}
	for _, a := range chars {
		for _, b := range chars {
			out = append(out, string(a)+string(b))
		}
	}
	for a := range actions {
		out = append(out, a)
	}
	out = append(out, "000", "001", "002", "003", "400", "500", "800", "00 ", " 00", "0")
	slices.Sort(out)
	return out
}

// The classes of the codes the acquirers' tables name.
func TestClasses(t *testing.T) {
	want := map[Class]string{
		ClassApproved: "00 08 10 11 A2 A4 A5 A6", ClassCall: "01 02", ClassKeep: "04 07 33 34 35 36 37 41 43 67",
		ClassCard: "05 14 15 54 57 59 62 78", ClassFunds: "51 61 65", ClassPIN: "55", ClassPINStop: "38 75",
		ClassChip: "45", ClassProof: "1A", ClassLater: "09 19 68 91 92 96 98", ClassSetup: "03 12 13 30 58 76 89 97",
		ClassOriginal: "22 25 64", ClassBatch: "77 95", ClassDuplicate: "94", ClassKeys: "63 88 99 A0",
	}
	for _, class := range Classes() {
		if want[class] == "" {
			t.Errorf("no code of class %q", class)
		}
		for code := range strings.FieldsSeq(want[class]) {
			if got := ClassOf(code); got != class {
				t.Errorf("%s: class %q, want %q", code, got, class)
			}
		}
	}
	for _, code := range ResponseCodes() {
		if !slices.Contains(Classes(), ClassOf(code)) {
			t.Errorf("%s: class %q is none", code, ClassOf(code))
		}
	}
	for _, code := range []string{"", "0", "ZZ", "000", "999", "05 "} {
		if got := ClassOf(code); got != ClassUnknown {
			t.Errorf("%q: class %q, want none", code, got)
		}
	}
}

// An action code means a code of the table, and never an approval.
func TestMeanings(t *testing.T) {
	for action, code := range actions {
		switch ClassOf(action) {
		case ClassUnknown:
			t.Errorf("%s means %s, which is in no table", action, code)
		case ClassApproved:
			t.Errorf("%s approves", action)
		default:
		}
	}
	if Meaning("51") != "51" || Meaning("116") != "51" || Meaning("777") != "777" {
		t.Error("not the meaning")
	}
}
