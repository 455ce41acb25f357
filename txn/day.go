package txn

import (
	"fmt"
	"strings"
	"time"
)

// Day is a calendar day by the terminal's wall clock, as the digits of its date:
// 20260314. Zero is no day.
type Day int32

// DayOf is the day of a moment, by the clock of its own zone.
func DayOf(t time.Time) Day {
	if t.IsZero() {
		return 0
	}
	return dayOf(t.Date())
}

func dayOf(y int, m time.Month, d int) Day {
	return Day(y*10_000 + int(m)*100 + d) //nolint:gosec // eight digits
}

// MakeDay is the day that digits spell; zero for digits that spell none.
func MakeDay(digits int64) Day {
	if digits < 10_000_101 || digits > 99_991_231 {
		return 0
	}
	d := Day(digits)
	if DayOf(d.Time()) != d {
		return 0
	}
	return d
}

// Time is midnight of the day in UTC.
func (d Day) Time() time.Time {
	return time.Date(int(d/10_000), time.Month(d/100%100), int(d%100), 0, 0, 0, 0, time.UTC)
}

// Add is n days later.
func (d Day) Add(n int) Day { return DayOf(d.Time().AddDate(0, 0, n)) }

// String is 2026-03-14; empty for no day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d/10_000, d/100%100, d%100)
}

// ParseDay reads a day: MMDD as slips have it, which is the newest such day up to today,
// or the year before it, YYYYMMDD, or YYYY-MM-DD. A text that is no day is refused with
// [DateFormat].
func ParseDay(text string, today Day) (Day, Code) {
	digits := text
	if len(text) == len("2026-03-14") && text[4] == '-' && text[7] == '-' {
		digits = strings.ReplaceAll(text, "-", "")
	}
	n := int64(0)
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return 0, DateFormat
		}
		n = n*10 + int64(c-'0')
		if n > 99_991_231 {
			return 0, DateFormat
		}
	}
	day := Day(0)
	switch len(digits) {
	case 8:
		day = MakeDay(n)
	case 4:
		day = newest(n, today)
	}
	if day == 0 {
		return 0, DateFormat
	}
	return day, NoProblem
}

// newest is the last day of that month and number up to today; zero where there has been
// none for eight years, the longest that a 29 February is waited for.
func newest(monthDay int64, today Day) Day {
	year := int64(today / 10_000)
	for y := year; y >= year-8; y-- {
		if day := MakeDay(y*10_000 + monthDay); day != 0 && day <= today {
			return day
		}
	}
	return 0
}
