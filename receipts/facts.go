package receipts

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// Merchant is what a slip says about the shop and its acquirer. Its numbers
// come with the transaction. Empty parts are left out of the slip; one of the
// two names is needed.
type Merchant struct {
	Name     Words  // any length: long names wrap
	City     string // card networks ask for it
	Address  string
	Licence  string // the acquirer's payment licence number 支付业务许可证
	Acquirer string // 收单行
	Phone    string // whom to call
}

// Options are the settings of a slip.
type Options struct {
	Merchant Merchant
	Columns  int // of the paper: 32 (58 mm), 42 or 48 (80 mm)
	Lang     Lang
	Training bool
}

// Facts are the values of a slip exactly as they are printed, each clean of
// control characters; an empty one has nothing to say. They hold no secret.
type Facts struct {
	Lang      Lang
	Copy      txn.Copy
	Duplicate bool
	Training  bool

	MerchantNames []string // one, or the Chinese and the English one
	Address       string
	MerchantNo    string
	TerminalNo    string
	Operator      string
	Acquirer      string
	Brand         string
	PAN           string // masked, with the letter of its entry: ************1111 /M
	Kind          string
	Agreement     Words // what is signed
	Act           Words // on a fault slip: what to do
	Batch         string
	Trace         string
	Original      string // trace number of the sale a void takes back
	Refused       string // on a fault slip: field 39 of the bank's refusal
	AuthCode      string
	Reference     string
	DateTime      string // 2006/01/02 15:04:05, as the host gave it, else the terminal's
	Asked         string // only where the host approved another amount than was asked for
	Amount        string // symbol and grouped amount: RMB 1,234.50
	Chip          ChipFacts
	Tallies       []TallyFact // of a settlement; nil for a card slip
	Phone         string
	Licence       string
}

// ErrNoSlip says that there is no such slip: a kind, a status or a copy nobody
// prints. The error wrapping it says which.
var ErrNoSlip = errors.New("no slip")

// dateTime is how a slip writes time: never broken, 19 columns.
const dateTime = "2006/01/02 15:04:05"

// NewFacts gathers the facts of a slip. The error is [ErrNoSlip] for anything
// but a transaction of a known kind that was approved, or for a fault slip is being
// reversed.
//
// A missing fact is no error here; [Check] names it.
func NewFacts(slip txn.Slip, o Options) (Facts, error) {
	t := slip.Txn
	kind, known := kinds[t.Kind]
	if t.Kind == txn.Settlement && t.Totals != nil && slip.Copy == txn.MerchantCopy {
		kind, known = settlement, true
	}
	amount := t.Amount
	if kind.takesBack {
		amount.Minor = -amount.Minor
	}
	switch {
	case !known:
		return Facts{}, fmt.Errorf("%w: kind %q", ErrNoSlip, t.Kind)
	case t.Status != prints(slip.Copy):
		return Facts{}, fmt.Errorf("%w: status %q", ErrNoSlip, t.Status)
	case copyMark(slip.Copy) == "":
		return Facts{}, fmt.Errorf("%w: copy %d", ErrNoSlip, slip.Copy)
	}
	at := t.At
	if !t.Result.HostAt.IsZero() {
		at = t.Result.HostAt
	}
	return Facts{
		Lang: o.Lang, Copy: slip.Copy, Duplicate: slip.Duplicate, Training: o.Training,
		MerchantNames: names(o.Merchant.Name, o.Lang),
		Address:       tidy(o.Merchant.City + " " + o.Merchant.Address),
		MerchantNo:    tidy(t.Merchant),
		TerminalNo:    tidy(t.Terminal),
		Operator:      tidy(t.Operator),
		Acquirer:      tidy(o.Merchant.Acquirer),
		Brand:         brands[t.Card.PAN.Brand()].In(o.Lang),
		PAN:           panFact(t.Card),
		Kind:          kind.name.In(o.Lang),
		Agreement:     kind.agreement,
		Act:           kind.act,
		Batch:         t.Batch.String(),
		Trace:         t.STAN.String(),
		Original:      originalFact(t.Of),
		Refused:       tidy(t.Refused),
		AuthCode:      tidy(t.Result.AuthCode),
		Reference:     tidy(t.Result.RRN),
		DateTime:      timeFact(at),
		Asked:         moneyFact(t.Asked),
		Amount:        moneyFact(amount),
		Chip:          chipFacts(kind, t.Card, o.Lang),
		Tallies:       settlementOf(t),
		Phone:         tidy(o.Merchant.Phone),
		Licence:       tidy(o.Merchant.Licence),
	}, nil
}

// prints is the status a transaction must have for a copy.
func prints(c txn.Copy) txn.Status {
	if c == txn.FaultSlip {
		return txn.ReversalPending
	}
	return txn.Approved
}

// names are the lines the shop's name takes in a language.
func names(w Words, lang Lang) []string {
	w = Words{tidy(w.Zh), tidy(w.En)}
	switch {
	case w == Words{}:
		return nil
	case lang == Both && w.Zh != "" && w.En != "" && w.Zh != w.En:
		return []string{w.Zh, w.En}
	}
	return []string{w.In(lang)}
}

// panFact is the masked number and how it was read; empty for no card.
func panFact(c reader.Card) string {
	if c.PAN.Empty() {
		return ""
	}
	if l := c.Entry.Letter(); l != 0 {
		return c.PAN.String() + " /" + string(l)
	}
	return c.PAN.String()
}

// originalFact is the trace number of what is taken back; empty for nothing.
func originalFact(p *txn.Past) string {
	if p == nil {
		return ""
	}
	return p.STAN.String()
}

// timeFact writes the time in its own zone; empty for none.
func timeFact(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(dateTime)
}

// moneyFact writes an amount after its symbol; empty for no money at all.
func moneyFact(m txn.Money) string {
	symbol := m.Currency.Symbol
	if symbol == "" {
		symbol = m.Currency.Code
	}
	if symbol == "" {
		return ""
	}
	return symbol + " " + m.Grouped()
}

// tidy is a configured or received text fit for paper.
func tidy(s string) string { return strings.TrimFunc(clean(s), isSpace) }
