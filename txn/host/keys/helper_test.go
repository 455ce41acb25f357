package keys

import (
	"encoding/hex"
	"errors"
	"io"
	"testing"

	"vpos/reader"
)

func unhex(t testing.TB, digits string) []byte {
	t.Helper()
	b, err := hex.DecodeString(digits)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func key(t testing.TB, digits string) Key {
	t.Helper()
	k, err := NewKey(unhex(t, digits))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func pan(t testing.TB, digits string) reader.PAN {
	t.Helper()
	p, err := reader.RestorePAN([]byte(digits))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func pin(digits string) reader.Secret { return reader.NewSecret(digits) }

// open is the clear PIN block: what is sealed, decrypted by other means than OpenPIN.
func open(t testing.TB, k Key, block []byte) string {
	t.Helper()
	c, err := tdes(k.bytes())
	if err != nil {
		t.Fatal(err)
	}
	return upperHex(decryptECB(c, block))
}

// stuck is a source of chance that gives one byte over and over, or fails.
type stuck struct {
	b   byte
	err error
}

func (s stuck) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	for i := range p {
		p[i] = s.b
	}
	return len(p), nil
}

var errNoChance = errors.New("no chance")

var _ io.Reader = stuck{}

func wants(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}

func upperHex(b []byte) string { return string(spelt(b)) }
