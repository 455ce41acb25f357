package emv

import (
	"bytes"
	"time"
)

// The bits of the application usage control (9F07; Book 3, table 38), as
// byte 1 then byte 2.
const (
	useDomesticCash     = 0x8000
	useForeignCash      = 0x4000
	useDomesticPurchase = 0x2000 | 0x0800 // goods or services
	useForeignPurchase  = 0x1000 | 0x0400
	useATM              = 0x0200
	useElsewhere        = 0x0100
	useDomesticCashback = 0x0080
	useForeignCashback  = 0x0040
)

// restrict is Book 3, 10.4. None of it stops a transaction; it sets bits the
// action codes look at.
func (k *Kernel) restrict() Request {
	k.phase = PhaseRestrict
	if v, ok := k.data[tagCardVersion]; ok && !bytes.Equal(v, k.app.Version[:]) { // 10.4.1
		k.note(RuleVersion, hexed(v), VersionDiffer)
	}
	if what := k.usage(); what != "" {
		k.note(RuleUsage, what, NotAllowed)
	}
	today := dayOf(k.txn.Time)
	if v, ok := k.data[tagEffective]; ok && packedDay(v) > today {
		k.note(RuleEffective, "", NotYet)
	}
	if packedDay(k.data[tagExpiry]) < today {
		k.note(RuleExpiry, "", Expired)
	}
	return k.verify()
}

// packedDay is YYMMDD as a day to compare (YYYYMMDD).
func packedDay(b []byte) int {
	year, _ := bcd(b[0])
	month, _ := bcd(b[1])
	day, _ := bcd(b[2])
	return dayOf(time.Date(pivot(year), time.Month(month), 1, 0, 0, 0, 0, time.UTC)) - 1 + day
}

// usage is Book 3, 10.4.2: what the card may not be used for, empty for
// nothing. Without usage control everything is allowed; without the issuer's
// country only the kind of terminal counts.
func (k *Kernel) usage() string {
	v, ok := k.data[tagUsage]
	if !ok {
		return ""
	}
	control := int(v[0])<<8 | int(v[1])
	place, where := useElsewhere, "terminal"
	if k.cfg.Terminal.atm() {
		place, where = useATM, "atm"
	}
	if control&place == 0 {
		return where
	}
	country, ok := k.data[tagIssuerNation]
	if !ok {
		return ""
	}
	home := bytes.Equal(country, k.data[tagNation])
	pick := func(domestic, foreign int) int {
		if home {
			return domestic
		}
		return foreign
	}
	cash := k.txn.Type == TypeCash
	switch {
	case cash && control&pick(useDomesticCash, useForeignCash) == 0:
		return "cash"
	case !cash && control&pick(useDomesticPurchase, useForeignPurchase) == 0:
		return "purchase"
	case !cash && k.txn.Other > 0 && control&pick(useDomesticCashback, useForeignCashback) == 0:
		return "cashback"
	}
	return ""
}
