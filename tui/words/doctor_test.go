package words

import (
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"vpos/txn/health"
)

func TestEveryFindingHasWords(t *testing.T) {
	codes := health.Codes()
	for _, s := range health.Subjects() {
		codes = append(codes, health.Late(s))
		check(t, string(s), Device(s), 11, 11, 1)
	}
	unknown := ForFinding("no.such")
	if unknown.Headline.EN != "no.such" {
		t.Error(unknown)
	}
	for _, c := range codes {
		a := ForFinding(c)
		if a.Headline.EN == string(c) {
			t.Errorf("%s has no words", c)
			continue
		}
		// beside a sign and a device's name, on the narrowest page
		check(t, string(c), a.Headline, page-14, page-14, 2)
		if !a.Next.Empty() {
			check(t, string(c)+" next", a.Next, page-2, page-2, 2)
		}
	}
}

// The judges' codes for what is wrong all say what to do.
func TestWhatIsWrongHasANextStep(t *testing.T) {
	wrong := []health.Finding{
		health.OfClock(time.Hour, true, 0, 0), health.OfClock(time.Minute, true, 0, 0), health.OfClock(0, true, time.Hour, 0),
		health.OfClock(0, true, 0, time.Hour), health.OfDisk(0, 0), health.OfDisk(-1, time.Hour), health.OfJournal(0, 0, 1, 1),
		health.OfJournal(1, 0, 0, 0), health.OfJournal(0, 1, 0, 0), health.OfJournal(0, 0, 9, 10), health.OfScreen(1, 1, 40, 20, 1),
		health.OfScreen(80, 24, 40, 20, 2),
	}
	for _, f := range wrong {
		if f.Outcome < health.Warning || ForFinding(f.Code).Next.Empty() {
			t.Errorf("%s %s has no next step", f.Code, f.Outcome)
		}
	}
}

func TestFigures(t *testing.T) {
	f := health.Finding{}.With(health.Free, 3<<30).Timed(health.Write, 1500*time.Microsecond).With(health.Offset, -7300).
		With(health.Batch, 12).Saying(health.TLS, "TLS 1.3").Saying(health.Peer, "CN=x\x1b[31m").Saying(health.First, "")
	const want = "free 3.0 GB · write 1.5 ms · host -2 h · in the batch 12 · TLS 1.3 · certificate CN=x"
	if got := Figures(f, EN); ansi.Strip(got)[:len(want)] != want || ansi.Strip(got) != got {
		t.Errorf("%q, want %q", got, want)
	}
	for _, c := range []struct {
		n    int64
		m    health.Measure
		want string
	}{
		{59, health.Offset, "主机相差 +59 秒"}, {-61, health.Offset, "主机相差 -1 分钟"}, {12, health.Free, "剩余 12 B"}, {2_500_000, health.RoundTrip, "应答 2.5 s"},
	} {
		if got := FigureText(health.Figure{Name: c.m, Number: c.n}, ZH); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestDoctorSummary(t *testing.T) {
	good := []health.Finding{{Outcome: health.Good}, {Outcome: health.NotApplicable}}
	if got := DoctorSummary(good, EN); got != "Checked: 1, all good" {
		t.Error(got)
	}
	if got := DoctorSummary(append(good, health.Finding{Outcome: health.Fault}), ZH); got != "故障 1 项，注意 0 项" {
		t.Error(got)
	}
}
