package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/receipts"
	"vpos/receipts/printer"
	"vpos/tui/words"
	"vpos/txn"
)

// reported is a training terminal's folder with one transaction of every kind in its
// journal, and the shop that has it open.
type reported struct {
	t      *testing.T
	dir    string
	config string
	shop   *shop
	stan   txn.STAN
	at     time.Time
	cards  []reader.Card
}

func newReported(t *testing.T, currency string) *reported {
	t.Helper()
	r := &reported{t: t, dir: t.TempDir(), at: time.Date(2026, time.March, 6, 9, 0, 0, 0, time.UTC)}
	r.config = filepath.Join(r.dir, "vpos.toml")
	file := fmt.Sprintf("[terminal]\ncurrency = %q\n[receipts]\nlanguage = \"en\"\n[fees]\nother = \"1%%\"\n", currency)
	if err := os.WriteFile(r.config, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, number := range []string{"4111111111111111", "6225887890123451"} {
		pan, err := reader.RestorePAN([]byte(number))
		if err != nil {
			t.Fatal(err)
		}
		r.cards = append(r.cards, reader.Card{Entry: reader.Manual, PAN: pan, Expiry: reader.Expiry{Year: 2039, Month: 12}})
	}
	r.open()
	return r
}

func (r *reported) open() {
	r.t.Helper()
	p, err := openShop(settings{config: r.config, data: r.dir, lang: "en", folder: new(string)})
	if err == nil {
		err = p.openJournal(r.t.Context())
	}
	if err != nil {
		r.t.Fatal(err)
	}
	r.shop = p
	r.t.Cleanup(p.close)
}

func (r *reported) run(args ...string) (string, error) {
	r.shop.close()
	out, err := runVpos(r.t.Context(), append(args, "--config", r.config, "--data", r.dir, "--lang", "en")...)
	r.open()
	return out, err
}

func (r *reported) write(records ...txn.Record) {
	r.t.Helper()
	if err := r.shop.journal.Append(r.t.Context(), r.at, records); err != nil {
		r.t.Fatal(err)
	}
}

// taken writes an approved transaction of an amount that no other has.
func (r *reported) taken(k txn.Kind, change ...func(*txn.Transaction) []txn.Record) txn.Transaction {
	r.t.Helper()
	r.stan++
	r.at = r.at.Add(time.Minute)
	c := r.shop.config.Terminal
	s := txn.Transaction{
		Kind: k, Batch: 1, STAN: r.stan, Amount: txn.Money{Minor: 10_007 * int64(r.stan), Currency: c.Currency},
		Card: r.cards[int(r.stan)%2], At: r.at, Terminal: c.ID, Merchant: c.Merchant, Operator: "0" + strconv.Itoa(int(r.stan)%2+1),
	}
	var more []txn.Record
	for _, do := range change {
		more = append(more, do(&s)...)
	}
	r.write(txn.Record{Type: txn.RecIntent, Txn: s})
	s.Status = txn.Approved
	s.Result = txn.Result{Code: "00", AuthCode: "A1B2C3", RRN: "606315012345", HostAt: r.at}
	r.write(append([]txn.Record{{Type: txn.RecApproved, Txn: s}}, more...)...)
	return s
}

// everyKind fills the batch: each kind twice, so that each is of a card from here and
// one from abroad; what takes back or tips has a sale of its own to do it to.
func (r *reported) everyKind() {
	r.t.Helper()
	for _, k := range txn.Kinds() {
		for range 2 {
			switch {
			case k.Managing() || k == txn.Settlement:
			case k.Voids():
				of := r.taken(map[bool]txn.Kind{true: txn.Sale, false: txn.Completion}[k == txn.Void])
				r.taken(k, func(v *txn.Transaction) []txn.Record {
					v.Of, v.Amount, v.Card = of.Past(), of.Amount, of.Card
					of.Status = txn.Voided
					return []txn.Record{{Type: txn.RecVoided, Txn: of}}
				})
			case k == txn.Tip:
				of := r.taken(txn.Sale)
				r.taken(k, func(v *txn.Transaction) []txn.Record {
					v.Of, v.Card = of.Past(), of.Card
					v.Of.Amount = of.Amount
					v.Tip = txn.Money{Minor: 313, Currency: of.Amount.Currency}
					v.Amount.Minor = of.Amount.Minor + 313
					of.Amount, of.Tip = v.Amount, v.Tip
					return []txn.Record{{Type: txn.RecAdjusted, Txn: of}, {Type: txn.RecAdvice, Txn: *v}}
				})
			case k.QR():
				r.taken(k, func(v *txn.Transaction) []txn.Record {
					v.Card, v.Wallet = reader.Card{Entry: reader.QR}, reader.WeChat
					return nil
				})
			default:
				r.taken(k)
			}
		}
	}
}

// settle closes the batch with what the journal reckons.
func (r *reported) settle() txn.Transaction {
	r.t.Helper()
	totals, err := r.shop.journal.Reckon(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	return r.taken(txn.Settlement, func(s *txn.Transaction) []txn.Record {
		s.Card, s.Totals, s.Amount.Minor = reader.Card{}, &totals, totals.Sum().Net()
		return nil
	})
}

var figures = regexp.MustCompile(`(?m)^(FGN\s+)?(DEBITS|CREDITS|NET)\s+(\d*)\s+(-?[\d,.]+)$`)

// figuresOf reads a report's totals back from its paper, in minor units.
func figuresOf(t *testing.T, paper string, c txn.Currency) (totals txn.Totals, net int64) {
	t.Helper()
	paper = strings.ReplaceAll(paper, "\nDEBITS\n", "\n")
	paper = strings.ReplaceAll(paper, "\nCREDITS\n", "\n")
	for _, m := range figures.FindAllStringSubmatch(paper, -1) {
		_, decimals, _ := strings.Cut(m[4], ".")
		if len(decimals) != c.Exponent() {
			t.Errorf("%q has not the decimals of %s", m[0], c.Code())
		}
		minor, err := strconv.ParseInt(strings.NewReplacer(",", "", ".", "").Replace(m[4]), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		count, _ := strconv.Atoi(m[3])
		sides := &totals.Domestic
		if m[1] != "" {
			sides = &totals.Foreign
		}
		switch m[2] {
		case "DEBITS":
			sides.Debits = txn.Tally{Count: count, Minor: minor}
		case "CREDITS":
			sides.Credits = txn.Tally{Count: count, Minor: -minor}
		default:
			net = minor
		}
	}
	return totals, net
}

// TestReportsAgree: what the X report, the Z report and the settlement say is what the
// terminal settles, to the minor unit, in currencies of every exponent.
func TestReportsAgree(t *testing.T) {
	for _, code := range []string{"CNY", "USD", "JPY", "KWD"} {
		t.Run(code, func(t *testing.T) {
			r := newReported(t, code)
			r.shop.config.Receipts.Columns = 48
			file, err := os.ReadFile(r.config)
			if err == nil {
				err = os.WriteFile(r.config, []byte(strings.Replace(string(file), "[receipts]", "[receipts]\ncolumns = 48", 1)), 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			r.everyKind()
			want, err := r.shop.journal.Reckon(t.Context())
			if err != nil || want.Sum().Debits.Count != 14 || want.Sum().Credits.Count != 2 || want.Foreign == (txn.Sides{}) {
				t.Fatalf("the fixture: %+v, %v", want, err)
			}
			check := func(name string, args ...string) string {
				t.Helper()
				paper, err := r.run(args...)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				totals, net := figuresOf(t, paper, r.shop.config.Terminal.Currency)
				if totals != want || net != want.Sum().Net() {
					t.Errorf("%s: %+v and %d, want %+v and %d\n%s", name, totals, net, want, want.Sum().Net(), paper)
				}
				if !strings.Contains(paper, receipts.TrainingMark) || !strings.Contains(paper, receipts.EstimateMark) {
					t.Errorf("%s is not marked", name)
				}
				return paper
			}
			check("x", "report", "x", "--list")
			settled := r.settle()
			z := check("z", "report", "z")
			if !strings.Contains(z, "AGREES WITH THE SETTLEMENT") || !strings.Contains(z, receipts.DuplicateMark) {
				t.Errorf("the Z report:\n%s", z)
			}
			last, err := r.run("report", "last")
			if err != nil || !strings.Contains(last, settled.Amount.Grouped()) || !strings.Contains(last, receipts.DuplicateMark) {
				t.Errorf("the settlement again: %v\n%s", err, last)
			}
		})
	}
}

// TestReportRefusals: what there is no report of, and a file that is there already.
func TestReportRefusals(t *testing.T) {
	r := newReported(t, "CNY")
	r.taken(txn.Sale)
	for _, c := range []struct {
		want words.Failure
		args []string
	}{
		{words.NothingSettled, []string{"report", "z"}},
		{words.NothingSettled, []string{"report", "last"}},
		{words.BatchNotClosed, []string{"report", "z", "--batch", "1"}},
		{words.ReportUnwritable, []string{"report", "x", "--out", r.config}},
	} {
		_, err := r.run(c.args...)
		var a advised
		if !errors.As(err, &a) || a.code != c.want.Code || a.next == "" {
			t.Errorf("%q: %v, want %s", c.args, err, c.want.Code)
		}
	}
	path := filepath.Join(t.TempDir(), "x.txt")
	shown, err := r.run("report", "x", "--out", path)
	if b, read := os.ReadFile(path); err != nil || read != nil || shown != "" || !strings.Contains(string(b), "X REPORT") {
		t.Errorf("into a file: %v, %v, %q", err, read, shown)
	}
}

// TestDayEnd: the slip of a settlement brings the Z report with it, once; other slips
// bring none.
func TestDayEnd(t *testing.T) {
	r := newReported(t, "CNY")
	r.everyKind()
	sold := r.taken(txn.Sale)
	settled := r.settle()
	p, err := r.shop.openPaper()
	if err != nil {
		t.Fatal(err)
	}
	files := func() int {
		entries, err := os.ReadDir(filepath.Join(r.dir, "reports"))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		return len(entries)
	}
	for i, c := range []struct {
		slip txn.Slip
		want int
	}{
		{txn.Slip{Txn: &sold, Copy: txn.MerchantCopy}, 0},
		{txn.Slip{Txn: &settled, Copy: txn.MerchantCopy, Duplicate: true}, 0},
		{txn.Slip{Txn: &settled, Copy: txn.MerchantCopy}, 1},
		{txn.Slip{Txn: &settled, Copy: txn.MerchantCopy}, 1},
	} {
		if err := p.Print(t.Context(), c.slip); err != nil || files() != c.want {
			t.Errorf("slip %d: %v, %d reports, want %d", i, err, files(), c.want)
		}
	}
	b, err := os.ReadFile(filepath.Join(r.dir, "reports", printer.ReportName(&txn.Report{Closed: &settled}, 0)))
	if err != nil || strings.Contains(string(b), receipts.DuplicateMark) || !strings.Contains(string(b), "AGREES") {
		t.Errorf("%v\n%s", err, b)
	}
}
