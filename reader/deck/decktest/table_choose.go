package decktest

import (
	"vpos/reader/emv"
)

// chosen is application selection.
func chosen() []Case {
	return []Case{
		{Name: "two-first", Card: "two-applications", Pick: []int{0},
			Want: issuerSaid(true, "8000000000", "7800").signed().used("VISA CREDIT")},
		{Name: "two-second", Card: "two-applications", Pick: []int{1}, PINs: []string{"1234"},
			Want: issuerSaid(true, "8000000000", "7800").by("410302").used("VISA DEBIT")},
		{Name: "two-cancelled", Card: "two-applications", Pick: []int{-1},
			Want: ended(emv.ReasonCancelled, "0000000000", "0000")},
		{Name: "select-next", Card: "next-occurrence", Pick: []int{1},
			Want: issuerSaid(true, "8000000000", "7800").signed().used("VISA TWO")},
		{Name: "list-of-aids", Card: "visa-credit", Till: Till{NoPSE: true},
			Want: issuerSaid(true, "8000000000", "7800").signed()},
		{Name: "pse-absent", Card: "visa-credit+pse-absent",
			Want: issuerSaid(true, "8000000000", "7800").signed()},
		{Name: "two-apps-fault", Card: "visa-credit+two-apps", Pick: []int{1},
			Want: issuerSaid(true, "8000000000", "7800").signed().used("VISA CREDIT 2")},
		{Name: "two-apps-no-pse", Card: "visa-credit+two-apps+pse-absent", Pick: []int{0},
			Want: issuerSaid(true, "8000000000", "7800").signed().used("VISA CREDIT")},
		{Name: "gpo-refused", Card: "visa-credit+gpo-refused",
			Want: ended(emv.ReasonNoApp, "0000000000", "0000").stripe()},
		{Name: "gpo-refused-then-second", Card: "two-applications+gpo-refused", Pick: []int{0, 0}, PINs: []string{"1234"},
			Want: issuerSaid(true, "8000000000", "7800").by("410302").used("VISA DEBIT")},
		{Name: "app-blocked", Card: "visa-credit+app-blocked",
			Want: ended(emv.ReasonAppBlocked, "0000000000", "0000")},
		{Name: "app-blocked-then-second", Card: "two-applications+app-blocked", Pick: []int{0, 0}, PINs: []string{"1234"},
			Want: issuerSaid(true, "8000000000", "7800").by("410302").used("VISA DEBIT")},
		{Name: "card-blocked", Card: "visa-credit+card-blocked",
			Want: ended(emv.ReasonCardBlocked, "0000000000", "0000")},
	}
}
