package keys

import (
	"testing"
)

func TestMACRefuses(t *testing.T) {
	_, err := MAC("crc").Sum(key(t, hush), nil)
	wants(t, err, ErrMethod)
	_, err = NoMAC.Sum(key(t, hush), nil)
	wants(t, err, ErrMethod)
	for _, m := range MACs() {
		for _, digits := range []string{hush[:16], hush, hush + hush[:16], hush + hush} {
			k := key(t, digits)
			allowed := map[MAC]map[int]bool{
				X9_9: {8: true}, X9_19: {16: true}, CMACTDES: {16: true, 24: true},
				CMACAES: {16: true, 24: true, 32: true}, UnionPay: {8: true, 16: true},
			}[m][k.Len()]
			if _, err := m.Sum(k, []byte("x")); allowed != (err == nil) {
				t.Errorf("%s under %d bytes: %v", m, k.Len(), err)
			} else if err != nil {
				wants(t, err, ErrKeyLength)
			}
		}
		_, err := m.Sum(Key{}, nil)
		wants(t, err, ErrKeyLength)
	}
}

// One bit of the message or of the key changes the code. A fold by XOR cannot see two
// blocks change places: that is the method's weakness, not ours, and is held here so
// that nobody mistakes it for a good one.
func TestMACSeesEveryBit(t *testing.T) {
	message := []byte("sixteen bytes oksixteen bytes ok and a tail")
	for _, m := range MACs() {
		size := m.lengths()[0]
		k := key(t, hush[:2*size])
		whole, err := m.Sum(k, message)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 8 * len(message) {
			changed := append([]byte(nil), message...)
			changed[i/8] ^= 1 << (i % 8)
			if other, err := m.Sum(k, changed); err != nil || other == whole {
				t.Errorf("%s: bit %d does not count, %v", m, i, err)
			}
		}
		swapped := append(append(append([]byte(nil), message[8:16]...), message[:8]...), message[16:]...)
		other, err := m.Sum(k, swapped)
		if err != nil || (other == whole) != (m == UnionPay) {
			t.Errorf("%s: blocks that changed places: %v", m, err)
		}
	}
}

func TestSumLeavesTheMessage(t *testing.T) {
	backing := []byte("twelve bytes, and what the caller keeps behind them")
	want := string(backing)
	for _, m := range MACs() {
		if _, err := m.Sum(key(t, hush[:2*m.lengths()[0]]), backing[:12]); err != nil {
			t.Fatal(err)
		}
	}
	if string(backing) != want {
		t.Error("the message was written to")
	}
}

func TestCheckValueRefuses(t *testing.T) {
	for c, digits := range map[Cipher]string{TDES: hush + hush, AES: hush[:16]} {
		_, err := key(t, digits).CheckValue(c)
		wants(t, err, ErrKeyLength)
	}
}
