package words

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"vpos/txn"
)

// Every kind has a name of its own, and a short one that fits a narrow list.
func TestEveryKindHasNames(t *testing.T) {
	taken := map[Text]txn.Kind{}
	for _, k := range txn.Kinds() {
		for _, c := range []struct {
			text Text
			most int
		}{{Kind(k), KindWidth}, {ShortKind(k), ShortKindWidth}} {
			check(t, string(k), c.text, c.most, c.most, 1)
			for _, l := range Langs() {
				if got := ansi.StringWidth(c.text.In(l)); got > c.most {
					t.Errorf("%s: %q takes %d cells, want at most %d", k, c.text.In(l), got, c.most)
				}
			}
		}
		if other, ok := taken[Kind(k)]; ok {
			t.Errorf("%s and %s are both called %q", k, other, Kind(k).EN)
		}
		taken[Kind(k)] = k
	}
	if got := Kind("lottery"); got.EN != "lottery" || ShortKind("lottery") != got {
		t.Errorf("an unknown kind is called %q", got.EN)
	}
}

// The words of every flow fit where those of a sale do.
func TestEveryFlowsWords(t *testing.T) {
	for kind, screens := range flows {
		for name, s := range screens {
			check(t, string(kind)+" "+string(name)+" title", s.Title, 24, 24, 1)
			check(t, string(kind)+" "+string(name)+" prompt", s.Prompt, page, page, 2)
		}
	}
	for _, k := range txn.Kinds() {
		if _, ok := flows[k]; !ok && k != txn.Sale {
			t.Errorf("%s has no words of its own", k)
		}
	}
}

// Each result of each kind says what became of its own money, and what to do.
func TestEveryKindsOutcomes(t *testing.T) {
	charges := map[txn.Kind]bool{txn.Sale: true, txn.Phone: true, txn.Completion: true, txn.Offline: true, txn.Scan: true, txn.Show: true}
	for _, k := range txn.Kinds() {
		if k == txn.Settlement {
			continue // settle.go
		}
		ends := []txn.Transaction{
			{Status: txn.Approved, Result: txn.Result{Code: "00"}},
			{Status: txn.Declined, Result: txn.Result{Code: "05"}},
			{Status: txn.Failed, Cause: txn.HostUnreachable},
			{Cause: txn.DiskFailed},
		}
		switch {
		case k.Told():
			ends[0].Result.Code = "" // the bank has not been told yet
			ends = append(ends, txn.Transaction{Status: txn.Refused, Cause: txn.AdviceRefused, Result: txn.Result{Code: "57"}})
		case k == txn.Refund:
			ends = append(ends, txn.Transaction{Status: txn.Asking, Cause: txn.HostTimeout})
		case k.Op().Reversible():
			ends = append(ends, txn.Transaction{Status: txn.ReversalPending, Cause: txn.HostTimeout}, txn.Transaction{Status: txn.Reversed, Cause: txn.HostTimeout})
		default:
			ends = append(ends, txn.Transaction{Status: txn.Failed, Cause: txn.HostTimeout})
		}
		for _, end := range ends {
			end.Kind = k
			o := OutcomeOf(end)
			what := string(k) + " " + string(end.Status)
			check(t, what+" headline", o.Headline, 34, 34, 1)
			check(t, what+" money", o.Money, page, page, 2)
			check(t, what+" next step", o.Do, noteEN, noteZH, 2)
			for _, note := range []Text{o.Say, o.Cause} {
				if !note.Empty() {
					check(t, what+" note", note, noteEN, noteZH, 2)
				}
			}
			if end.Status == txn.Declined {
				end.Result.Code = "25"
				lost := OutcomeOf(end).Do
				check(t, what+" of nothing", lost, noteEN, noteZH, 2)
				if named := strings.Contains(lost.EN, "trace number"); named == (k == txn.Refund || k.Held()) {
					t.Errorf("%s of what the bank does not find: %q", what, lost.EN)
				}
			}
			if o.Money == labels[Charged] && (!charges[k] || end.Status != txn.Approved) {
				t.Errorf("%s: says %q", what, o.Money.EN)
			}
			if end.Status == txn.Approved && (o.Headline == ForResponse("no-such-code").Headline || o.Money == moveOf(k).not && k != txn.Balance) {
				t.Errorf("%s: %q, %q", what, o.Headline.EN, o.Money.EN)
			}
			if mine := map[txn.Status]Text{
				txn.ReversalPending: moves[k].undoing, txn.Asking: moves[k].undoing, txn.Reversed: moves[k].undone,
			}[end.Status]; !mine.Empty() && o.Money != mine {
				t.Errorf("%s: says %q of its money, want %q", what, o.Money.EN, mine.EN)
			}
			unknown := end.Status == txn.ReversalPending || end.Status == txn.Asking
			if unknown && !strings.Contains(o.Headline.EN, "unknown") {
				t.Errorf("%s: an unknown outcome is called %q", what, o.Headline.EN)
			}
			if !unknown && k.Op() != txn.OpSale && strings.Contains(o.Do.EN, "reversed") {
				t.Errorf("%s: speaks of a reversal: %q", what, o.Do.EN)
			}
		}
	}
}

func TestEveryStatusHasAWord(t *testing.T) {
	taken := map[Text]txn.Status{}
	for _, s := range []txn.Status{
		txn.Open, txn.Approved, txn.Declined, txn.Failed, txn.ReversalPending, txn.Reversed, txn.Voided, txn.Asking, txn.Refused,
	} {
		text := StatusText(s)
		check(t, string(s), text, 10, 10, 1)
		if other, ok := taken[text]; ok {
			t.Errorf("%s and %s are both %q", s, other, text.EN)
		}
		taken[text] = s
	}
}

// A completion says what is held and how much may be charged; where the journal does
// not know the hold it says neither.
func TestHoldFacts(t *testing.T) {
	cny, _ := txn.CurrencyByCode("CNY")
	s := txn.State{Name: txn.Confirm, Hold: txn.Money{Minor: 10_000, Currency: cny}}
	s.Draft = txn.Transaction{Kind: txn.Completion, Of: &txn.Past{AuthCode: "831000"}}
	values := map[Label]string{}
	for _, f := range FactsOf(s) {
		values[f.Label] = f.Value
	}
	if values[HoldCode] != "831000" || values[HeldLabel] != "CNY 100.00" || values[MostLabel] != "CNY 115.00" {
		t.Errorf("facts %v", values)
	}
	s.Hold = txn.Money{}
	if got := FactsOf(s); len(got) != 2 {
		t.Errorf("of a hold nobody knows: %v", got)
	}
}

// What is told at once is not worth a line; what waits is.
func TestAdvicesLate(t *testing.T) {
	for _, c := range []struct {
		s    txn.State
		want int
	}{
		{txn.State{}, 0},
		{txn.State{Link: txn.LinkUp, Untold: []txn.Transaction{{Told: 1}}}, 0},
		{txn.State{Link: txn.LinkUp, Untold: []txn.Transaction{{Told: 2}, {}}}, 2},
		{txn.State{Link: txn.LinkDown, Untold: []txn.Transaction{{}}}, 1},
	} {
		if got := AdvicesLate(c.s); got != c.want {
			t.Errorf("%d told, link %s: %d", len(c.s.Untold), c.s.Link, got)
		}
	}
}
