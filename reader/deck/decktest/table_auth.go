package decktest

// authenticated is offline data authentication.
func authenticated() []Case {
	return []Case{
		{Name: "sda", Card: "mastercard-sda",
			Want: issuerSaid(true, "0200000000", "E800").signed()},
		{Name: "dda", Card: "visa-dda",
			Want: issuerSaid(true, "0000000000", "F800").signed()},
		{Name: "cda", Card: "mastercard-credit", PINs: []string{"1234"},
			Want: issuerSaid(true, "0000000000", "F800").by("440302")},
		{Name: "cda-terminal-cannot", Card: "mastercard-credit", PINs: []string{"1234"}, Till: Till{NoCDA: true},
			Want: issuerSaid(true, "8000000000", "7800").by("440302")},
		{Name: "no-authority", Card: "visa-dda", Till: Till{NoKeys: true},
			Want: issuerSaid(true, "0800000000", "F800").signed()},
		{Name: "pboc-credit", Card: "unionpay-credit", PINs: []string{"123456"},
			Want: issuerSaid(true, "0000040000", "F800").by("420300").onlinePIN()},
		{Name: "pboc-debit", Card: "unionpay-debit", PINs: []string{"123456"},
			Want: issuerSaid(true, "0000040000", "F800").by("420300").onlinePIN()},
	}
}

// verified is cardholder verification.
func verified() []Case {
	return []Case{
		{Name: "pin-plain", Card: "visa-debit", PINs: []string{"1234"},
			Want: issuerSaid(true, "8000000000", "7800").by("410302")},
		{Name: "pin-plain-second-try", Card: "visa-debit", PINs: []string{"1111", "1234"},
			Want: issuerSaid(true, "8000000000", "7800").by("410302")},
		{Name: "pin-plain-three-wrong", Card: "visa-debit", PINs: []string{"1111", "2222", "3333"},
			Want: issuerSaid(true, "8000200000", "7800").signed().none()},
		{Name: "pin-bypassed", Card: "visa-debit", PINs: []string{""},
			Want: issuerSaid(true, "8000080000", "7800").signed()},
		{Name: "pin-pad-broken", Card: "visa-debit", PINs: []string{"broken"},
			Want: issuerSaid(true, "8000100000", "7800").signed()},
		{Name: "pin-terminal-cannot", Card: "visa-debit", Till: Till{NoPINPad: true},
			Want: issuerSaid(true, "8000000000", "7800").signed()},
		{Name: "pin-enciphered-two-wrong", Card: "mastercard-credit", PINs: []string{"1111", "2222", "1234"},
			Want: issuerSaid(true, "0000000000", "F800").by("440302")},
		{Name: "pin-enciphered-three-wrong", Card: "mastercard-credit", PINs: []string{"1111", "2222", "3333"},
			Want: issuerSaid(true, "0000200000", "F800").signed().none()},
		{Name: "pin-and-signature", Card: "jcb", PINs: []string{"1234"},
			Want: issuerSaid(true, "8000000000", "7800").by("030300").signed()},
		{Name: "pin-online", Card: "maestro", PINs: []string{"123456"},
			Want: issuerSaid(true, "0000040000", "E800").by("020300").onlinePIN()},
		{Name: "pin-online-bypassed", Card: "maestro", PINs: []string{""},
			Want: issuerSaid(true, "0000880000", "E800").by("020301")},
	}
}
