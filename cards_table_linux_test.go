package main

import (
	"slices"

	"vpos/reader/emv"
	"vpos/txn"
	"vpos/txn/host/sim"
)

// The ends of the table, in words. Every sale is forced online and over the floor
// limit of zero, so byte 4 of each TVR that came as far is 88.

// charged is an approval of everybody's.
func charged(tvr, tsi, by string) chipEnd {
	return chipEnd{
		state: txn.ApprovedShown, why: "00", tvr: tvr, tsi: tsi, cid: 0x40, verified: by,
		status: txn.Approved, host: sim.Charged, slip: true,
	}
}

// refusedByHost is a sale the host declined and the card heard of it.
func refusedByHost(code, tvr, tsi string) chipEnd {
	return chipEnd{
		state: txn.DeclinedShown, why: code, tvr: tvr, tsi: tsi, status: txn.Declined, host: sim.Declined,
	}
}

// refusedByCard is what the host approved and the card did not: reversed with
// reason 06.
func refusedByCard(tvr, tsi string) chipEnd {
	return chipEnd{
		state: txn.UnknownShown, why: string(emv.ReasonCardRefused), tvr: tvr, tsi: tsi,
		status: txn.Reversed, reason: txn.ReasonCardRefused, host: sim.Reversed,
	}
}

// nothingSent is a sale the card or the terminal ended on its own.
func nothingSent(why emv.Reason, tvr, tsi string) chipEnd {
	return chipEnd{state: txn.DeclinedShown, why: string(why), tvr: tvr, tsi: tsi}
}

// unread is a card of which no sale came about: another may be presented.
func unread[T ~string](why T) chipEnd { return chipEnd{state: txn.Present, why: string(why)} }

// by is with this verification.
func (e chipEnd) by(verified string) chipEnd { e.verified = verified; return e }

func chipSales() []chipSale {
	return slices.Concat(onlineSales(), verifiedSales(), chosenSales(), issuerSales(), faultySales())
}

// onlineSales is who decides, and how a card proves itself.
func onlineSales() []chipSale {
	return []chipSale{
		{name: "approved", card: "visa-credit", want: charged("8000008800", "7800", "sign")},
		{name: "declined", card: "visa-credit", amount: "1051", want: refusedByHost("51", "8000008800", "7800")},
		{name: "declined by the card", card: "visa-decline", want: nothingSent(emv.ReasonOffline, "8000008800", "6800")},
		{name: "would pay offline", card: "visa-offline", want: charged("0200008800", "F800", "")},
		{name: "sda", card: "mastercard-sda", want: charged("0200008800", "E800", "sign")},
		{name: "dda", card: "visa-dda", want: charged("0000008800", "F800", "sign")},
		{name: "cda", card: "mastercard-credit", pins: []string{"1234"}, want: charged("0000008800", "F800", "pin")},
		{name: "no host", card: "visa-credit", down: true, want: chipEnd{
			state: txn.DeclinedShown, why: string(txn.HostUnreachable), tvr: "8000008800", tsi: "6800", cid: 0x80, status: txn.Failed,
		}},
		{name: "host again, without its keys", card: "visa-credit", want: chipEnd{
			state: txn.DeclinedShown, why: "A0", tvr: "8000008800", tsi: "6800", status: txn.Declined,
		}},
		{name: "signed on again", card: "visa-credit", want: charged("8000008800", "7800", "sign")},
		{name: "cut off", card: "visa-credit", issuer: sim.FaultCut, want: chipEnd{
			state: txn.UnknownShown, why: string(txn.HostLost), tvr: "8000008800", tsi: "6800", cid: 0x80,
			status: txn.Reversed, host: sim.Reversed,
		}},
	}
}

// verifiedSales is the PIN.
func verifiedSales() []chipSale {
	return []chipSale{
		{name: "plain PIN", card: "visa-debit", pins: []string{"1234"}, want: charged("8000008800", "7800", "pin")},
		{name: "plain PIN, second try", card: "visa-debit", pins: []string{"1111", "1234"},
			want: charged("8000008800", "7800", "pin")},
		{name: "plain PIN, three wrong", card: "visa-debit", pins: []string{"1111", "2222", "3333"},
			want: charged("8000208800", "7800", "sign")},
		{name: "enciphered PIN, third try", card: "mastercard-credit", pins: []string{"1111", "2222", "1234"},
			want: charged("0000008800", "F800", "pin")},
		{name: "enciphered PIN, three wrong", card: "mastercard-credit", pins: []string{"1111", "2222", "3333"},
			want: charged("0000208800", "F800", "sign")},
		{name: "PIN bypassed", card: "visa-debit", pins: []string{""}, want: charged("8000088800", "7800", "sign")},
		{name: "PIN and signature", card: "jcb", pins: []string{"1234"}, want: charged("8000008800", "7800", "pin+sign")},
		{name: "online PIN", card: "maestro", pins: []string{"1234"}, want: charged("0000048800", "E800", "pin")},
		{name: "online PIN, wrong", card: "maestro", pins: []string{"4321"}, want: chipEnd{
			state: txn.DeclinedShown, why: "55", tvr: "0000048800", tsi: "E800", verified: "pin", status: txn.Declined, host: sim.Declined,
		}},
		{name: "online PIN gone past", card: "maestro", pins: []string{""}, want: charged("0000888800", "E800", "")},
	}
}

// chosenSales is cards with more than one application, or a way of their own to
// it.
func chosenSales() []chipSale {
	return []chipSale{
		{name: "first of two", card: "two-applications", picks: []string{"1"}, want: charged("8000008800", "7800", "sign")},
		{name: "second of two", card: "two-applications", picks: []string{"2"}, pins: []string{"1234"},
			want: charged("8000008800", "7800", "pin")},
		{name: "select next", card: "next-occurrence", picks: []string{"2"}, want: charged("8000008800", "7800", "sign")},
		{name: "no directory", card: "visa-credit+two-apps+pse-absent", picks: []string{"1"},
			want: charged("8000008800", "7800", "sign")},
		{name: "the first will not start", card: "two-applications+gpo-refused", picks: []string{"1", "1"}, pins: []string{"1234"},
			want: charged("8000008800", "7800", "pin")},
		{name: "the first is blocked", card: "two-applications+app-blocked", picks: []string{"1", "1"}, pins: []string{"1234"},
			want: charged("8000008800", "7800", "pin")},
	}
}

// issuerSales is what the issuer says to the card.
func issuerSales() []chipSale {
	return []chipSale{
		{name: "no ARPC", card: "visa-credit", issuer: sim.FaultNoARPC, want: charged("8000008800", "6800", "sign")},
		{name: "wrong ARPC", card: "visa-credit", issuer: sim.FaultBadARPC, want: charged("8000008840", "7800", "sign")},
		{name: "wrong ARPC, strict", card: "visa-strict", issuer: sim.FaultBadARPC, want: refusedByCard("8000008840", "7800")},
		{name: "wrong ARPC at the end", card: "mastercard-sda", issuer: sim.FaultBadARPC, want: refusedByCard("0200008800", "E800")},
		{name: "script before", card: "visa-credit", issuer: sim.FaultScript71, want: charged("8000008800", "7C00", "sign")},
		{name: "script after", card: "visa-credit", issuer: sim.FaultScript72, want: charged("8000008800", "7C00", "sign")},
		{name: "wrong script", card: "visa-credit", issuer: sim.FaultBadScript, want: charged("8000008810", "7C00", "sign")},
		{name: "script unblocks the PIN", card: "visa-debit+pin-blocked", issuer: sim.FaultScript72,
			want: charged("8000208800", "7C00", "sign")},
		{name: "scripts refused", card: "visa-credit+script-fails", issuer: sim.FaultScript71,
			want: charged("8000008820", "7C00", "sign")},
		{name: "refuses, and so does the host", card: "visa-credit+ac2-refused", amount: "1051",
			want: refusedByHost("51", "8000008800", "7800")},
	}
}

// faultySales is every fault of the deck, at least once.
func faultySales() []chipSale {
	return []chipSale{
		{name: "mute", card: "visa-credit+mute", unseen: true, want: unread(txn.CardMute)},
		{name: "slow", card: "visa-credit+slow:20", want: charged("8000008800", "7800", "sign")},
		{name: "tear", card: "visa-credit+tear", want: unread(txn.CardTorn)},
		{name: "garbage", card: "visa-credit+garbage", want: unread(emv.ReasonCardData)},
		{name: "garbage for a cryptogram", card: "visa-credit+garbage:17", want: unread(emv.ReasonCardData)},
		{name: "card blocked", card: "visa-credit+card-blocked", want: unread(emv.ReasonCardBlocked)},
		{name: "application blocked", card: "visa-credit+app-blocked", want: unread(emv.ReasonAppBlocked)},
		{name: "will not start", card: "visa-credit+gpo-refused", want: unread(emv.ReasonNoApp)},
		{name: "two applications", card: "visa-credit+two-apps", picks: []string{"2"}, want: charged("8000008800", "7800", "sign")},
		{name: "no PSE", card: "visa-credit+pse-absent", want: charged("8000008800", "7800", "sign")},
		{name: "wrong AIP", card: "visa-dda+wrong-aip", want: charged("0400008800", "F800", "sign")},
		{name: "unknown tags", card: "visa-dda+unknown-tags", want: charged("0000008800", "F800", "sign")},
		{name: "oversized", card: "visa-credit+oversized", want: unread(emv.ReasonCardData)},
		{name: "expired", card: "visa-credit+expired", want: charged("8040008800", "7800", "sign")},
		{name: "not yet", card: "visa-credit+not-yet", want: charged("8020008800", "7800", "sign")},
		{name: "bad certificate", card: "visa-dda+bad-certificate", want: charged("0800008800", "F800", "sign")},
		{name: "bad SSAD", card: "mastercard-sda+bad-ssad", want: charged("4200008800", "E800", "sign")},
		{name: "bad SDAD", card: "visa-dda+bad-sdad", want: charged("0800008800", "F800", "sign")},
		{name: "bad SDAD with the cryptogram", card: "mastercard-credit+bad-sdad", pins: []string{"1234"},
			want: nothingSent(emv.ReasonSignature, "0400008800", "E800").by("pin")},
		{name: "PIN blocked", card: "mastercard-credit+pin-blocked", want: charged("0000208800", "F800", "sign")},
		{name: "wrong cryptogram", card: "visa-credit+wrong-cryptogram", want: refusedByHost("05", "8000008800", "6800")},
		{name: "issuer not believed", card: "visa-credit+issuer-auth-fails", want: charged("8000008840", "7800", "sign")},
		{name: "refuses at the end", card: "visa-credit+ac2-refused", want: refusedByCard("8000008800", "7800")},
	}
}
