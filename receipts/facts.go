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
	Holder   Holder // of the cardholder's copy
	Training bool
	Chain    string   // of a settlement: the journal's head when it was closed, in hexadecimal; empty for none
	Template Template // of card slips; nil for [CardSlip]
	Logo     *Picture // above the title; nil for none
	Header   []string // the merchant's own lines below it
	Footer   []string // and at the end
}

// Template lays a card slip out in a way of its own. What it gives is held to the same
// rules.
type Template interface {
	Document(f Facts) (Document, error)
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
	Approver      string // the supervisor who let it pass
	KeyedWhy      string // on the merchant's copy: why the card was keyed
	Warned        string // on the merchant's copy: the warnings that were let pass
	Acquirer      string
	Brand         string
	PAN           string // masked, with the letter of its entry: ************1111 /M
	Wallet        string // who paid by a code; empty for a card
	Payer         string // the payment code, masked: ****6789
	ByCode        bool   // no card paid: the slip says that it is simulated, and nobody signs
	Kind          string
	Agreement     Words  // what is signed
	Act           Words  // on a fault slip: what to do
	Unseen        bool   // nobody has seen the card: the slip says so, and nobody signs
	Chain         string // of a settlement: where the journal's chain had come to
	Batch         string
	Trace         string
	Past          PastFacts
	Refused       string // on a fault slip: field 39 of the bank's refusal
	AuthCode      string
	Voice         string // the approval code the bank gave by voice, instead of AuthCode
	Reference     string
	DateTime      string     // 2006/01/02 15:04:05, as the host gave it, else the terminal's
	Asked         string     // only where the host approved another amount than was asked for
	Held          string     // what a pre-authorisation holds in all, where that is known
	Goods         []GoodFact // what it was made of; nil where only an amount was keyed
	Base          string     // Amount without the tip; empty without one
	Tip           string
	Amount        string // symbol and grouped amount: RMB 1,234.50
	Chip          ChipFacts
	Tallies       []TallyFact // of a settlement; nil for a card slip
	Phone         string
	Licence       string

	due   int64   // what Goods must come to, in minor units
	mark  string  // whose copy it is
	needs []Field // what a slip of this kind may not lack
}

// ErrNoSlip says that there is no such slip: a kind, a status or a copy nobody
// prints. The error wrapping it says which.
var ErrNoSlip = errors.New("no slip")

// dateTime is how a slip writes time: never broken, 19 columns.
const dateTime = "2006/01/02 15:04:05"

// NewFacts gathers the facts of a slip. The error is [ErrNoSlip] for anything
// but a transaction of a known kind that was approved, or for a fault slip is being
// reversed or was refused after it had been taken.
//
// A missing fact is no error here; [Check] names it.
func NewFacts(slip txn.Slip, o Options) (Facts, error) {
	kind, err := slipKind(slip)
	if err != nil {
		return Facts{}, err
	}
	return gather(slip, kind, o), nil
}

// gather is what there is to say of a transaction of a kind.
func gather(slip txn.Slip, kind kind, o Options) Facts {
	t := *slip.Txn
	at := t.At
	if !t.Result.HostAt.IsZero() {
		at = t.Result.HostAt
	}
	lang := o.lang(slip)
	f := Facts{
		Lang: lang, Copy: slip.Copy, Duplicate: slip.Duplicate, Training: o.Training,
		MerchantNames: names(o.Merchant.Name, lang),
		Address:       tidy(o.Merchant.City + " " + o.Merchant.Address),
		MerchantNo:    tidy(t.Merchant),
		TerminalNo:    tidy(t.Terminal),
		Operator:      tidy(t.Operator),
		Approver:      tidy(t.Approver),
		Acquirer:      tidy(o.Merchant.Acquirer),
		Brand:         brands[t.Card.PAN.Brand()].In(lang),
		PAN:           panFact(t.Card),
		Wallet:        wallets[t.Wallet].In(lang),
		Payer:         payerFact(t),
		ByCode:        t.ByCode(),
		Kind:          kind.name.In(lang),
		Agreement:     kind.agreement,
		Act:           kind.act,
		Unseen:        kind.unseen || kind.sold && t.Of != nil && kinds[t.Of.Kind].unseen,
		Batch:         t.Batch.String(),
		Trace:         t.STAN.String(),
		Past:          pastFacts(t, lang),
		Goods:         goodFacts(t, lang),
		due:           dueOf(t),
		Refused:       tidy(t.Refused),
		AuthCode:      tidy(t.Result.AuthCode),
		Reference:     tidy(t.Result.RRN),
		DateTime:      timeFact(at),
		Chip:          chipFacts(kind, t.Card, lang),
		Chain:         tidy(o.Chain),
		Tallies:       settlementOf(t),
		Phone:         tidy(o.Merchant.Phone),
		Licence:       tidy(o.Merchant.Licence),
		mark:          copyMark(slip), needs: kind.needs,
	}
	f.amounts(kind, t)
	if slip.Copy != txn.CardholderCopy {
		f.KeyedWhy, f.Warned = passedFact(t, keyedBecause, lang), passedFact(t, warnedOf, lang)
	}
	if f.ByCode && kind.takesBack {
		f.Agreement = givenBack
	}
	switch {
	case t.Kind == txn.Offline:
		f.Voice, f.AuthCode = f.AuthCode, ""
	case f.Tallies != nil:
		f.AuthCode = "" // what a host may say, and no settlement has
	}
	if t.Status == txn.Refused {
		f.Act, f.Refused = kind.refused, tidy(t.Result.Code)
	}
	return f
}

// slipKind is what a slip of this transaction says, or [ErrNoSlip].
func slipKind(slip txn.Slip) (kind, error) {
	t := *slip.Txn
	kind, known := kinds[t.Kind]
	if t.Kind == txn.Settlement && t.Totals != nil && slip.Copy == txn.MerchantCopy {
		kind, known = settlement, true
	}
	switch {
	case !known:
		return kind, fmt.Errorf("%w: kind %q", ErrNoSlip, t.Kind)
	case copyMark(slip) == "":
		return kind, fmt.Errorf("%w: copy %d of a kind %q that is %q", ErrNoSlip, slip.Copy, t.Kind, t.Status)
	}
	return kind, nil
}

// amounts fills in the money: negative where it goes back to the card, in two parts
// where there is a tip.
func (f *Facts) amounts(k kind, t txn.Transaction) {
	f.Asked = moneyFact(t.Asked)
	if f.Copy != txn.FaultSlip {
		f.Held = moneyFact(held(t))
	}
	if base := t.Amount.Minor - t.Tip.Minor; t.Tip.Minor > 0 && base > 0 {
		f.Base = moneyFact(k.signed(txn.Money{Minor: base, Currency: t.Amount.Currency}))
		f.Tip = moneyFact(k.signed(t.Tip))
	}
	f.Amount = moneyFact(k.signed(t.Amount))
}

// signed is an amount as its kind has it printed.
func (k kind) signed(m txn.Money) txn.Money {
	if k.takesBack {
		m.Minor = -m.Minor
	}
	return m
}

// held is what a pre-authorisation holds in all with this increment, or held before
// it was completed; no money where nobody knows.
func held(t txn.Transaction) txn.Money {
	switch {
	case t.Of == nil || t.Of.Amount.Minor == 0:
	case t.Kind == txn.Increment:
		return txn.Money{Minor: t.Of.Amount.Minor + t.Amount.Minor, Currency: t.Amount.Currency}
	case t.Kind == txn.Completion:
		return t.Of.Amount
	}
	return txn.Money{}
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

// payerFact is a payment code, masked; empty where none was scanned.
func payerFact(t txn.Transaction) string {
	if t.Payer == "" {
		return ""
	}
	return "****" + tidy(t.Payer)
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
	switch code := m.Currency.Code(); code {
	case "":
		return ""
	case "CNY":
		return "RMB " + m.Grouped() // as UnionPay's slips have it
	default:
		return code + " " + m.Grouped()
	}
}

// tidy is a configured or received text fit for paper.
func tidy(s string) string { return strings.TrimFunc(clean(s), isSpace) }
