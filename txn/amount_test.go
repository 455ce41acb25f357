package txn_test

import (
	"testing"

	"vpos/txn"
)

func currency(t testing.TB, code string) txn.Currency {
	t.Helper()
	c, ok := txn.CurrencyByCode(code)
	if !ok {
		t.Fatalf("no currency %s", code)
	}
	return c
}

func TestParseAmount(t *testing.T) {
	tests := []struct {
		text, currency string
		minor          int64
		code           txn.Code
	}{
		{"1234", "CNY", 1234, ""}, {"1", "CNY", 1, ""}, {"0005", "CNY", 5, ""},
		{"12.5", "CNY", 1250, ""}, {"12.", "CNY", 1200, ""}, {".5", "CNY", 50, ""},
		{"3*4.50+2", "CNY", 1550, ""}, {"3×4.50+2=", "CNY", 1550, ""}, {"３＊４．５０＋２＝", "CNY", 1550, ""},
		{"2+3*4", "CNY", 1400, ""}, {"10-0.5*3", "CNY", 850, ""}, {"010*010", "CNY", 10000, ""},
		{"1.235*4.99", "CNY", 616, ""}, // 6.16265
		{"0.5*0.01", "CNY", 1, ""},     // half a fen rounds up
		{"0.4*0.01", "CNY", 0, txn.AmountZero},
		{"1234", "JPY", 1234, ""}, {"12.5", "JPY", 0, txn.AmountFraction}, {"2*1.5", "JPY", 3, ""},
		{"1234", "KWD", 1234, ""}, {"1.234", "KWD", 1234, ""}, {"1.2345", "KWD", 0, txn.AmountFraction},
		{"999999999999", "CNY", 999_999_999_999, ""},
		{"1000000000000", "CNY", 0, txn.AmountTooLarge},
		{"9999999999.99*10", "CNY", 0, txn.AmountTooLarge},
		{"99999999999999999999999999999999999999999999", "CNY", 0, txn.AmountTooLarge},
		{"1111111111111111111111111111111111111111111111111111111111111111111111", "CNY", 0, txn.AmountTooLarge},
		{"", "CNY", 0, txn.AmountZero}, {"0", "CNY", 0, txn.AmountZero}, {"5-5", "CNY", 0, txn.AmountZero},
		{"5-6", "CNY", 0, txn.AmountNegative}, {"-5", "CNY", 0, txn.AmountNegative},
		{"12.345", "CNY", 0, txn.AmountFraction},
		{"abc", "CNY", 0, txn.AmountFormat}, {"1+", "CNY", 0, txn.AmountFormat}, {"*2", "CNY", 0, txn.AmountFormat},
		{"1..2", "CNY", 0, txn.AmountFormat}, {"1.2.3", "CNY", 0, txn.AmountFormat}, {"5+-3", "CNY", 0, txn.AmountFormat},
		{"1e9", "CNY", 0, txn.AmountFormat}, {"0b10*1", "CNY", 0, txn.AmountFormat}, {".", "CNY", 0, txn.AmountFormat},
		{"1/3", "CNY", 0, txn.AmountFormat}, {"2**3", "CNY", 0, txn.AmountFormat},
	}
	for _, tt := range tests {
		got, code := txn.ParseAmount(tt.text, currency(t, tt.currency), 0)
		if code != tt.code || got.Minor != tt.minor {
			t.Errorf("%q in %s = %d %q, want %d %q", tt.text, tt.currency, got.Minor, code, tt.minor, tt.code)
		}
	}
	if _, code := txn.ParseAmount("1001", currency(t, "CNY"), 1000); code != txn.AmountTooLarge {
		t.Errorf("over the terminal's limit: %q", code)
	}
}

func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"1234", "3*4.50+2", "-", "...", "９９", "1e400*1e400", "0.0000000001*9"} {
		f.Add(s)
	}
	cny := currency(f, "CNY")
	f.Fuzz(func(t *testing.T, text string) {
		m, code := txn.ParseAmount(text, cny, 0)
		if code == txn.NoProblem && (m.Minor <= 0 || m.Minor > txn.MaxMinor) {
			t.Errorf("%q gave %d", text, m.Minor)
		}
		if code == txn.NoProblem {
			if again, code := txn.ParseAmount(m.Decimal(), cny, 0); code != txn.NoProblem || again != m {
				t.Errorf("%q gave %s, which reads as %s %q", text, m, again, code)
			}
		}
	})
}

func TestMoneyText(t *testing.T) {
	tests := []struct {
		currency         string
		minor            int64
		decimal, grouped string
	}{
		{"CNY", 123456789, "1234567.89", "1,234,567.89"}, {"CNY", 5, "0.05", "0.05"}, {"CNY", -1250, "-12.50", "-12.50"},
		{"JPY", 1234, "1234", "1,234"}, {"KWD", 1234567, "1234.567", "1,234.567"}, {"JPY", -123, "-123", "-123"},
	}
	for _, tt := range tests {
		m := txn.Money{Minor: tt.minor, Currency: currency(t, tt.currency)}
		if m.Decimal() != tt.decimal || m.Grouped() != tt.grouped {
			t.Errorf("%s %d: %s %s, want %s %s", tt.currency, tt.minor, m.Decimal(), m.Grouped(), tt.decimal, tt.grouped)
		}
	}
}
