package emv

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// Certificates are good through the end of their month, keys through their day.
func TestCertificateDates(t *testing.T) {
	for day, want := range map[string]bool{"2030-12-31": false, "2031-01-01": true} {
		at, _ := time.Parse("2006-01-02", day)
		if certExpired([]byte{0x12, 0x30}, at) != want {
			t.Errorf("%s: want expired %v", day, want)
		}
	}
	cfg := shop()
	cfg.Keys[0].Expiry = today
	rid := cfg.Keys[0].RID
	cfg.Revoked = []Revocation{{RID: rid, Index: 0x99}, {RID: rid, Index: 0x98, Serial: [3]byte{0, 0, 7}}, {Index: 0x99, Serial: [3]byte{0, 0, 7}}}
	if o := run(t, cfg, sale(), newFake(t, deal(signs(aipSDA))), nil); o.TVR.Has(SDAFailed) {
		t.Error("a CA key is good on its last day, and another certificate was revoked")
	}
}

// What a certificate may say about its own key.
func TestCertificateKeys(t *testing.T) {
	odd := bytes.Repeat([]byte{0xC1}, 40)
	even := append(bytes.Clone(odd[:39]), 0xC0)
	for name, c := range map[string]struct {
		cert      certificate
		remainder []byte
		exponent  []byte
		want      AuthFault
	}{
		"whole":              {certificate{keyLen: 40, expLen: 1, left: odd}, nil, []byte{3}, AuthGood},
		"padded":             {certificate{keyLen: 40, expLen: 1, left: append(bytes.Clone(odd), 0xBB, 0xBB)}, nil, []byte{3}, AuthGood},
		"in two parts":       {certificate{keyLen: 40, expLen: 3, left: odd[:30]}, odd[30:], []byte{1, 0, 1}, AuthGood},
		"remainder missing":  {certificate{keyLen: 40, expLen: 1, left: odd[:30]}, nil, []byte{3}, AuthMissing},
		"remainder too long": {certificate{keyLen: 40, expLen: 1, left: odd[:30]}, odd[29:], []byte{3}, AuthKeyLength},
		"remainder for none": {certificate{keyLen: 40, expLen: 1, left: odd}, odd[30:], []byte{3}, AuthKeyLength},
		"exponent":           {certificate{keyLen: 40, expLen: 2, left: odd}, nil, []byte{3}, AuthKeyLength},
		"even":               {certificate{keyLen: 40, expLen: 1, left: even}, nil, []byte{3}, AuthKey},
		"even exponent":      {certificate{keyLen: 40, expLen: 1, left: odd}, nil, []byte{2}, AuthKey},
		"long exponent":      {certificate{keyLen: 40, expLen: 4, left: odd}, nil, []byte{1, 0, 0, 1}, AuthKey},
	} {
		if key, fault := c.cert.key(c.remainder, c.exponent); fault != c.want || key.usable() != (fault == AuthGood) {
			t.Errorf("%s: %q", name, fault)
		}
	}
	small := newKey(38, 3)
	cert := small.seal([]byte{4}, nil, nil)
	if _, fault := (cardCert{issuer: small.public, cert: cert, pan: []byte(testPAN), at: today}).recover(); fault != AuthLength {
		t.Errorf("no room for a certificate: %q", fault)
	}
	cert = small.seal([]byte{2}, nil, nil)
	if _, fault := (issuerCert{ca: small.public, cert: cert, pan: []byte(testPAN), at: today}).recover(); fault == AuthGood {
		t.Error("no room for an issuer certificate")
	}
	if _, _, ok := dynamicNumber(nil); ok {
		t.Error("nothing is no number")
	}
}

func TestCAPKCheck(t *testing.T) {
	cfg := shop()
	if err := cfg.Check(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*Config)
		want   string
	}{
		"sum":        {func(c *Config) { c.Keys[0].Checksum[3] ^= 1 }, "checksum"},
		"modulus":    {func(c *Config) { c.Keys[0].Modulus = []byte{1}; c.Keys[0].Checksum = c.Keys[0].Sum() }, "modulus"},
		"aid":        {func(c *Config) { c.Applications[0].AID = []byte{1} }, "AID"},
		"percentage": {func(c *Config) { c.Applications[0].Target = 100 }, "percentages"},
		"floor":      {func(c *Config) { c.Applications[0].Floor = -1 }, "limits"},
		"acquirer":   {func(c *Config) { c.Terminal.Acquirer = "x" }, "acquirer"},
		"country":    {func(c *Config) { c.Terminal.Country = 0 }, "country"},
		"type":       {func(c *Config) { c.Terminal.Type = 0x27 }, "type"},
	} {
		cfg := shop()
		c.change(&cfg)
		if err := cfg.Check(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
