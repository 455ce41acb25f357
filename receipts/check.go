package receipts

import (
	"fmt"
	"slices"
	"strings"

	"vpos/reader"
	"vpos/txn"
)

// CheckError says what is wrong with a finished page.
type CheckError struct {
	Field   Field
	Problem Problem
}

// Problem is what can be wrong with a field on paper. The words are stable.
type Problem string

// The problems.
const (
	NoValue   Problem = "has no value"
	Missing   Problem = "is not on the slip"
	Broken    Problem = "is broken across lines"
	Forbidden Problem = "may not be on this slip"
	Exposed   Problem = "shows what looks like a full card number"
)

// Error names the field and its problem.
func (e *CheckError) Error() string { return fmt.Sprintf("slip: %s %s", e.Field, e.Problem) }

// Check holds a finished page to the rules, whatever template it came from: the
// mandatory facts are there, whole; the marks are where they belong and nowhere
// else; nothing looks like a full card number. The error is a [*CheckError]
// about the first rule broken.
func Check(p Page, f Facts) error {
	for _, rule := range []func(Page, Facts) error{checkFacts, checkGoods, checkMarks, checkTraining, checkExposed} {
		if err := rule(p, f); err != nil {
			return err
		}
	}
	return nil
}

// must is a value that a slip has to show in one piece.
type must struct {
	field  Field
	value  string
	always bool // also refused where there is no value
}

// mandatory are the facts without which a slip proves nothing, and those
// that must be there once the host or the chip gave them.
func mandatory(f Facts) []must {
	card := f.Tallies == nil && !f.ByCode
	list := slices.Concat([]must{
		{FieldMerchantNo, f.MerchantNo, true},
		{FieldTerminalNo, f.TerminalNo, true},
		{FieldOperator, f.Operator, false},
		{FieldApprover, f.Approver, false},
		{FieldPAN, f.PAN, card},
		{FieldWallet, f.Wallet, false},
		{FieldPayer, f.Payer, false},
		{FieldKind, f.Kind, true},
		{FieldBatch, f.Batch, true},
		{FieldTrace, f.Trace, true},
		{FieldVoice, f.Voice, false},
		{FieldAuthCode, f.AuthCode, false},
		{FieldReference, f.Reference, false},
		{FieldDateTime, f.DateTime, true},
		{FieldAsked, f.Asked, false},
		{FieldHeld, f.Held, false},
		{FieldBase, f.Base, false},
		{FieldTip, f.Tip, false},
		{FieldAmount, f.Amount, true},
	}, f.Past.must(), chipMust(f), tallyMust(f))
	for i := range list {
		list[i].always = list[i].always || slices.Contains(f.needs, list[i].field)
	}
	return list
}

// checkFacts wants every mandatory value in one run of its field, and the texts
// that may wrap in all runs of theirs together.
func checkFacts(p Page, f Facts) error {
	for _, m := range mandatory(f) {
		if err := m.in(p); err != nil {
			return err
		}
	}
	if len(f.MerchantNames) == 0 {
		return &CheckError{FieldMerchantName, NoValue}
	}
	for _, m := range []struct {
		field Field
		value string
	}{
		{FieldMerchantName, squeeze(f.MerchantNames...)}, {FieldBrand, squeeze(f.Brand)}, {FieldAppLabel, squeeze(f.Chip.Label)},
		{FieldKeyedWhy, squeeze(f.KeyedWhy)}, {FieldWarned, squeeze(f.Warned)},
	} {
		if !strings.Contains(squeeze(p.show(m.field)...), m.value) {
			return &CheckError{m.field, Missing}
		}
	}
	return nil
}

// in looks for the value on a page.
func (m must) in(p Page) error {
	shown := p.show(m.field)
	switch {
	case m.value == "" && !m.always:
		return nil
	case m.value == "":
		return &CheckError{m.field, NoValue}
	case slices.Contains(shown, m.value):
		return nil
	case len(shown) > 0 && squeeze(shown...) == squeeze(m.value):
		return &CheckError{m.field, Broken}
	}
	return &CheckError{m.field, Missing}
}

// squeeze joins texts without any space: what wrapping keeps.
func squeeze(texts ...string) string {
	return strings.Map(func(r rune) rune {
		if isSpace(r) {
			return -1
		}
		return r
	}, strings.Join(texts, ""))
}

// mark is something that belongs on some slips and may not be on the others.
type mark struct {
	field        Field
	there, wants bool
}

func (m mark) err() error {
	switch {
	case m.wants && !m.there:
		return &CheckError{m.field, Missing}
	case m.there && !m.wants:
		return &CheckError{m.field, Forbidden}
	}
	return nil
}

// checkMarks wants this copy's mark and no other's, DUPLICATE on a reprint and
// only there, and the signature as [signatures] has it.
func checkMarks(p Page, f Facts) error {
	holds := func(field Field, mark string) bool {
		return slices.ContainsFunc(p.show(field), func(s string) bool { return strings.Contains(s, mark) })
	}
	merchant := f.Copy == txn.MerchantCopy
	marks := append(signatures(p, f),
		mark{FieldSimulated, holds(FieldSimulated, SimulatedMark), f.ByCode},
		mark{FieldAct, len(p.show(FieldAct)) > 0, f.Copy == txn.FaultSlip},
		mark{FieldDuplicate, holds(FieldDuplicate, DuplicateMark), f.Duplicate},
	)
	for _, m := range copyMarks {
		marks = append(marks, mark{FieldCopy, holds(FieldCopy, m), f.mark == m})
	}
	for _, m := range marks {
		if err := m.err(); err != nil {
			return err
		}
	}
	if merchant && f.Tallies == nil && len(p.show(FieldAgreement)) == 0 {
		return &CheckError{FieldAgreement, Missing}
	}
	return nil
}

// checkTraining wants the mark on the first row, on the last and on one between
// in training, and nowhere in live.
func checkTraining(p Page, f Facts) error {
	var marked []int
	for i, row := range p.Rows {
		if slices.ContainsFunc(row.Runs, func(r Run) bool { return strings.Contains(r.Text, TrainingMark) }) {
			marked = append(marked, i)
		}
	}
	last := len(p.Rows) - 1
	switch {
	case !f.Training && len(marked) > 0:
		return &CheckError{FieldTraining, Forbidden}
	case f.Training && (len(marked) < 3 || marked[0] != 0 || marked[len(marked)-1] != last):
		return &CheckError{FieldTraining, Missing}
	}
	return nil
}

// checkExposed looks for a card number in every run and in every field's runs
// together, in case one was wrapped. Some genuine numbers are as long as a card
// number and pass its check digit one time in ten: those are let through where
// they are exactly the fact they claim to be.
func checkExposed(p Page, f Facts) error {
	var whole []Run // one a field, its texts joined
	for _, row := range p.Rows {
		if row.Picture != nil && reader.MaskText(row.Picture.QR) != row.Picture.QR {
			return &CheckError{NoField, Exposed}
		}
		for _, run := range row.Runs {
			if exposes(run, f) {
				return &CheckError{run.Field, Exposed}
			}
			i := slices.IndexFunc(whole, func(r Run) bool { return r.Field == run.Field })
			switch {
			case run.Field == NoField:
			case i < 0:
				whole = append(whole, run)
			default:
				whole[i].Text += run.Text
			}
		}
	}
	for _, run := range whole {
		if exposes(run, f) {
			return &CheckError{run.Field, Exposed}
		}
	}
	return nil
}

func exposes(run Run, f Facts) bool {
	digits := 0
	for _, r := range run.Text {
		if r = reader.Fold(r); r >= '0' && r <= '9' {
			digits++
		}
	}
	if digits < 12 { // the shortest card number
		return false
	}
	genuine := ""
	switch run.Field {
	case FieldMerchantNo:
		genuine = f.MerchantNo
	case FieldReference:
		genuine = f.Reference
	case FieldOriginalRef:
		genuine = f.Past.Reference
	case FieldPhone:
		genuine = f.Phone
	case FieldLicence:
		genuine = f.Licence
	case FieldAID:
		genuine = f.Chip.AID
	case f.Chip.Proof:
		genuine = f.Chip.Cryptogram
	}
	return squeeze(run.Text) != squeeze(genuine) && reader.MaskText(run.Text) != run.Text
}

// said wants a sentence on the page in every language that it is in.
func said(p Page, field Field, words Words, lang Lang) error {
	shown := squeeze(p.show(field)...)
	for _, half := range []struct {
		text   string
		wanted bool
	}{{words.Zh, lang != English}, {words.En, lang != Chinese}} {
		switch {
		case !half.wanted:
		case half.text == "":
			return &CheckError{field, NoValue}
		case !strings.Contains(shown, squeeze(clean(half.text))):
			return &CheckError{field, Missing}
		}
	}
	return nil
}

// shopNamed wants the shop's name on the page, in every language it is given in.
func shopNamed(p Page, f Facts) error {
	if len(f.MerchantNames) == 0 || !strings.Contains(squeeze(p.show(FieldMerchantName)...), squeeze(f.MerchantNames...)) {
		return &CheckError{FieldMerchantName, Missing}
	}
	return nil
}
