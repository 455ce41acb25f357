package journal

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// body is the part of a row that nothing searches for, as JSON. Its fields stand
// in alphabetical order and are left out when empty, so that the same facts
// always give the same bytes. Later work adds fields here without a migration.
// No card data: what is here is in clear.
type body struct {
	Approver  string  `json:"approver,omitempty"`   // the supervisor who let it pass
	Asked     int64   `json:"asked,omitempty"`      // minor units asked for, when the host approved less
	Basket    []line  `json:"basket,omitempty"`     // what a sale was made of
	Chip      *chip   `json:"chip,omitempty"`       // what the chip said; nil for none
	HostZone  int     `json:"host_zone,omitempty"`  // seconds east of UTC of host_at
	Made      int64   `json:"made,omitempty"`       // when the cashier confirmed, Unix milliseconds
	MadeZone  int     `json:"made_zone,omitempty"`  // seconds east of UTC of made
	Of        *past   `json:"of,omitempty"`         // what a void takes back
	PANLength int     `json:"pan_length,omitempty"` // digits, for the mask
	Passed    string  `json:"passed,omitempty"`     // codes of what was let pass
	Payer     string  `json:"payer,omitempty"`      // the last four digits of a payment code, never the code
	Presence  string  `json:"presence,omitempty"`   // the code's presence indicator, never the code
	Reason    string  `json:"reason,omitempty"`     // field 39 of its reversal
	Refused   string  `json:"refused,omitempty"`    // field 39 of the host's refusal to reverse it
	Tip       int64   `json:"tip,omitempty"`        // minor units of the amount that are a tip
	Totals    *totals `json:"totals,omitempty"`     // of a settlement
	Wallet    string  `json:"wallet,omitempty"`     // who paid by a code
}

// past is a [txn.Past].
type past struct {
	Amount   int64     `json:"amount,omitempty"` // minor units
	Auth     string    `json:"auth,omitempty"`
	Batch    txn.Batch `json:"batch"`
	Kind     txn.Kind  `json:"kind,omitempty"` // empty in old rows: a sale
	Made     int64     `json:"made,omitempty"`
	MadeZone int       `json:"made_zone,omitempty"`
	RRN      string    `json:"rrn,omitempty"`
	STAN     txn.STAN  `json:"stan"`
	Tip      int64     `json:"tip,omitempty"` // minor units of the amount
}

func pastOf(p *txn.Past) *past {
	if p == nil {
		return nil
	}
	row := &past{Amount: p.Amount.Minor, Tip: p.Tip.Minor, Batch: p.Batch, Kind: p.Kind, STAN: p.STAN, Auth: p.AuthCode, RRN: p.RRN}
	row.Made, row.MadeZone = millis(p.At)
	return row
}

func (p *past) past(c txn.Currency) *txn.Past {
	if p == nil {
		return nil
	}
	of := &txn.Past{
		Key: txn.Key{Batch: p.Batch, STAN: p.STAN}, Kind: cmp.Or(p.Kind, txn.Sale), At: moment(p.Made, p.MadeZone),
		AuthCode: p.Auth, RRN: p.RRN,
	}
	if p.Amount != 0 {
		of.Amount = txn.Money{Minor: p.Amount, Currency: c}
	}
	if p.Tip != 0 {
		of.Tip = txn.Money{Minor: p.Tip, Currency: c}
	}
	return of
}

// parseBody reads a body; keys of a later version are passed over.
func parseBody(text string) (body, error) {
	var b body
	if err := json.Unmarshal([]byte(text), &b); err != nil {
		return body{}, fmt.Errorf("body: %w", err)
	}
	if err := b.Chip.check(); err != nil {
		return body{}, fmt.Errorf("body: %w", err)
	}
	return b, nil
}

func (b body) text() (string, error) {
	text, err := json.Marshal(b)
	if err != nil {
		return "", fmt.Errorf("body: %w", err)
	}
	return string(text), nil
}

// millis is a time as the table has it; no time is 0, 0.
func millis(t time.Time) (ms int64, zone int) {
	if t.IsZero() {
		return 0, 0
	}
	_, zone = t.Zone()
	return t.UnixMilli(), zone
}

// moment is millis back: the same instant with the same wall clock, to the
// millisecond.
func moment(ms int64, zone int) time.Time {
	switch {
	case ms == 0:
		return time.Time{}
	case zone == 0:
		return time.UnixMilli(ms).UTC()
	}
	return time.UnixMilli(ms).In(time.FixedZone("", zone))
}

// cardFacts is what may be told of a card in clear.
type cardFacts struct {
	last4, brand, entry, presence string
	panLength                     int
}

func factsOf(c reader.Card) cardFacts {
	f := cardFacts{
		last4: c.PAN.Last4(), brand: string(c.PAN.Brand()), entry: string(c.Entry), panLength: c.PAN.Len(),
	}
	if c.CVVStatus != reader.CVVNotAsked {
		f.presence = string(rune(c.CVVStatus))
	}
	return f
}

// newRec is a record as a row, without what the chain and the seal add.
func newRec(at time.Time, r txn.Record, facts cardFacts) (rec, error) {
	t := r.Txn
	b := body{
		Approver: t.Approver, Asked: t.Asked.Minor, Tip: t.Tip.Minor, Chip: chipOf(t.Card.Chip), Of: pastOf(t.Of), PANLength: facts.panLength,
		Presence: facts.presence, Reason: t.Reason, Refused: t.Refused, Totals: totalsOf(t.Totals),
		Passed: t.Passed, Payer: t.Payer, Wallet: string(t.Wallet), Basket: linesOf(t.Basket),
	}
	b.Made, b.MadeZone = millis(t.At)
	row := rec{
		typ: string(r.Type), kind: string(t.Kind), batch: int64(t.Batch), stan: int64(t.STAN),
		amount: t.Amount.Minor, currency: t.Amount.Currency.Number(),
		last4: facts.last4, brand: facts.brand, entry: facts.entry,
		rc: t.Result.Code, auth: t.Result.AuthCode, rrn: t.Result.RRN,
		cause: string(t.Cause), operator: t.Operator, terminal: t.Terminal, merchant: t.Merchant,
		attempts: int64(t.Attempts), copy: int64(r.Copy),
	}
	row.hostAt, b.HostZone = millis(t.Result.HostAt)
	var zone int
	row.at, zone = millis(at)
	row.zone = int64(zone)
	var err error
	row.body, err = b.text()
	return row, err
}

// maxText is the longest public text; ISO 8583 has none longer in these fields.
// maxBody has room for the largest field 55, 999 bytes.
const (
	maxText = 99
	maxBody = 4096
)

// checkRecord refuses what must not be written.
func (j *Journal) checkRecord(at time.Time, r txn.Record, row rec) error {
	t := r.Txn
	switch {
	case at.IsZero():
		return fmt.Errorf("%w: no time", ErrRecord)
	case r.Type == "":
		return fmt.Errorf("%w: no type", ErrRecord)
	case t.Batch < 1 || t.Batch > 999_999 || t.STAN < 1 || t.STAN > txn.MaxSTAN:
		return fmt.Errorf("%w: batch %d trace %d", ErrRecord, t.Batch, t.STAN)
	case t.Terminal != "" && t.Terminal != j.opt.Terminal:
		return fmt.Errorf("%w: the record's is %q", ErrTerminal, t.Terminal)
	}
	pan := t.Card.PAN.Reveal()
	spelt := hex.AppendEncode(nil, pan)
	defer clear(spelt)
	for _, c := range columns {
		if c.text == nil {
			continue
		}
		text, most := *c.text(&row), maxText
		if c.name == "body" {
			most = maxBody
		}
		switch {
		case len(text) > most:
			return fmt.Errorf("%w: %s has %d bytes", ErrRecord, c.name, len(text))
		case len(pan) > 0 && (holds(text, pan) || holds(text, spelt)):
			return fmt.Errorf("%w: %s holds the card number", ErrRecord, c.name)
		}
	}
	return nil
}

// holds reports whether a text has a card number in it, also in groups. A hostile
// host can echo the number in fields 37 or 38, a hostile card can put it into its
// label or its data: as BCD, which the hexadecimal of the body shows as digits, or
// as characters, which it spells out.
func holds(text string, number []byte) bool {
	plain := []byte(text)
	if bytes.IndexByte(plain, ' ') >= 0 {
		plain = bytes.ReplaceAll(plain, []byte(" "), nil)
	}
	return bytes.Contains(plain, number)
}

// transaction rebuilds the transaction as it stood after the row, with a card
// that has only its entry mode, its presence indicator and what its chip said;
// see Journal.unseal.
func (r *rec) transaction() (txn.Transaction, error) {
	b, err := parseBody(r.body)
	if err != nil {
		return txn.Transaction{}, fmt.Errorf("row %d: %w", r.seq, err)
	}
	currency := txn.CurrencyNumbered(r.currency)
	t := txn.Transaction{
		Kind: txn.Kind(r.kind), Batch: txn.Batch(r.batch), STAN: txn.STAN(r.stan), //nolint:gosec // checked when written
		Amount: txn.Money{Minor: r.amount, Currency: currency},
		Card:   reader.Card{Entry: reader.EntryMode(r.entry), Chip: b.Chip.data()},
		At:     moment(b.Made, b.MadeZone), Terminal: r.terminal, Merchant: r.merchant, Operator: r.operator,
		Status: txn.Status(r.status),
		Result: txn.Result{Code: r.rc, AuthCode: r.auth, RRN: r.rrn, HostAt: moment(r.hostAt, b.HostZone)},
		Cause:  txn.Code(r.cause), Attempts: int32(r.attempts), Of: b.Of.past(currency), Reason: b.Reason, Refused: b.Refused, //nolint:gosec // small
		Totals: b.Totals.totals(),
	}
	t.Approver, t.Passed, t.Payer, t.Wallet = b.Approver, b.Passed, b.Payer, reader.Wallet(b.Wallet)
	t.Basket = basketOf(b.Basket)
	if b.Tip != 0 {
		t.Tip = txn.Money{Minor: b.Tip, Currency: currency}
	}
	if b.Asked != 0 {
		t.Asked = txn.Money{Minor: b.Asked, Currency: currency}
	}
	if len(b.Presence) == 1 {
		t.Card.CVVStatus = reader.CVVStatus(b.Presence[0])
	}
	return t, nil
}
