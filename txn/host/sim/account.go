package sim

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"math"
	"sync"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// The accounts behind the cards. Nothing is kept of a card but the number of its
// account; what an account has spent and holds is added up from the rows.

// Key is the key of one ledger, under which card numbers become account numbers.
// The zero key is good where nothing is stored.
type Key [aes.BlockSize]byte

// bank is what does not change: the key and the cards that are something special.
type bank struct {
	cipher cipher.Block
	cards  map[Account]*Card
}

func newBank(key Key) *bank {
	c, _ := aes.NewCipher(key[:]) // a key of sixteen bytes always is one
	b := &bank{cipher: c, cards: map[Account]*Card{}}
	var scratch [2 * aes.BlockSize]byte
	for _, card := range Cards() {
		b.cards[b.account([]byte(card.Number), &scratch)] = &card
	}
	return b
}

// plain is the bank under the zero key: a proof makes many ledgers.
var plain = sync.OnceValue(func() *bank { return newBank(Key{}) })

// account is the number of a card's account. scratch is wiped.
func (b *bank) account(pan []byte, scratch *[2 * aes.BlockSize]byte) Account {
	if len(pan) == 0 {
		return 0
	}
	in, out := scratch[:aes.BlockSize], scratch[aes.BlockSize:]
	for i, d := range pan[:min(len(pan), 2*aes.BlockSize)] {
		in[i/2] |= (d&0xF + 1) << (4 * (i % 2))
	}
	b.cipher.Encrypt(out, in)
	n := Account(binary.BigEndian.Uint32(out))
	clear(scratch[:])
	return max(n, 1)
}

// account is the number of a card's account, 0 for no card.
func (l *Ledger) account(pan reader.PAN) Account { return l.bank.account(pan.Reveal(), &l.scratch) }

// card is what is special about a card; an ordinary one of most accounts.
func (l *Ledger) card(a Account) *Card {
	if c := l.bank.cards[a]; c != nil {
		return c
	}
	return &ordinary
}

// pocket is what an account has done in one currency. There are no rates of
// exchange: an account has a pocket in every currency it meets, and each opens
// with the card's balance.
type pocket struct {
	spent int64 // debits less credits, minor units
	held  int64
}

type pocketKey uint64

func keyOfPocket(a Account, c txn.Currency) pocketKey { return pocketKey(a)<<16 | pocketKey(c) }

// pocket is an account's in a currency.
func (l *Ledger) pocket(a Account, c txn.Currency) pocket {
	if p := l.pockets[keyOfPocket(a, c)]; p != nil {
		return *p
	}
	return pocket{}
}

// opening is what a card has at first, in minor units of a currency.
func (c *Card) opening(in txn.Currency) int64 { return scale(c.Balance, in) }

// scale turns hundredths into minor units of a currency.
func scale(hundredths int64, c txn.Currency) int64 {
	switch c.Exponent() {
	case 0:
		return hundredths / 100
	case 3:
		return hundredths * 10
	}
	return hundredths
}

// available is what may still be spent: the balance less what is held, or
// anything where the card has an overdraft.
func (l *Ledger) available(a Account, c txn.Currency) int64 {
	card := l.card(a)
	if card.Overdraft {
		return math.MaxInt64
	}
	p := l.pocket(a, c)
	return card.opening(c) - p.spent - p.held
}

// Balance is what an account has and what of it is held, in minor units.
type Balance struct{ Minor, Held int64 }

// Balance looks into the account of a card.
func (l *Ledger) Balance(pan reader.PAN, c txn.Currency) Balance {
	a := l.account(pan)
	p := l.pocket(a, c)
	return Balance{l.card(a).opening(c) - p.spent, p.held}
}

// attempts counts what a cardholder got wrong.
type attempts struct {
	day int // on which the PINs were wrong: the next day begins anew
	pin int
	otp int
}

// maxAttempts is how often a PIN or a one-time code may be wrong.
const maxAttempts = 3

func dayOf(t time.Time) int { return t.Year()*1000 + t.YearDay() }

// remember counts what a new row says of PINs and one-time codes.
func (l *Ledger) remember(r *row) {
	if r.account == 0 || r.marks&(MarkPINRight|MarkPINWrong|MarkOTPRight|MarkOTPWrong) == 0 {
		return
	}
	a := l.attempts[r.account]
	if day := dayOf(r.at); a.day != day {
		a.day, a.pin = day, 0
	}
	switch {
	case r.marks&MarkPINWrong != 0:
		a.pin++
	case r.marks&MarkPINRight != 0:
		a.pin = 0
	}
	switch {
	case r.marks&MarkOTPWrong != 0 && r.code == txn.CodeWanted:
		a.otp++
	case r.marks&(MarkOTPWrong|MarkOTPRight) != 0:
		a.otp = 0
	}
	if l.attempts == nil {
		l.attempts = map[Account]attempts{}
	}
	l.attempts[r.account] = a
}
