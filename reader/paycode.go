package reader

import (
	"fmt"
	"log/slog"
)

// Wallet is whose payment code was scanned, or who paid a code on the screen. The
// words are stable: the journal stores them.
type Wallet string

// The wallets. The zero value means none, or not known yet.
const (
	NoWallet   Wallet = ""
	WeChat     Wallet = "wechat"
	Alipay     Wallet = "alipay"
	UnionPayQR Wallet = "unionpay-qr"
)

// Wallets lists every wallet, for tables and tests.
func Wallets() []Wallet { return []Wallet{WeChat, Alipay, UnionPayQR} }

// Lengths of payment codes: the shortest and the longest any wallet has.
const (
	minPayCode = 16
	maxPayCode = 24
)

// PayCode is the payment code 付款码 that a wallet shows and a scanner types. Whoever
// has it may charge the wallet once, so it is kept like card data: never stored, never
// logged, wiped once the request that carries it was built. It prints as stars.
type PayCode struct{ secret }

// ParsePayCode reads a scanned or keyed payment code, full-width digits folded. Faults:
// [FaultPayCodeFormat], [FaultPayCodeLength], [FaultPayCodeWallet].
func ParsePayCode(clear []byte) (PayCode, error) {
	digits, ok := keyed(clear, " -")
	switch {
	case !ok:
		return PayCode{}, FaultPayCodeFormat
	case len(digits) < minPayCode || len(digits) > maxPayCode:
		wipe(digits)
		return PayCode{}, FaultPayCodeLength
	case walletOf(digits) == NoWallet:
		wipe(digits)
		return PayCode{}, FaultPayCodeWallet
	}
	return PayCode{own(digits)}, nil
}

// walletOf is whose code begins with these two digits and is so long, as the wallets
// publish it: WeChat 18 digits from 10 to 15, Alipay 16 to 24 from 25 to 30, UnionPay
// 19 from 62.
func walletOf(digits []byte) Wallet {
	begins := int(digits[0]-'0')*10 + int(digits[1]-'0')
	switch n := len(digits); {
	case begins >= 10 && begins <= 15 && n == 18:
		return WeChat
	case begins >= 25 && begins <= 30:
		return Alipay
	case begins == 62 && n == 19:
		return UnionPayQR
	}
	return NoWallet
}

// Wallet is whose code it is; [NoWallet] of an empty one.
func (c PayCode) Wallet() Wallet {
	if c.Empty() {
		return NoWallet
	}
	return walletOf(c.Reveal())
}

// Last4 is what may be kept of a payment code: its last four digits, by which a wallet's
// own list tells payments apart.
func (c PayCode) Last4() string {
	if c.Len() < minPayCode {
		return ""
	}
	return string(c.Reveal()[c.Len()-4:])
}

// String is the masked form, eight stars whatever the length.
func (c PayCode) String() string {
	if c.Empty() {
		return ""
	}
	return "********"
}

// Format prints the masked form under every verb.
func (c PayCode) Format(f fmt.State, _ rune) { writeMask(f, c.String()) }

// GoString is the masked form.
func (c PayCode) GoString() string { return c.String() }

// LogValue is the masked form.
func (c PayCode) LogValue() slog.Value { return slog.StringValue(c.String()) }

// MarshalText is the masked form.
func (c PayCode) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// MarshalJSON is the masked form.
func (c PayCode) MarshalJSON() ([]byte, error) { return marshalMask(c.String()) }
