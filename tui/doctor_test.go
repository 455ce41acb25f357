package tui

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/tui/screen"
	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/health"
)

// clinic is a shop that checks devices: it finds what it is told to find.
type clinic struct {
	found []health.Finding
	slow  bool // the rest never comes
	wide  int  // of an ambiguous glyph; 0 for a terminal that does not say
	calls int
}

func (c *clinic) Check(_ context.Context, tell func(health.Finding)) {
	c.calls++
	for _, f := range c.found {
		tell(f)
	}
}

// examine runs a check that a message began, as Bubble Tea would.
func (b *bench) examine(before int) {
	if b.m.doctor.round == before || !b.m.doctor.Running {
		return
	}
	round, asked := b.m.doctor.round, b.m.doctor.glyph
	b.doc.Check(context.Background(), func(f health.Finding) { b.m.Update(deviceFound{round, f, true}) })
	if b.doc.slow {
		return
	}
	b.m.Update(deviceFound{round: round})
	switch {
	case !asked:
	case b.doc.wide == 0:
		b.m.Update(glyphLate{})
	default:
		b.m.Update(tea.CursorPositionMsg{X: b.doc.wide, Y: 1})
	}
}

// healthy is a terminal with nothing wrong.
func healthy() []health.Finding {
	good := func(c health.Code) health.Finding { return health.Finding{Code: c, Outcome: health.Good} }
	return []health.Finding{
		good(health.DumpsOff),
		good(health.ReaderReady).With(health.Readers, 1).With(health.Cards, 0),
		good(health.PrinterReady).With(health.Free, 34_512_000_000),
		health.OfDisk(34_512_000_000, 2300*time.Microsecond),
		good(health.FolderPrivate),
		good(health.KeychainGood),
		health.OfJournal(0, 0, 12, 500).With(health.Records, 4711).Saying(health.Head, "9f86d081884c7d65"),
		good(health.ProgramSame).Saying(health.Version, "v1.2.3").Saying(health.Built, "go1.26.0 linux/amd64").
			Saying(health.SHA256, strings.Repeat("0123456789abcdef", 4)).Saying(health.First, "2026-11-20"),
		good(health.LinkGood).Timed(health.Connect, 4*time.Millisecond).Timed(health.RoundTrip, 31*time.Millisecond).
			Saying(health.TLS, "TLS 1.3").Saying(health.Peer, "CN=pos.example.com,O=Acquirer").Saying(health.Expires, "2027-05-01"),
		health.OfClock(time.Second, true, 0, -time.Hour),
	}
}

// ailing has something wrong of every degree.
func ailing() []health.Finding {
	return []health.Finding{
		{Code: health.ReaderNoService, Outcome: health.Warning},
		{Code: health.PrinterUnwritable, Outcome: health.Fault},
		{Code: health.LinkDown, Outcome: health.Fault},
		health.OfClock(0, false, 0, 0),
		health.OfDisk(4<<20, 900*time.Millisecond),
		health.Finding{Code: health.FolderExposed, Outcome: health.Fault}.With(health.Exposed, 3),
		{Code: health.KeychainUnused, Outcome: health.NotApplicable},
		health.OfJournal(2, 1, 480, 500).With(health.Records, 4711),
		{Code: health.Late(health.Program), Outcome: health.Fault},
		{Code: health.DumpsOn, Outcome: health.Warning},
	}
}

var doctorScenes = []scene{
	{"doctor", txn.DoctorShown, func(b *bench) { b.doc.wide = 1; b.keys("d") }},
	{"doctor-ill", txn.DoctorShown, func(b *bench) { b.doc.found, b.doc.wide = ailing(), 2; b.keys("d") }},
	{"doctor-ill-end", txn.DoctorShown, func(b *bench) { b.doc.found = ailing(); b.keys("d"); b.m.cursor = 1 << 20 }},
	{"doctor-running", txn.DoctorShown, func(b *bench) { b.doc.found, b.doc.slow = healthy()[:4], true; b.keys("d") }},
	{"doctor-nowhere", txn.DoctorShown, func(b *bench) { b.m.options.Doctor = nil; b.keys("d") }},
	{"help-doctor", txn.DoctorShown, func(b *bench) { b.keys("d?") }},
}

// The check is opened by its letter and from the menu, tells every device, and begins
// anew with Enter, which has the machine try the link.
func TestDoctor(t *testing.T) {
	for _, keys := range []string{"d", "m94"} {
		b := newBench(t, words.EN, "mono")
		b.doc.wide = 1
		b.keys(keys)
		b.at(txn.DoctorShown)
		for _, s := range health.Subjects() {
			b.shows(words.Device(s).EN)
		}
		b.shows("Checked: 11, all good")
		b.till.events = nil
		b.keys("\n")
		if b.doc.calls != 2 || len(b.m.doctor.Found) != 11 {
			t.Errorf("%d checks, %d findings", b.doc.calls, len(b.m.doctor.Found))
		}
		if opened, ok := b.till.events[0].(txn.Opened); !ok || opened.Name != txn.DoctorShown {
			t.Errorf("the machine was told %v", b.till.events)
		}
		b.keys("\x1b")
		b.at(txn.Idle)
		if b.m.doctor.Found != nil || b.m.doctor.Running {
			t.Error("findings are left behind")
		}
	}
}

// While a check runs, its lines fill one by one and every key works: a second check
// waits, the language changes, Esc leaves, and what comes after that is dropped.
func TestDoctorNeverBlocks(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.doc.found, b.doc.slow = nil, true
	b.keys("d")
	b.shows("Checking: 0 of 11")
	round := b.m.doctor.round
	b.feed(deviceFound{round, health.Finding{Code: health.LinkDown, Outcome: health.Fault}, true})
	b.shows("Checking: 1 of 11")
	b.shows("Cannot be reached")
	b.keys("\n")
	if b.m.doctor.round != round {
		t.Error("a second check began beside the first")
	}
	b.keys("l")
	b.shows("无法连接")
	b.keys("\x1b")
	b.at(txn.Idle)
	b.feed(deviceFound{round, health.Finding{Code: health.DiskFull, Outcome: health.Fault}, true})
	b.keys("d")
	b.hides(words.ForFinding(health.DiskFull).Headline.ZH + " ")
	if len(b.m.doctor.Found) != 0 {
		t.Error("a result of the check that was left is among those of the next")
	}
}

// A terminal is asked once how wide it draws a line; one that is too small says so.
func TestDoctorOnTheScreen(t *testing.T) {
	find := func(b *bench) health.Finding {
		for _, f := range b.m.doctor.Found {
			if f.Subject() == health.Screen {
				return f
			}
		}
		b.Fatal("nothing is told of the screen")
		return health.Finding{}
	}
	for wide, want := range map[int]health.Code{0: health.ScreenUnmeasured, 1: health.ScreenGood, 2: health.ScreenWide} {
		b := newBench(t, words.EN, "mono")
		b.doc.wide = wide
		b.keys("d")
		if f := find(b); f.Code != want || b.m.AmbiguousWidth() != wide {
			t.Errorf("%d cells: %s, %d", wide, f.Code, b.m.AmbiguousWidth())
		}
		b.feed(tea.CursorPositionMsg{X: 9, Y: 1}) // of somebody else's question
		b.feed(tea.CursorPositionMsg{X: 2, Y: 5})
		if b.m.AmbiguousWidth() != wide {
			t.Error("took the answer to another question")
		}
		b.keys("\n")
		if f := find(b); f.Code != want || len(b.m.doctor.Found) != 11 {
			t.Errorf("again: %s, %d findings", f.Code, len(b.m.doctor.Found))
		}
	}
	b := newBench(t, words.EN, "mono")
	b.doc.wide = 1
	b.keys("d")
	b.m.width = screen.MinWidth - 1
	b.m.wantCheck()
	b.feed(Changed{})
	if f := find(b); f.Code != health.ScreenSmall {
		t.Error(f.Code)
	}
}

// The real commands: what a check tells arrives one message at a time, and the last
// says that it was the last.
func TestDoctorCommands(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.m.ambiguous = 1
	b.till.state.Name = txn.DoctorShown
	b.m.adopt(b.till.state)
	cmd := b.m.checkDevices()
	for range 50 {
		if !b.m.doctor.Running {
			break
		}
		for _, msg := range run(cmd) {
			if found, ok := msg.(deviceFound); ok {
				b.m.deviceFound(found)
			}
		}
		cmd = b.m.checkDevices()
	}
	if b.m.doctor.Running || len(b.m.doctor.Found) != 11 || b.doc.calls != 1 {
		t.Errorf("running %t, %d findings of %d checks", b.m.doctor.Running, len(b.m.doctor.Found), b.doc.calls)
	}
}

// run runs a command and those it holds, in order.
func run(cmd tea.Cmd) []tea.Msg {
	if cmd == nil {
		return nil
	}
	switch msg := cmd().(type) {
	case nil:
		return nil
	case tea.BatchMsg:
		var out []tea.Msg
		for _, c := range msg {
			out = append(out, run(c)...)
		}
		return out
	default:
		return []tea.Msg{msg}
	}
}
