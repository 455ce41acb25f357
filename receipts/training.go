package receipts

import (
	"slices"
	"strconv"
	"time"
)

// The fields of a training report alone.
const (
	FieldTask   Field = "task"
	FieldResult Field = "result"
	FieldPoints Field = "points"
	FieldHint   Field = "hint"
)

var trainingTitle = Words{"培训成绩单", "TRAINING REPORT"}

// TrainingReport is what a cashier's training came to. It grades nothing: results, points
// and hints come as they are to be printed.
type TrainingReport struct {
	Operator string
	At       time.Time // when the training ended
	Tasks    []TrainingTask
}

// TrainingTask is one row of the report and, under it, what to do better.
type TrainingTask struct {
	Task, Result Words
	Points, Of   int   // points made, of so many
	Hint         Words // empty for none
}

// RenderTraining goes the whole way from a training to a checked page. It is no receipt:
// the training mark is on it whatever o says. The error is a [*WidthError] or a
// [*CheckError].
func RenderTraining(r TrainingReport, o Options) (Page, error) {
	f := Facts{
		Lang: o.Lang, Training: true, MerchantNames: names(o.Merchant.Name, o.Lang),
		Operator: tidy(r.Operator), DateTime: timeFact(r.At),
	}
	page, err := Layout(trainingDocument(r, f), o.Columns)
	if err != nil {
		return Page{}, err
	}
	if err := checkTrainingReport(page, r, f); err != nil {
		return Page{}, err
	}
	return page, nil
}

func trainingDocument(r TrainingReport, f Facts) Document {
	w := writer{lang: f.Lang}
	w.training(f)
	w.both(FieldTitle, trainingTitle, Center)
	w.rule(Double)
	w.shop(f)
	w.value(FieldDateTime, f.DateTime)
	w.training(f)
	for _, t := range r.Tasks {
		w.rule(Thin)
		w.both(FieldTask, t.Task, Left)
		w.line(Cell{Text: t.Result.In(f.Lang), Field: FieldResult, Bold: true},
			Cell{Text: t.points(), Field: FieldPoints, Align: Right, NoBreak: true})
		if t.Hint != (Words{}) {
			w.both(FieldHint, t.Hint, Left)
		}
	}
	w.rule(Thin)
	w.training(f)
	return w.doc
}

func (t TrainingTask) points() string { return strconv.Itoa(t.Points) + "/" + strconv.Itoa(t.Of) }

// checkTrainingReport wants what it is, whose and when, every task with its result and hint in
// every language of the report and in their order, the points whole, the training mark, and
// nothing like a card number.
func checkTrainingReport(p Page, r TrainingReport, f Facts) error {
	for _, m := range []must{{FieldOperator, f.Operator, true}, {FieldDateTime, f.DateTime, true}} {
		if err := m.in(p); err != nil {
			return err
		}
	}
	if err := shopNamed(p, f); err != nil {
		return err
	}
	if err := said(p, FieldTitle, trainingTitle, f.Lang); err != nil {
		return err
	}
	var points []string
	var tasks, results, hints string
	for _, t := range r.Tasks {
		points = append(points, t.points())
		tasks += t.Task.lines(f.Lang)
		results += clean(t.Result.In(f.Lang))
		hints += t.Hint.lines(f.Lang)
	}
	for _, want := range []struct {
		field Field
		text  string
	}{{FieldTask, tasks}, {FieldResult, results}, {FieldHint, hints}} {
		if squeeze(p.show(want.field)...) != squeeze(want.text) {
			return &CheckError{want.field, Missing}
		}
	}
	if !slices.Equal(p.show(FieldPoints), points) {
		return &CheckError{FieldPoints, Missing}
	}
	if err := checkTraining(p, f); err != nil {
		return err
	}
	return checkExposed(p.without(FieldPoints), f)
}
