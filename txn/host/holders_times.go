package host

import "time"

func putSentUTC(m *content, _ *part, dst []byte) ([]byte, error) {
	if m.request.At.IsZero() {
		return dst, nil
	}
	return appendMoment(dst, m.request.At.UTC()), nil
}

func takeSentUTC(m *content, _ *part, v []byte) error { copy(m.moment[:], v); return nil }

func putTime(m *content, _ *part, dst []byte) ([]byte, error) {
	if t := m.mine(); !t.IsZero() {
		return appendClock(dst, t), nil
	}
	return dst, nil
}

func takeTime(m *content, _ *part, v []byte) error { copy(m.clock[:], v); return nil }

func putDate(m *content, _ *part, dst []byte) ([]byte, error) {
	if t := m.mine(); !t.IsZero() {
		return appendDate(dst, t), nil
	}
	return dst, nil
}

func takeDate(m *content, _ *part, v []byte) error { copy(m.date[:], v); return nil }

func putMoment(m *content, _ *part, dst []byte) ([]byte, error) {
	if t := m.mine(); !t.IsZero() {
		return appendFull(dst, t), nil
	}
	return dst, nil
}

func takeMoment(m *content, _ *part, v []byte) (err error) {
	m.local, err = fullMoment(v)
	return err
}

// appendFull appends YYMMDDhhmmss.
func appendFull(dst []byte, t time.Time) []byte {
	return appendMoment(appendDigits(dst, int64(t.Year()%100), 2), t)
}

// fullMoment reads YYMMDDhhmmss of this century, in no zone yet.
func fullMoment(v []byte) (time.Time, error) {
	n := func(i int) int { return digitsInt(v[i : i+2]) }
	t := time.Date(2000+n(0), time.Month(n(2)), n(4), n(6), n(8), n(10), 0, time.UTC)
	if int(t.Month()) != n(2) || t.Day() != n(4) || t.Hour() != n(6) || t.Minute() != n(8) || t.Second() != n(10) {
		return time.Time{}, ErrDate
	}
	return t, nil
}
