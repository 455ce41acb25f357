package samples

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vpos/receipts"
	"vpos/receipts/text"
)

var (
	masked   = regexp.MustCompile(`\*{4,}\d{4}`)
	dated    = regexp.MustCompile(`^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d$`)
	money    = regexp.MustCompile(`^(RMB )?-?[\d,]+\.\d\d$`)
	expiries = regexp.MustCompile(`\b(1139|3911|11/39|39/11|2039)\b`)
)

// whole is what is wrong with a run that may not be broken.
func whole(r receipts.Run) error {
	text := strings.TrimSpace(r.Text)
	switch r.Field {
	case receipts.FieldPAN:
		if !masked.MatchString(text) {
			return fmt.Errorf("PAN %q", text)
		}
	case receipts.FieldDateTime, receipts.FieldPrinted, receipts.FieldFrom, receipts.FieldTo:
		if !dated.MatchString(text) {
			return fmt.Errorf("date %q", text)
		}
	case receipts.FieldAmount, receipts.FieldTip, receipts.FieldBase, receipts.FieldHeld, receipts.FieldAsked, receipts.FieldAvailable:
		if !money.MatchString(text) {
			return fmt.Errorf("amount %q", text)
		}
	}
	return nil
}

// Of every paper, in every language and width: card number, amount, date and time are in one
// piece; no expiry date; the training mark thrice in training and never live; DUPLICATE on
// what comes again alone.
func TestEveryPaperKeepsTheRules(t *testing.T) {
	names := map[string]bool{}
	for _, s := range All() {
		if names[s.Name] {
			t.Errorf("two samples are %s", s.Name)
		}
		names[s.Name] = true
		for _, lang := range receipts.Langs() {
			for _, columns := range []int{32, 42, 48} {
				for _, training := range []bool{false, true} {
					page, err := s.Render(Options(lang, columns, training))
					if err != nil {
						t.Fatalf("%s %v %d: %v", s.Name, lang, columns, err)
					}
					if err := kept(s.Name, page, training); err != nil {
						t.Errorf("%s %v %d: %v", s.Name, lang, columns, err)
					}
				}
			}
		}
	}
}

func kept(name string, page receipts.Page, training bool) error {
	for _, row := range page.Rows {
		for _, r := range row.Runs {
			if err := whole(r); err != nil {
				return err
			}
		}
	}
	drawn := text.Render(page)
	marks := strings.Count(drawn, receipts.TrainingMark)
	onTraining := name == "training-report" // it is never a receipt
	switch {
	case expiries.MatchString(drawn):
		return fmt.Errorf("an expiry date: %q", expiries.FindString(drawn))
	case (training || onTraining) && marks < 3:
		return fmt.Errorf("%d training marks", marks)
	case !training && !onTraining && marks > 0:
		return fmt.Errorf("a training mark in live")
	case strings.Contains(drawn, receipts.DuplicateMark) != strings.HasSuffix(name, "-cardholder"):
		return fmt.Errorf("DUPLICATE %t", strings.Contains(drawn, receipts.DuplicateMark))
	}
	return nil
}

// Every document there is has a sample.
func TestEveryDocument(t *testing.T) {
	var names []string
	for _, s := range All() {
		names = append(names, s.Name)
	}
	for _, want := range []string{
		"sale-keyed", "sale-chip-pin", "sale-swiped", "void", "refund", "pre-auth", "increment", "completion", "completion-void", "pre-auth-void",
		"balance", "tip", "declined", "sale-keyed-fault", "settlement", "detail-list", "x-report", "z-report", "shift-report", "sign-on",
		"device-check", "training-report", "offline", "moto", "scan", "show",
	} {
		if !slices.Contains(names, want) {
			t.Errorf("no sample of %s", want)
		}
	}
	if _, ok := Find("nothing"); ok {
		t.Error("a sample that there is not")
	}
}
