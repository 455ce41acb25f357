package decktest

import (
	"vpos/reader/deck/issuer"
	"vpos/reader/emv"
)

// online is the issuer's answer.
func online() []Case {
	return []Case{
		{Name: "issuer-forged", Card: "visa-credit", Host: Host{Forged: true},
			Want: issuerSaid(true, "8000000040", "7800").signed()},
		{Name: "issuer-forged-strict", Card: "visa-strict", Host: Host{Forged: true},
			Want: refused("8000000040", "7800")},
		{Name: "issuer-silent", Card: "visa-credit", Host: Host{Silent: true},
			Want: issuerSaid(true, "8000000000", "6800").signed()},
		{Name: "issuer-silent-strict", Card: "visa-strict", Host: Host{Silent: true},
			Want: refused("8000000000", "6800")},
		{Name: "issuer-right-strict", Card: "visa-strict",
			Want: issuerSaid(true, "8000000000", "7800").signed()},
		{Name: "issuer-at-end-forged", Card: "mastercard-sda", Host: Host{Forged: true},
			Want: refused("0200000000", "E800")},
		{Name: "issuer-auth-fails", Card: "visa-credit+issuer-auth-fails",
			Want: issuerSaid(true, "8000000040", "7800").signed()},
		{Name: "ac2-refused", Card: "visa-credit+ac2-refused",
			Want: refused("8000000000", "7800")},
		{Name: "ac2-refused-declined", Card: "visa-credit+ac2-refused", Host: Host{Code: "51"},
			Want: issuerSaid(false, "8000000000", "7800")},
		{Name: "wrong-cryptogram", Card: "visa-credit+wrong-cryptogram",
			Want: issuerSaid(false, "8000000000", "6800").found(issuer.FaultCryptogram)},
		{Name: "wrong-cryptogram-cda", Card: "mastercard-credit+wrong-cryptogram", PINs: []string{"1234"},
			Want: issuerSaid(false, "0000000000", "E800").by("440302").found(issuer.FaultCryptogram)},
	}
}

// scripted is issuer scripts before and after the card's last word.
func scripted() []Case {
	return []Case{
		{Name: "script-after", Card: "visa-credit", Host: Host{After: putData},
			Want: issuerSaid(true, "8000000000", "7C00").signed().script("2000000002")},
		{Name: "script-before", Card: "visa-credit", Host: Host{Before: putData},
			Want: issuerSaid(true, "8000000000", "7C00").signed().script("2000000001")},
		{Name: "script-both", Card: "mastercard-credit", PINs: []string{"1234"}, Host: Host{Before: putData, After: newPIN},
			Want: issuerSaid(true, "0000000000", "FC00").by("440302").script("20000000012000000002")},
		{Name: "script-new-pin", Card: "visa-debit", PINs: []string{"1234", "8642"}, Host: Host{After: newPIN}, Again: 1,
			Want: issuerSaid(true, "8000000000", "7800").by("410302")},
		{Name: "script-old-pin", Card: "visa-debit", PINs: []string{"1234"}, Host: Host{After: newPIN},
			Want: issuerSaid(true, "8000000000", "7C00").by("410302").script("2000000002")},
		{Name: "script-unblocks-pin", Card: "visa-debit+pin-blocked", Host: Host{After: unblockPIN},
			Want: issuerSaid(true, "8000200000", "7C00").signed().script("2000000002")},
		{Name: "script-blocks-application", Card: "visa-credit", Host: Host{After: blockApplication}, Again: 1,
			Want: ended(emv.ReasonAppBlocked, "0000000000", "0000")},
		{Name: "script-blocks-before", Card: "visa-credit", Host: Host{Code: "04", Before: blockApplication},
			Want: issuerSaid(false, "8000000000", "7C00").script("2000000001")},
		{Name: "script-blocks-then-approved", Card: "visa-credit", Host: Host{Before: blockApplication},
			Want: refused("8000000000", "7C00").script("2000000001")},
		{Name: "script-blocks-card", Card: "visa-credit", Host: Host{After: blockCard}, Again: 1,
			Want: ended(emv.ReasonCardBlocked, "0000000000", "0000")},
		{Name: "script-wrong-mac-before", Card: "visa-credit", Host: Host{Before: putData, Damaged: true},
			Want: issuerSaid(true, "8000000020", "7C00").signed().script("1100000001")},
		{Name: "script-wrong-mac-after", Card: "visa-credit", Host: Host{After: putData, Damaged: true},
			Want: issuerSaid(true, "8000000010", "7C00").signed().script("1100000002")},
		{Name: "script-fails", Card: "visa-credit+script-fails", Host: Host{After: putData},
			Want: issuerSaid(true, "8000000010", "7C00").signed().script("1100000002")},
		{Name: "script-pboc", Card: "unionpay-credit", PINs: []string{"123456"}, Host: Host{After: newPIN},
			Want: issuerSaid(true, "0000040000", "FC00").by("420300").onlinePIN().script("2000000002")},
		{Name: "script-emv", Card: "jcb", PINs: []string{"1234"}, Host: Host{After: unblockPIN},
			Want: issuerSaid(true, "8000000000", "7C00").by("030300").signed().script("2000000002")},
	}
}
