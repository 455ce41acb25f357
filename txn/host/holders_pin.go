package host

import (
	"bytes"

	"vpos/txn/host/keys"
)

// The PIN.

func putPINLength(m *content, _ *part, dst []byte) ([]byte, error) {
	if m.block == nil {
		return dst, nil
	}
	return append(dst, m.codec.profile.PINLength...), nil
}

func putPINBlock(m *content, _ *part, dst []byte) ([]byte, error) {
	return append(dst, m.block...), nil
}

func takePINBlock(m *content, _ *part, v []byte) error { m.block = bytes.Clone(v); return nil }

func putKSN(m *content, _ *part, dst []byte) ([]byte, error) { return append(dst, m.ksn...), nil }

func takeKSN(m *content, _ *part, v []byte) error { m.ksn = bytes.Clone(v); return nil }

// Field 53: the PIN block's format, the length of its key, whether the track is
// encrypted. It is there with a PIN, and with an encrypted track.

func putPINFormat(m *content, _ *part, dst []byte) ([]byte, error) {
	switch {
	case m.block == nil && m.track == nil:
		return dst, nil
	case m.block == nil:
		return append(dst, '0'), nil
	case m.codec.profile.Keys.PIN == keys.ISO1:
		return append(dst, '1'), nil
	}
	return append(dst, '2'), nil
}

func putKeyLength(m *content, _ *part, dst []byte) ([]byte, error) {
	switch {
	case m.block == nil:
		return dst, nil
	case m.codec.profile.Keys.Blob == keys.Blob24:
		return append(dst, '0'), nil
	}
	return append(dst, '6'), nil
}

func putTrackKey(m *content, _ *part, dst []byte) ([]byte, error) {
	if m.track == nil {
		return dst, nil
	}
	return append(dst, '1'), nil
}
