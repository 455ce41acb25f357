package html

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"vpos/receipts"
	"vpos/receipts/samples"
	"vpos/receipts/svg"
)

// The sheet holds the very drawing, names its language, fits its paper and asks for nothing
// from outside.
func TestRender(t *testing.T) {
	outside := regexp.MustCompile(`(?i)(src|href|url\(|@import|<script|<link)`)
	for _, s := range samples.All() {
		for _, columns := range []int{32, 42, 48} {
			page, err := s.Render(samples.Options(receipts.Both, columns, false))
			if err != nil {
				t.Fatal(err)
			}
			got := Render(page, Options{Title: "<" + s.Name + ">", Lang: `z"h`})
			if !bytes.Contains(got, svg.Render(page)) {
				t.Fatalf("%s: another drawing", s.Name)
			}
			if found := outside.Find(got); found != nil {
				t.Fatalf("%s: %s", s.Name, found)
			}
			for _, want := range []string{"<title>&lt;" + s.Name + "&gt;</title>", `<html lang="z&#34;h">`, map[int]string{32: "58mm", 42: "80mm", 48: "80mm"}[columns]} {
				if !strings.Contains(string(got), want) {
					t.Errorf("%s lacks %s", s.Name, want)
				}
			}
		}
	}
}
