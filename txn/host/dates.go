package host

import (
	"time"
)

// nearest is the moment with this month, day and clock whose year lies closest
// to ref: fields 7 and 13 carry no year, and a message sent on 31 December may
// be read on 1 January. 29 February finds the nearest leap year. It reports
// false for a date or time that does not exist.
func nearest(ref time.Time, month, day, hour, minute, second int, loc *time.Location) (time.Time, bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, false
	}
	year := ref.In(loc).Year()
	reach := 1
	if month == 2 && day == 29 {
		reach = 8 // 1896 to 1904 is the longest way between leap years
	}
	var best time.Time
	found := false
	for y := year - reach; y <= year+reach; y++ {
		t := time.Date(y, time.Month(month), day, hour, minute, second, 0, loc)
		if int(t.Month()) != month { // the month is shorter
			continue
		}
		if !found || t.Sub(ref).Abs() < best.Sub(ref).Abs() {
			best, found = t, true
		}
	}
	return best, found
}

// digitsInt is the number that ASCII digits make. The element has checked that
// they are digits.
func digitsInt(b []byte) int {
	n := 0
	for _, c := range b {
		n = n*10 + int(c-'0')
	}
	return n
}

// appendDigits appends n in exactly width digits, zeros in front kept. n must
// fit.
func appendDigits(dst []byte, n int64, width int) []byte {
	from := len(dst)
	for range width {
		dst = append(dst, '0')
	}
	for i := len(dst) - 1; i >= from; i-- {
		dst[i] = byte('0' + n%10)
		n /= 10
	}
	return dst
}

// appendMoment appends MMDDhhmmss of field 7.
func appendMoment(dst []byte, t time.Time) []byte {
	dst = appendDate(dst, t)
	return appendClock(dst, t)
}

func appendDate(dst []byte, t time.Time) []byte {
	_, month, day := t.Date()
	dst = appendDigits(dst, int64(month), 2)
	return appendDigits(dst, int64(day), 2)
}

func appendClock(dst []byte, t time.Time) []byte {
	hour, minute, second := t.Clock()
	dst = appendDigits(dst, int64(hour), 2)
	dst = appendDigits(dst, int64(minute), 2)
	return appendDigits(dst, int64(second), 2)
}
