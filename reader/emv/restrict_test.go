package emv

import (
	"testing"
)

func TestRestrictions(t *testing.T) {
	atm := func(c *Config) { c.Terminal.Type = 0x14 }
	for name, c := range map[string]struct {
		change func(*app)
		cfg    func(*Config)
		txn    func(*Transaction)
		tvr    byte
	}{
		"all well":           {func(*app) {}, nil, nil, 0},
		"version":            {set(tagCardVersion, "0003"), nil, nil, 0x80},
		"no version":         {drop(tagCardVersion), nil, nil, 0},
		"expired yesterday":  {set(tagExpiry, "261121"), nil, nil, 0x40},
		"expires today":      {set(tagExpiry, "261122"), nil, nil, 0},
		"last century":       {set(tagExpiry, "991231"), nil, nil, 0x40},
		"effective tomorrow": {set(tagEffective, "261123"), nil, nil, 0x20},
		"effective today":    {set(tagEffective, "261122"), nil, nil, 0},
		"no effective date":  {drop(tagEffective), nil, nil, 0},
		"no usage control":   {drop(tagUsage), nil, nil, 0},
		"ATMs only":          {set(tagUsage, "FEC0"), nil, nil, 0x10},
		"no ATMs":            {set(tagUsage, "FDC0"), atm, nil, 0x10},
		"ATM":                {set(tagUsage, "FEC0"), atm, func(t *Transaction) { t.Type = TypeCash }, 0},
		"no country":         {func(a *app) { drop(tagIssuerNation)(a); set(tagUsage, "0100")(a) }, nil, nil, 0},
		"home purchase only": {set(tagUsage, "2100"), nil, nil, 0},
		"home services":      {set(tagUsage, "0900"), nil, nil, 0},
		"foreign only":       {set(tagUsage, "5540"), nil, nil, 0x10},
		"foreign card":       {func(a *app) { set(tagUsage, "1100")(a); set(tagIssuerNation, "0840")(a) }, nil, nil, 0},
		"foreign card, home": {func(a *app) { set(tagUsage, "2900")(a); set(tagIssuerNation, "0840")(a) }, nil, nil, 0x10},
		"cash":               {set(tagUsage, "8100"), nil, func(t *Transaction) { t.Type = TypeCash }, 0},
		"no cash":            {set(tagUsage, "7FC0"), nil, func(t *Transaction) { t.Type = TypeCash }, 0x10},
		"cashback":           {set(tagUsage, "2180"), nil, func(t *Transaction) { t.Type, t.Other = TypeCashback, 10 }, 0},
		"no cashback":        {set(tagUsage, "FF40"), nil, func(t *Transaction) { t.Type, t.Other = TypeCashback, 10 }, 0x10},
	} {
		cfg, txn := shop(), sale()
		if c.cfg != nil {
			c.cfg(&cfg)
		}
		if c.txn != nil {
			c.txn(&txn)
		}
		o := run(t, cfg, txn, newFake(t, deal(c.change)), &people{online: host(HostUnable, "")})
		if o.TVR[1] != c.tvr {
			t.Errorf("%s: TVR %s, want %02X in byte 2", name, o.TVR, c.tvr)
		}
	}
}
