package main

import (
	"regexp"
	"strings"
)

// fixed are the figures that differ from run to run, and what is drawn for them.
var fixed = []struct {
	is   *regexp.Regexp
	draw string
}{
	{regexp.MustCompile(`\b20\d\d-\d\d-\d\d( \d\d:\d\d)`), "2026-03-04 10:24"},
	{regexp.MustCompile(`\b20\d\d/\d\d/\d\d( \d\d:\d\d:\d\d)`), "2026/03/04 10:24:30"},
	{regexp.MustCompile(`2026-03-04 10:24(:\d\d)`), "2026-03-04 10:24:30"},
	{regexp.MustCompile(`\b20\d\d-\d\d-\d\d (Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b`), "2026-03-04 Wed"},
	{regexp.MustCompile(`\b20\d\d-\d\d-\d\d (周.)`), "2026-03-04 周三"},
	{regexp.MustCompile(`\b20\d\d-\d\d-\d\d\b`), "2026-03-04"},
	{regexp.MustCompile(`\b\d\d-\d\d \d\d:\d\d\b`), "03-04 10:24"},
	{regexp.MustCompile(`\b\d\d:\d\d:\d\d\b`), "10:24:30"},
	{regexp.MustCompile(`\b(\d{6}) \d\d:\d\d\b`), "$1 10:24"},
	{regexp.MustCompile(`\b\d{6}(\d{6})\b`), "606310$1"},
	{regexp.MustCompile(`((?:Auth code|授权码|AUTH CODE) +)\d{6}\b`), "${1}279747"},
	{regexp.MustCompile(`\b[\d.]+ GB\b`), "30.3 GB"},
	{regexp.MustCompile(`\b[\d.]+ (ms|毫秒)`), "2.5 $1"},
	{regexp.MustCompile(`\b[0-9a-f]{16}\b`), "904d2a140009b387"},
	{regexp.MustCompile(`\b[0-9a-f]{64}\b`), strings.Repeat("0123456789abcdef", 4)},
	{regexp.MustCompile(`\bgo1\.[\d.]+ [a-z]+/[a-z0-9]+`), "go1.26 linux/amd64"},
}

// steady puts the fixed figures into a row. A figure that is longer or shorter is made up
// for by the blanks behind it, so that the frame stays where it is.
func steady(row []cell) []cell {
	for _, f := range fixed {
		for from := 0; ; {
			said, at := spoken(row)
			if from > len(said) {
				break
			}
			m := f.is.FindStringSubmatchIndex(said[from:])
			if m == nil {
				break
			}
			for i := range m {
				m[i] += from
			}
			drawn := string(f.is.ExpandString(nil, f.draw, said, m))
			row = replaced(row, at[m[0]], at[m[1]], drawn)
			from = m[0] + len(drawn)
		}
	}
	return row
}

// spoken is the text of a row, and of each of its bytes the cell it begins in.
func spoken(row []cell) (string, []int) {
	var said strings.Builder
	var at []int
	for x, c := range row {
		said.WriteString(c.text)
		for range len(c.text) {
			at = append(at, x)
		}
	}
	return said.String(), append(at, len(row))
}

// replaced draws another text in place of some cells.
func replaced(row []cell, from, to int, drawn string) []cell {
	before := to - from
	var cells []cell
	for _, c := range parse([]string{drawn})[0] {
		c.look = row[from].look
		cells = append(cells, c)
	}
	after := append([]cell(nil), row[to:]...)
	for i := 0; i+1 < len(after) && len(cells) != before; i++ {
		if !blank(after, i) || !blank(after, i+1) {
			continue
		}
		if grown := len(cells) - before; grown > 0 {
			after = append(after[:i], after[i+1:]...)
			before++
			i--
		} else {
			after = append(after[:i+1], after[i:]...)
			before--
		}
	}
	return append(append(append([]cell(nil), row[:from]...), cells...), after...)
}
