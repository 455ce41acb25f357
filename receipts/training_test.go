package receipts

import (
	"slices"
	"testing"
	"time"
)

func sampleTraining() TrainingReport {
	return TrainingReport{Operator: "01", At: time.Date(2026, time.March, 4, 17, 0, 0, 0, time.UTC), Tasks: []TrainingTask{
		{Task: Words{"超时后冲正", "Reversal after a time-out"}, Result: Words{"通过", "PASSED"}, Points: 10, Of: 10},
		{
			Task: Words{"没收卡", "Pick up the card"}, Result: Words{"未通过", "FAILED"}, Of: 10,
			Hint: Words{"应答码 04:留下卡片", "Code 04: keep the card"},
		},
	}}
}

// The report shows its points at every width, and is never without the training mark.
func TestTrainingReport(t *testing.T) {
	for _, o := range allTrainingOptions() {
		page, err := RenderTraining(sampleTraining(), o)
		if err != nil {
			t.Fatalf("%v %d: %v", o.Lang, o.Columns, err)
		}
		if got, want := page.show(FieldPoints), []string{"10/10", "0/10"}; !slices.Equal(got, want) {
			t.Errorf("%v %d: points %q, want %q", o.Lang, o.Columns, got, want)
		}
		if err := checkTraining(page, Facts{Training: true}); err != nil {
			t.Errorf("%v %d: %v", o.Lang, o.Columns, err)
		}
	}
}

func allTrainingOptions() []Options {
	var all []Options
	for _, lang := range Langs() {
		for _, columns := range []int{32, 42, 48} {
			o := sampleOptions()
			o.Lang, o.Columns, o.Training = lang, columns, false
			all = append(all, o)
		}
	}
	return all
}

// What is left out, and a card number in a hint, are refused by name.
func TestTrainingReportIsChecked(t *testing.T) {
	r, o := sampleTraining(), sampleOptions()
	f := Facts{Lang: o.Lang, Training: true, MerchantNames: names(o.Merchant.Name, o.Lang), Operator: "01", DateTime: timeFact(r.At)}
	for _, field := range []Field{FieldTitle, FieldMerchantName, FieldOperator, FieldDateTime, FieldTask, FieldResult, FieldPoints, FieldHint, FieldTraining} {
		doc := trainingDocument(r, f)
		for _, line := range doc.Lines {
			for i := range line.Cells {
				if line.Cells[i].Field == field {
					line.Cells[i].Text = ""
				}
			}
		}
		page, err := Layout(doc, o.Columns)
		if err != nil {
			t.Fatal(err)
		}
		wantCheck(t, checkTrainingReport(page, r, f), field, Missing)
	}
	// A half in one of the two languages is not enough, nor another order.
	o.Lang = Both
	f.Lang, f.MerchantNames = Both, names(o.Merchant.Name, Both)
	for field, change := range map[Field]func(*TrainingReport){
		FieldTask: func(r *TrainingReport) { r.Tasks[0], r.Tasks[1] = r.Tasks[1], r.Tasks[0] },
		FieldHint: func(r *TrainingReport) { r.Tasks[1].Hint.En = "Another hint" },
	} {
		page, err := Layout(trainingDocument(r, f), o.Columns)
		if err != nil {
			t.Fatal(err)
		}
		other := sampleTraining()
		change(&other)
		wantCheck(t, checkTrainingReport(page, other, f), field, Missing)
	}
	r.Tasks[1].Hint = Words{"4111111111111111", "4111111111111111"}
	_, err := RenderTraining(r, o)
	wantCheck(t, err, FieldHint, Exposed)
}
