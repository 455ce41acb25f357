package words

import "vpos/txn"

// Fact is a label and what stands beside it.
type Fact struct {
	Label Label
	Value string
}

// FactsOf is what a person must see of a transaction besides its amount and its card
// before they go on: what it takes back, completes, refunds or adds to. Most states
// have nothing to add.
func FactsOf(s txn.State) []Fact {
	switch s.Name {
	case txn.AmountEntry:
		return holdFacts(s)
	case txn.TipEntry:
		return saleFacts(s, txn.Money{})
	case txn.Confirm:
		return confirmFacts(s)
	case txn.Passcode, txn.NewPasscode:
		return staffFacts(s)
	case txn.SupervisorEntry:
		return []Fact{{OperatorLabel, s.Operator}}
	case txn.CashEntry:
		return []Fact{{OperatorLabel, s.Operator}}
	case txn.ShiftShown:
		return shiftFacts(s)
	case txn.Processing:
		if order := s.Payable(); order != "" {
			return []Fact{{OrderLabel, order}}
		}
		return nil
	default:
		return nil
	}
}

func confirmFacts(s txn.State) []Fact {
	d := s.Draft
	switch {
	case d.Kind == txn.Void && s.Sold != nil:
		return []Fact{{OriginalLabel, s.Sold.STAN.String()}, {SoldAt, s.Sold.At.Format("2006/01/02 15:04:05")}}
	case d.Kind == txn.CompletionVoid && s.Sold != nil:
		return []Fact{{CompletionLabel, s.Sold.STAN.String()}, {SoldAt, s.Sold.At.Format("2006/01/02 15:04:05")}}
	case d.Kind == txn.Refund && d.Of != nil:
		return []Fact{{SaleReference, d.Of.RRN}, {SaleDay, d.Of.At.Format("2006/01/02")}}
	case d.Kind.Held():
		return holdFacts(s)
	case d.Kind == txn.Offline:
		return append(tipFacts(d), Fact{VoiceCode, d.Result.AuthCode})
	case d.Kind == txn.Tip:
		return saleFacts(s, d.Tip)
	}
	return tipFacts(d)
}

// holdFacts name a pre-authorisation, what it holds where the journal knows it, and how
// much of that may be charged.
func holdFacts(s txn.State) []Fact {
	of := s.Draft.Of
	if !s.Draft.Kind.Held() || of == nil {
		return nil
	}
	facts := []Fact{{HoldCode, of.AuthCode}, {HoldDay, of.At.Format("2006/01/02")}}
	if s.Hold.Minor == 0 {
		return facts
	}
	facts = append(facts, Fact{HeldLabel, s.Hold.String()})
	if s.Draft.Kind == txn.Completion {
		facts = append(facts, Fact{MostLabel, txn.CompletionLimit(s.Hold).String()})
	}
	return facts
}

// saleFacts are those of the sale a tip goes on, and the tip.
func saleFacts(s txn.State, tip txn.Money) []Fact {
	var facts []Fact
	if s.Sold != nil {
		facts = append(facts, Fact{OriginalLabel, s.Sold.STAN.String()})
	}
	facts = append(facts, Fact{SaleAmount, Untipped(s.Draft).String()})
	if tip.Minor > 0 {
		facts = append(facts, Fact{TipLabel, tip.String()})
	}
	return facts
}

// tipFacts are the parts of an amount that a tip is in.
func tipFacts(t txn.Transaction) []Fact {
	if t.Tip.Minor == 0 {
		return nil
	}
	return []Fact{{SaleAmount, Untipped(t).String()}, {TipLabel, t.Tip.String()}}
}

// Untipped is an amount without the tip in it.
func Untipped(t txn.Transaction) txn.Money {
	m := t.Amount
	m.Minor -= t.Tip.Minor
	return m
}

// AdvicesLate is how many advices wait for the bank longer than the exchange they take:
// what is told at once nobody need hear of.
func AdvicesLate(s txn.State) int {
	if n := len(s.Untold); n > 0 && (s.Link == txn.LinkDown || s.Untold[0].Told > 1) {
		return n
	}
	return 0
}
