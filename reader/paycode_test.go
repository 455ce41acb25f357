package reader

import (
	"strings"
	"testing"
)

// A payment code's wallet is told by its first two digits and its length; what is of no
// wallet is refused, and a refusal holds no digit of it.
func TestParsePayCode(t *testing.T) {
	for _, c := range []struct {
		entry  string
		wallet Wallet
		last4  string
		fault  Fault
	}{
		{"100000000000004321", WeChat, "4321", NoFault},
		{"159999999999991234", WeChat, "1234", NoFault},
		{"1345 6789 0123 4567 89", WeChat, "6789", NoFault},
		{"１３４５６７８９０１２３４５６７８９", WeChat, "6789", NoFault},
		{"2512345678901234", Alipay, "1234", NoFault},
		{"301234567890123456789012", Alipay, "9012", NoFault},
		{"6212345678901234567", UnionPayQR, "4567", NoFault},
		{"621234567890123456", NoWallet, "", FaultPayCodeWallet}, // a digit short
		{"13456789012345678", NoWallet, "", FaultPayCodeWallet},
		{"1345678901234567890", NoWallet, "", FaultPayCodeWallet},
		{"161234567890123456", NoWallet, "", FaultPayCodeWallet},
		{"241234567890123456", NoWallet, "", FaultPayCodeWallet},
		{"311234567890123456", NoWallet, "", FaultPayCodeWallet},
		{"4111111111111111", NoWallet, "", FaultPayCodeWallet}, // a card's number
		{"134567890123456", NoWallet, "", FaultPayCodeLength},
		{"2512345678901234567890123", NoWallet, "", FaultPayCodeLength},
		{"", NoWallet, "", FaultPayCodeLength},
		{"13456789x123456789", NoWallet, "", FaultPayCodeFormat},
	} {
		code, err := ParsePayCode([]byte(c.entry))
		if FaultOf(err) != c.fault || code.Wallet() != c.wallet || code.Last4() != c.last4 {
			t.Errorf("%d characters: %q, %q, %v; want %q, %q, %q", len(c.entry), code.Wallet(), code.Last4(), err, c.wallet, c.last4, c.fault)
		}
		if err != nil && strings.ContainsAny(err.Error(), "0123456789") {
			t.Errorf("a digit in %q", err)
		}
		code.Wipe()
		if !code.Empty() || code.Wallet() != NoWallet || code.Last4() != "" || code.String() != "" {
			t.Error("a wiped code says something")
		}
	}
}

func FuzzParsePayCode(f *testing.F) {
	for _, seed := range []string{"134567890123456789", "2512345678901234", "6212345678901234567", "", "1", "１２", "\xff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, entry []byte) {
		code, err := ParsePayCode(entry)
		if (err == nil) != (code.Wallet() != NoWallet) || err == nil && (code.Len() < minPayCode || code.Len() > maxPayCode) {
			t.Errorf("%v, a code of %d digits", err, code.Len())
		}
	})
}
