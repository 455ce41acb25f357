package config

import (
	"github.com/pelletier/go-toml/v2/unstable"

	"vpos/reader"
	"vpos/txn"
)

// Fees are what reports estimate by: what the acquirer takes, and when it pays.
type Fees struct {
	Rates txn.Rates // none: no word of fees
	Days  int       // working days from the settlement to the money
}

// rate is a row whose value is what the acquirer takes of one brand's sales, empty for
// that of all other brands.
func rate(key string, brand reader.Brand) field {
	return field{
		key: key, kind: unstable.String,
		set: func(c *Config, value string) *fault {
			own, ok := txn.ParseRates(brand, value, c.Terminal.Currency)
			if !ok {
				most := txn.Money{Minor: 2000, Currency: c.Terminal.Currency}.Decimal()
				return &fault{code: WrongWord, want: `"0.60%" | "credit 0.60%, debit 0.50% max ` + most + `" | ""`}
			}
			c.Fees.Rates = c.Fees.Rates.With(brand, own)
			return nil
		},
		show: func(c Config) string { return quote(c.Fees.Rates.Of(brand).String(c.Terminal.Currency)) },
	}
}
