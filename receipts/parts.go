package receipts

import (
	"slices"
	"strings"
)

// What a template is made of: the facts by their names, the words for them, and the parts of
// the slip as the house writes them.

// parts are the blocks of a card slip, in its order.
var parts = []struct {
	name  string
	write func(w *writer, f Facts)
}{
	{"training", (*writer).training},
	{"head", (*writer).head},
	{"shop", (*writer).shop},
	{"card", (*writer).card},
	{"numbers", (*writer).numbers},
	{"original", func(w *writer, f Facts) { w.past(f.Past) }},
	{"goods", func(w *writer, f Facts) { w.goods(f.Goods) }},
	{"amount", (*writer).amount},
	{"chip", (*writer).chip},
	{"foot", (*writer).foot},
	{"contacts", (*writer).contacts},
}

// PartNames lists what [Facts.Part] takes: the blocks of a slip.
func PartNames() []string {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = p.name
	}
	return names
}

// Part is a block of the slip as the house writes it; false for a name that is none. A block
// without any fact is empty.
func (f Facts) Part(name string) ([]Line, bool) {
	i := slices.IndexFunc(parts, func(p struct {
		name  string
		write func(w *writer, f Facts)
	}) bool {
		return p.name == name
	})
	if i < 0 {
		return nil, false
	}
	w := writer{lang: f.Lang}
	parts[i].write(&w, f)
	return w.doc.Lines, true
}

// values are the facts that a template may set in a place of its own.
var values = map[Field]func(f *Facts) string{
	FieldTraining: func(f *Facts) string {
		if f.Training {
			return TrainingMark
		}
		return ""
	},
	FieldDuplicate: func(f *Facts) string {
		if f.Duplicate {
			return DuplicateMark
		}
		return ""
	},
	FieldTitle:        func(f *Facts) string { return labels[FieldTitle].In(f.Lang) },
	FieldCopy:         func(f *Facts) string { return f.mark },
	FieldMerchantName: func(f *Facts) string { return strings.Join(f.MerchantNames, " ") },
	FieldAddress:      func(f *Facts) string { return f.Address },
	FieldMerchantNo:   func(f *Facts) string { return f.MerchantNo },
	FieldTerminalNo:   func(f *Facts) string { return f.TerminalNo },
	FieldOperator:     func(f *Facts) string { return f.Operator },
	FieldApprover:     func(f *Facts) string { return f.Approver },
	FieldKeyedWhy:     func(f *Facts) string { return f.KeyedWhy },
	FieldWarned:       func(f *Facts) string { return f.Warned },
	FieldAcquirer:     func(f *Facts) string { return f.Acquirer },
	FieldBrand:        func(f *Facts) string { return f.Brand },
	FieldPAN:          func(f *Facts) string { return f.PAN },
	FieldWallet:       func(f *Facts) string { return f.Wallet },
	FieldPayer:        func(f *Facts) string { return f.Payer },
	FieldKind:         func(f *Facts) string { return f.Kind },
	FieldBatch:        func(f *Facts) string { return f.Batch },
	FieldTrace:        func(f *Facts) string { return f.Trace },
	FieldVoice:        func(f *Facts) string { return f.Voice },
	FieldAuthCode:     func(f *Facts) string { return f.AuthCode },
	FieldReference:    func(f *Facts) string { return f.Reference },
	FieldDateTime:     func(f *Facts) string { return f.DateTime },
	FieldAsked:        func(f *Facts) string { return f.Asked },
	FieldHeld:         func(f *Facts) string { return f.Held },
	FieldBase:         func(f *Facts) string { return f.Base },
	FieldTip:          func(f *Facts) string { return f.Tip },
	FieldAmount:       func(f *Facts) string { return f.Amount },
	FieldAppLabel:     func(f *Facts) string { return f.Chip.Label },
	FieldAID:          func(f *Facts) string { return f.Chip.AID },
	FieldTVR:          func(f *Facts) string { return f.Chip.TVR },
	FieldTSI:          func(f *Facts) string { return f.Chip.TSI },
	FieldATC:          func(f *Facts) string { return f.Chip.ATC },
	FieldPhone:        func(f *Facts) string { return f.Phone },
	FieldLicence:      func(f *Facts) string { return f.Licence },
}

// Value is a fact as it is printed, empty where there is none; false for a name that is no
// fact of a slip.
func (f Facts) Value(field Field) (string, bool) {
	value, ok := values[field]
	if !ok {
		return "", false
	}
	return value(&f), true
}

// ValueNames lists what [Facts.Value] takes.
func ValueNames() []string {
	names := make([]string, 0, len(values))
	for field := range values {
		names = append(names, string(field))
	}
	slices.Sort(names)
	return names
}

// Wraps reports whether a fact may go on in the next line; all others stay in one piece.
func (f Field) Wraps() bool {
	return slices.Contains([]Field{FieldMerchantName, FieldAddress, FieldKeyedWhy, FieldWarned, FieldAcquirer, FieldBrand, FieldPhone, FieldLicence}, f)
}

// Label is what a slip calls a fact; false where it has no words.
func Label(field Field) (Words, bool) {
	w, ok := labels[field]
	return w, ok
}
