package deck

import "testing"

// What a program pays when it first looks into the deck, and for a card with
// certificates when its first record is read.
func BenchmarkLibrary(b *testing.B) {
	entries, _ := files.ReadDir("cards")
	for b.Loop() {
		for _, e := range entries {
			text, _ := files.ReadFile("cards/" + e.Name())
			if _, err := parse(text); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(entries)), "cards")
}

func BenchmarkCertificates(b *testing.B) {
	for b.Loop() {
		c, err := Find("mastercard-credit")
		if err != nil {
			b.Fatal(err)
		}
		c.apps[0].make(&c.flaws)
	}
}
