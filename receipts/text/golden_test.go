package text

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpos/receipts"
	"vpos/receipts/samples"
	"vpos/txn"
)

var update = flag.Bool("update", false, "rewrite the golden papers")

// TestGolden holds every paper to the one somebody looked at: a file a paper and language,
// with its widths, live and training.
func TestGolden(t *testing.T) {
	want := map[string]bool{}
	for _, s := range samples.All() {
		for _, lang := range receipts.Langs() {
			var all strings.Builder
			for _, columns := range []int{32, 42, 48} {
				for _, training := range []bool{false, true} {
					page, err := s.Render(samples.Options(lang, columns, training))
					if err != nil {
						t.Fatalf("%s %v %d: %v", s.Name, lang, columns, err)
					}
					fmt.Fprintf(&all, "## %d columns, training %t\n%s", columns, training, Render(page))
				}
			}
			name := fmt.Sprintf("%s-%v.txt", s.Name, lang)
			if want[name] {
				t.Errorf("two papers are %s", name)
			}
			want[name] = true
			golden(t, name, all.String())
		}
	}
	files, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !want[f.Name()] {
			t.Errorf("testdata/%s is of no paper", f.Name())
		}
	}
}

// golden holds a text to a file of testdata, or with -update writes it there.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got), -update rewrites it:\n%s", path, diff)
	}
}

// Every kind that owes paper has a sample.
func TestEveryKindHasPaper(t *testing.T) {
	all := ""
	for _, s := range samples.All() {
		page, err := s.Render(samples.Options(receipts.English, 48, false))
		if err != nil {
			t.Fatal(err)
		}
		all += Render(page)
	}
	for _, k := range txn.Kinds() {
		if name := receipts.KindName(k).En; k.Copies() != 0 && (name == "" || !strings.Contains(all, name)) {
			t.Errorf("no sample of a %s (%q)", k, name)
		}
	}
}

func BenchmarkChineseSlip(b *testing.B) {
	sale := samples.Sale()
	facts, err := receipts.NewFacts(txn.Slip{Txn: &sale, Copy: txn.MerchantCopy}, samples.Options(receipts.Chinese, 32, false))
	if err != nil {
		b.Fatal(err)
	}
	doc := receipts.CardSlip(facts)
	b.ReportAllocs()
	for b.Loop() {
		page, err := receipts.Layout(doc, 32)
		if err != nil {
			b.Fatal(err)
		}
		if len(Render(page)) == 0 {
			b.Fatal("empty slip")
		}
	}
}

// BenchmarkWholeWay is slip to checked text: facts, document, layout, rules.
func BenchmarkWholeWay(b *testing.B) {
	sale := samples.Sale()
	slip, o := txn.Slip{Txn: &sale, Copy: txn.MerchantCopy}, samples.Options(receipts.Chinese, 32, true)
	b.ReportAllocs()
	for b.Loop() {
		page, err := receipts.Render(slip, o)
		if err != nil {
			b.Fatal(err)
		}
		if len(Render(page)) == 0 {
			b.Fatal("empty slip")
		}
	}
}
