package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// said is what a picture says, run by run.
func said(t *testing.T, svg []byte) []string {
	t.Helper()
	var runs []string
	d := xml.NewDecoder(strings.NewReader(string(svg)))
	inside := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return runs
		}
		if err != nil {
			t.Fatalf("no XML: %v\n%s", err, svg)
		}
		switch token := token.(type) {
		case xml.StartElement:
			inside = token.Name.Local == "text"
		case xml.EndElement:
			inside = false
		case xml.CharData:
			if inside {
				runs = append(runs, string(token))
			}
		}
	}
}

func TestDraw(t *testing.T) {
	rows := parse([]string{"\x1b[1m\x1b[38;2;1;2;3m签 <a>\x1b[0m  b", "╭──╮", "│██│", "╰──╯"})
	svg := string(draw(window, rows))
	if got := strings.Join(said(t, []byte(svg)), "|"); got != "签|<a>|b" {
		t.Errorf("says %q", got)
	}
	for _, want := range []string{
		`x="12" y="24.9" textLength="16.86" font-size="15.5"`, // a wide glyph: two cells
		`x="37.29" y="24.9" textLength="25.29"`,               // what is behind it stands in the fourth
		"{fill:#010203;font-weight:bold}",
		"M20.43 37.5H37.29", // two signs of a frame, one line
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %s in\n%s", want, svg)
		}
	}
	if strings.ContainsAny(svg, "─│╭█") {
		t.Error("a frame is drawn as letters")
	}
}

func TestSteady(t *testing.T) {
	for from, want := range map[string]string{
		"TRAIN001  2031-11-23 23:59":                     "TRAIN001  2026-03-04 10:24",
		"│ Time   2031-11-23 23:59:58 │":                 "│ Time   2026-03-04 10:24:30 │",
		"日期时间     2031/11/23 23:59:58":                   "日期时间     2026/03/04 10:24:30",
		"│ ✓ Disk  free 7 GB · write 14.23 ms         │": "│ ✓ Disk  free 30.3 GB · write 2.5 ms        │",
		"授权码    123456":                                  "授权码    279747",
		"Reference 632710000017":                         "Reference 606310000017",
		"11-23 10:17  000001  Sale":                      "03-04 10:24  000001  Sale",
		"last 000012 23:59":                              "last 000012 10:24",
		"批次号 000001":                                     "批次号 000001",
	} {
		row := steady(parse([]string{from})[0])
		if got, _ := spoken(row); got != want {
			t.Errorf("%q: %q, want %q", from, got, want)
		}
	}
}
