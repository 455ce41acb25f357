package plain

import (
	"context"
	"testing"

	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/health"
)

// The device check comes as lines, whatever goroutine tells them; Enter alone checks
// again, and what is wrong says what to do.
func TestDoctor(t *testing.T) {
	for _, lang := range words.Langs() {
		checks := 0
		o := Options{Doctor: func(_ context.Context, tell func(health.Finding)) {
			checks++
			done := make(chan struct{})
			go func() {
				defer close(done)
				tell(health.Finding{Code: health.DumpsOff, Outcome: health.Good})
			}()
			tell(health.Finding{Code: health.LinkDown, Outcome: health.Fault})
			<-done
		}}
		out, _ := talkWith(t, newCounter(), o, lang, "doctor", "", "5", "cancel", "menu", "94", "cancel")
		down := words.ForFinding(health.LinkDown)
		holds(t, out, "doctor: "+words.ForState(txn.DoctorShown).Title.In(lang),
			"doctor: ✗ "+words.Device(health.Link).In(lang)+" · "+down.Headline.In(lang)+" · "+down.Next.In(lang),
			"doctor: "+words.DoctorFaults.Fill(lang, 1, 0), "doctor: ✗ "+words.ForCode(txn.NotHere).Headline.In(lang), "idle: ")
		if checks != 3 {
			t.Errorf("%d checks, want 3", checks)
		}
		out, _ = talkWith(t, newCounter(), Options{}, lang, "doctor", "cancel")
		holds(t, out, "doctor: "+words.DoctorNowhere.In(lang))
	}
}

// What is said before the first state is a line each.
func TestNoticeOfLines(t *testing.T) {
	out, _ := talkWith(t, newCounter(), Options{Notice: "one\ntwo"}, words.EN)
	holds(t, out, "idle: one", "idle: two", "idle: Ready")
}
