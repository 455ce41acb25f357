package receipts

import (
	"slices"
	"time"
)

// Papers of the terminal itself, without any money: that it has signed on, and how its
// devices fare.

// SignOn is a sign-on that the host has accepted.
type SignOn struct {
	At       time.Time // as the host said it
	Terminal string    // field 41
	Merchant string    // field 42
	Batch    string    // the open one, six digits
	Operator string    // may be empty
}

// DeviceCheck is what a check of the devices found.
type DeviceCheck struct {
	At       time.Time
	Terminal string
	Rows     []DeviceRow
}

// DeviceRow is one device.
type DeviceRow struct {
	Subject  Words // which
	Outcome  Words // how it fares, in a word
	Headline Words
	Next     Words // what to do; empty for nothing
}

var (
	signOnTitle = Words{"签到成功", "SIGNED ON"}
	deviceTitle = Words{"设备检查", "DEVICE CHECK"}
)

// RenderSignOn draws that paper. The error is a [*WidthError] or a [*CheckError].
func RenderSignOn(s SignOn, o Options) (Page, error) {
	f := Facts{
		Lang: o.Lang, Training: o.Training, MerchantNames: names(o.Merchant.Name, o.Lang), MerchantNo: tidy(s.Merchant),
		TerminalNo: tidy(s.Terminal), Operator: tidy(s.Operator), Acquirer: tidy(o.Merchant.Acquirer), Batch: tidy(s.Batch), DateTime: timeFact(s.At),
	}
	w := writer{lang: o.Lang}
	w.noticeHead(f, signOnTitle)
	w.shop(f)
	w.rule(Thin)
	w.text(FieldAcquirer, f.Acquirer)
	w.training(f)
	w.value(FieldBatch, f.Batch)
	w.value(FieldDateTime, f.DateTime)
	w.rule(Thin)
	w.training(f)
	return notice(w.doc, f, o, must{FieldMerchantNo, f.MerchantNo, true}, must{FieldTerminalNo, f.TerminalNo, true},
		must{FieldBatch, f.Batch, true}, must{FieldDateTime, f.DateTime, true})
}

// RenderDeviceCheck draws that paper. The error is a [*WidthError] or a [*CheckError].
func RenderDeviceCheck(c DeviceCheck, o Options) (Page, error) {
	f := Facts{
		Lang: o.Lang, Training: o.Training, MerchantNames: names(o.Merchant.Name, o.Lang), TerminalNo: tidy(c.Terminal), DateTime: timeFact(c.At),
	}
	w := writer{lang: o.Lang}
	w.noticeHead(f, deviceTitle)
	w.shop(f)
	w.value(FieldDateTime, f.DateTime)
	w.training(f)
	for _, r := range c.Rows {
		w.rule(Thin)
		w.line(Cell{Text: r.Subject.In(o.Lang), Bold: true, Field: FieldDevice}, Cell{Text: r.Outcome.In(o.Lang), Align: Right, NoBreak: true, Field: FieldResult})
		w.both(FieldWhy, r.Headline, Left)
		if r.Next != (Words{}) {
			w.both(FieldNext, r.Next, Left)
		}
	}
	w.rule(Thin)
	w.training(f)
	page, err := notice(w.doc, f, o, must{FieldTerminalNo, f.TerminalNo, true}, must{FieldDateTime, f.DateTime, true})
	if err != nil {
		return page, err
	}
	var outcomes []string
	for _, r := range c.Rows {
		outcomes = append(outcomes, clean(r.Outcome.In(o.Lang)))
		if err := said(page, FieldWhy, r.Headline, o.Lang); err != nil {
			return Page{}, err
		}
	}
	if !slices.Equal(page.show(FieldResult), outcomes) {
		return Page{}, &CheckError{FieldResult, Missing}
	}
	return page, nil
}

func (w *writer) noticeHead(f Facts, title Words) {
	w.training(f)
	w.center(FieldTitle, title.In(f.Lang), Tall, true)
	w.rule(Double)
}

// notice lays such a paper out and holds it to its rules.
func notice(doc Document, f Facts, o Options, list ...must) (Page, error) {
	page, err := Layout(doc, o.Columns)
	if err != nil {
		return Page{}, err
	}
	for _, m := range list {
		if err := m.in(page); err != nil {
			return Page{}, err
		}
	}
	for _, check := range []func(Page, Facts) error{shopNamed, checkTraining, checkExposed} {
		if err := check(page, f); err != nil {
			return Page{}, err
		}
	}
	return page, nil
}
