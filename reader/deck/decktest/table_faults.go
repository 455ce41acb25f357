package decktest

import (
	"vpos/reader/emv"
)

// faulty is each fault not met above.
func faulty() []Case {
	return []Case{
		{Name: "mute", Card: "visa-credit+mute",
			Want: ended(emv.ReasonTorn, "0000000000", "0000").torn("SELECT")},
		{Name: "mute-later", Card: "visa-credit+mute:6",
			Want: ended(emv.ReasonTorn, "0000000000", "0000").torn("READ RECORD")},
		{Name: "slow", Card: "visa-credit+slow:20",
			Want: issuerSaid(true, "8000000000", "7800").signed()},
		{Name: "tear", Card: "visa-credit+tear",
			Want: ended(emv.ReasonTorn, "0000000000", "0000").torn("GET PROCESSING OPTIONS")},
		{Name: "tear-first", Card: "visa-credit+tear:1",
			Want: ended(emv.ReasonTorn, "0000000000", "0000").torn("SELECT")},
		{Name: "tear-at-ac1", Card: "visa-credit+tear:9",
			Want: ended(emv.ReasonTorn, "8000000000", "4800").torn("GENERATE AC")},
		{Name: "tear-after-approval", Card: "visa-credit+tear:11",
			Want: afterApproval(emv.ReasonTorn, "8000000000", "7800").torn("GENERATE AC")},
		{Name: "garbage", Card: "visa-credit+garbage",
			Want: ended(emv.ReasonCardData, "0000000000", "0000").stripe()},
		{Name: "garbage-pse", Card: "visa-credit+garbage:1",
			Want: issuerSaid(true, "8000000000", "7800").signed()},
		{Name: "garbage-record", Card: "visa-credit+garbage:7",
			Want: ended(emv.ReasonCardData, "0000000000", "0000").stripe()},
		{Name: "garbage-ac1", Card: "visa-credit+garbage:9",
			Want: ended(emv.ReasonCardData, "8000000000", "4800")},
		{Name: "wrong-aip-none", Card: "visa-credit+wrong-aip",
			Want: issuerSaid(true, "6200000000", "F800").signed()},
		{Name: "wrong-aip-dda", Card: "visa-dda+wrong-aip",
			Want: issuerSaid(true, "0400000000", "F800").signed()},
		{Name: "unknown-tags", Card: "visa-dda+unknown-tags",
			Want: issuerSaid(true, "0000000000", "F800").signed()},
		{Name: "oversized", Card: "visa-credit+oversized",
			Want: ended(emv.ReasonCardData, "0000000000", "0000").stripe()},
		{Name: "expired", Card: "visa-credit+expired",
			Want: issuerSaid(true, "8040000000", "7800").signed()},
		{Name: "expired-signed", Card: "visa-dda+expired",
			Want: issuerSaid(true, "0040000000", "F800").signed()},
		{Name: "not-yet", Card: "visa-credit+not-yet",
			Want: issuerSaid(true, "8020000000", "7800").signed()},
		{Name: "bad-certificate", Card: "visa-dda+bad-certificate",
			Want: issuerSaid(true, "0800000000", "F800").signed()},
		{Name: "bad-ssad", Card: "mastercard-sda+bad-ssad",
			Want: issuerSaid(true, "4200000000", "E800").signed()},
		{Name: "bad-sdad-dda", Card: "visa-dda+bad-sdad",
			Want: issuerSaid(true, "0800000000", "F800").signed()},
		{Name: "bad-sdad-cda", Card: "mastercard-credit+bad-sdad", PINs: []string{"1234"},
			Want: unsigned("0400000000", "E800").by("440302")},
		{Name: "pin-blocked", Card: "visa-debit+pin-blocked",
			Want: issuerSaid(true, "8000200000", "7800").signed().none()},
		{Name: "pin-blocked-enciphered", Card: "mastercard-credit+pin-blocked",
			Want: issuerSaid(true, "0000200000", "F800").signed().none()},
	}
}
