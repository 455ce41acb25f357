package keys

import "testing"

func TestTestKeysAreKnown(t *testing.T) {
	for _, digits := range []string{
		"0123456789ABCDEFFEDCBA9876543210",
		"0022446688AACCEEFEDCBA9876543210", // the same to DES: parity bits apart
		"0123456789ABCDEF",
		"70F2A84CCBC2AE8625CBB0F2C22AB923",
		"00000000000000000000000000000000",
		"11111111111111111111111111111111",
		"3131313131313131",
		"30313031303130313130313031303130", // parity bits of 30… made odd here and there
		"2B7E151628AED2A6ABF7158809CF4F3C",
	} {
		if !IsTestKey(key(t, digits)) {
			t.Errorf("%s passes for a key", digits)
		}
	}
	for _, digits := range []string{
		"0123456789ABCDEFFEDCBA9876543213", // one bit that counts
		"1CA3F6D85E0B9247C1D36F8E5A40B927",
	} {
		if IsTestKey(key(t, digits)) {
			t.Errorf("%s passes for a test key", digits)
		}
	}
	if IsTestKey(Key{}) {
		t.Error("no key is no test key")
	}
	if check, err := TestTMK.CheckValue(TDES); err != nil || upperHex(check[:]) != "08D7B4" {
		t.Errorf("check value of the test key: %X, %v", check, err)
	}
}
