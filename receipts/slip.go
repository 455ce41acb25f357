package receipts

import "vpos/txn"

// CardSlip writes the slip of a card transaction that was approved, or whose
// reversal cannot be delivered, in the order of the UnionPay POS sales slip:
// title, whose copy, the shop, the card, the type, the numbers, the amount, the
// chip, the signature. What a fact leaves empty is left out.
func CardSlip(f Facts) Document {
	w := writer{lang: f.Lang, doc: Document{Lines: make([]Line, 0, 40)}}
	w.training(f)
	w.head(f)
	w.shop(f)
	w.rule(Thin)
	w.card(f)
	w.training(f)
	w.numbers(f)
	w.rule(Thin)
	w.foot(f)
	w.training(f)
	return w.doc
}

func (w *writer) training(f Facts) {
	if f.Training {
		w.center(FieldTraining, TrainingMark, Normal, true)
	}
}

// head is the title, whose copy it is, and whether it is one of several.
func (w *writer) head(f Facts) {
	title := labels[FieldTitle]
	if f.Tallies != nil {
		title = settlementTitle
	}
	switch f.Lang {
	case Both:
		w.center(FieldTitle, title.Zh, Large, true)
		w.center(FieldTitle, title.En, Normal, false)
	case Chinese, English:
		w.center(FieldTitle, title.In(f.Lang), Large, true)
	}
	w.center(FieldCopy, f.mark, Normal, false)
	if f.Duplicate {
		w.center(FieldDuplicate, "*** "+DuplicateMark+" ***", Normal, true)
	}
	w.rule(Double)
}

func (w *writer) shop(f Facts) {
	for i, name := range f.MerchantNames {
		if i == 0 {
			w.text(FieldMerchantName, name)
			continue
		}
		w.line(Cell{Text: name, Field: FieldMerchantName, Align: Right})
	}
	w.text(FieldAddress, f.Address)
	w.value(FieldMerchantNo, f.MerchantNo)
	w.value(FieldTerminalNo, f.TerminalNo)
	w.value(FieldOperator, f.Operator)
	w.value(FieldApprover, f.Approver)
	w.text(FieldKeyedWhy, f.KeyedWhy)
	w.text(FieldWarned, f.Warned)
}

func (w *writer) card(f Facts) {
	w.text(FieldAcquirer, f.Acquirer)
	w.text(FieldBrand, f.Brand)
	w.strong(FieldPAN, f.PAN, Normal)
	if f.ByCode {
		w.center(FieldSimulated, SimulatedMark, Normal, true)
	}
	w.strong(FieldWallet, f.Wallet, Normal)
	w.value(FieldPayer, f.Payer)
	w.strong(FieldKind, f.Kind, Large)
}

func (w *writer) numbers(f Facts) {
	w.value(FieldBatch, f.Batch)
	w.value(FieldTrace, f.Trace)
	w.past(f.Past)
	w.value(FieldVoice, f.Voice)
	w.value(FieldAuthCode, f.AuthCode)
	w.value(FieldReference, f.Reference)
	w.value(FieldDateTime, f.DateTime)
	w.value(FieldAsked, f.Asked)
	w.value(FieldHeld, f.Held)
	w.goods(f.Goods)
	w.amount(f)
	w.chip(f)
}

// amount is the last money on a slip: what it comes to, after its parts.
func (w *writer) amount(f Facts) {
	value := Cell{Text: f.Amount, Field: FieldAmount, NoBreak: true, Bold: true, Size: Large}
	if f.Tip == "" {
		w.pair(value)
		return
	}
	w.value(FieldBase, f.Base)
	w.value(FieldTip, f.Tip)
	w.labelled(total, value)
}

// foot is what the cardholder agrees to, where to sign on the merchant's copy or
// why not, and whom to call.
func (w *writer) foot(f Facts) {
	if f.Copy == txn.FaultSlip {
		w.value(FieldRefused, f.Refused)
		w.both(FieldAct, f.Act, Left)
		w.contacts(f)
		return
	}
	if f.Copy == txn.MerchantCopy {
		w.signed(f)
	}
	w.both(FieldAgreement, f.Agreement, Left)
	w.contacts(f)
	if f.Copy == txn.CardholderCopy {
		w.line()
		w.both(FieldKeep, labels[FieldKeep], Center)
	}
}

func (w *writer) contacts(f Facts) {
	if f.Phone == "" && f.Licence == "" {
		return
	}
	w.line()
	w.text(FieldPhone, f.Phone)
	w.text(FieldLicence, f.Licence)
}

// writer appends lines to a document.
type writer struct {
	lang Lang
	doc  Document
}

func (w *writer) line(cells ...Cell) { w.doc.Lines = append(w.doc.Lines, Line{Cells: cells}) }

func (w *writer) rule(r Rule) { w.doc.Lines = append(w.doc.Lines, Line{Rule: r}) }

func (w *writer) center(f Field, text string, size Size, bold bool) {
	w.line(Cell{Text: text, Field: f, Align: Center, Size: size, Bold: bold, NoBreak: true})
}

// text is a label and a value that may wrap.
func (w *writer) text(f Field, value string) { w.pair(Cell{Text: value, Field: f}) }

// value is a label and a value that is never broken.
func (w *writer) value(f Field, value string) { w.pair(Cell{Text: value, Field: f, NoBreak: true}) }

// strong is a label and a value that must catch the eye and is never broken.
func (w *writer) strong(f Field, value string, size Size) {
	w.pair(Cell{Text: value, Field: f, NoBreak: true, Bold: true, Size: size})
}

// pair sets a label left and its value right; nothing where there is no value.
func (w *writer) pair(value Cell) { w.labelled(labels[value.Field], value) }

// labelled is pair with a label of its own.
func (w *writer) labelled(label Words, value Cell) {
	if value.Text == "" {
		return
	}
	value.Align = Right
	w.line(Cell{Text: label.In(w.lang)}, value)
}

// both is a sentence in the slip's language, each language on its own lines.
func (w *writer) both(f Field, words Words, align Align) {
	if w.lang != English {
		w.line(Cell{Text: words.Zh, Field: f, Align: align})
	}
	if w.lang != Chinese {
		w.line(Cell{Text: words.En, Field: f, Align: align})
	}
}

// lines is what [writer.both] writes, in one.
func (w Words) lines(lang Lang) string {
	switch lang {
	case Chinese:
		return clean(w.Zh)
	case English:
		return clean(w.En)
	case Both:
	}
	return clean(w.Zh) + clean(w.En)
}
