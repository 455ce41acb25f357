package sim

import (
	"strconv"
	"time"
)

// Reference numbers and approval codes follow from a row's number, and lead back
// to it.

const million = 1_000_000

// An approval code is the row's number by a factor prime to a million, and more.
const (
	factor  = 7919
	inverse = 17_679 // factor*inverse is 1 modulo a million
	offset  = 271_828
)

// references makes the reference number (field 37: last digit of the year, day
// of the year, hour, six digits of the row's number) and the approval code
// (field 38) of a row. Both follow from the row alone, and the approval codes
// of a million rows in a row all differ.
func references(at time.Time, seq uint64) (rrn, auth string) {
	var b [18]byte
	fill(b[0:1], uint64(at.Year())%10) //nolint:gosec // no year is negative
	fill(b[1:4], uint64(at.YearDay())) //nolint:gosec // 1 to 366
	fill(b[4:6], uint64(at.Hour()))    //nolint:gosec // 0 to 23
	fill(b[6:12], seq%million)
	fill(b[12:18], (seq%million*factor+offset)%million)
	s := string(b[:])
	return s[:12], s[12:]
}

// unscramble is the last six digits of the number of the row an approval code
// is of; a million where it is none of ours.
func unscramble(auth string) uint64 {
	n, err := strconv.ParseUint(auth, 10, 64)
	if err != nil || len(auth) != 6 {
		return million
	}
	return (n + million - offset) % million * inverse % million
}

// sequence is the same of a reference number.
func sequence(rrn string) uint64 {
	if len(rrn) != 12 {
		return million
	}
	n, err := strconv.ParseUint(rrn[6:], 10, 64)
	if err != nil {
		return million
	}
	return n
}

// fill writes n in decimal into all of b.
func fill(b []byte, n uint64) {
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
}
