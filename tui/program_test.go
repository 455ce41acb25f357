package tui

import (
	"bytes"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/txn"
)

// guarded lets the test look at a till that the program works.
type guarded struct {
	mu   sync.Mutex
	till *till
}

func (g *guarded) State() txn.State {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.till.State()
}

func (g *guarded) Dispatch(e txn.Event) txn.State {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.till.Dispatch(e)
}

type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

// The whole program, from the bytes a keyboard sends to the bytes a terminal
// gets: a swipe, a paste, a decline and a second card.
func TestProgram(t *testing.T) {
	g := &guarded{till: newTill()}
	g.till.host = answer("51")
	keyboard, feed := io.Pipe()
	screen := &output{}
	p := tea.NewProgram(New(g, ledger{}, Options{Quiet: -1}),
		tea.WithInput(keyboard), tea.WithOutput(screen), tea.WithWindowSize(80, 24),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithoutSignals())
	done := make(chan error, 1)
	go func() { _, err := p.Run(); done <- err }()
	step := func(text string, want txn.Name) {
		t.Helper()
		seen := len(screen.String())
		if _, err := io.WriteString(feed, text); err != nil {
			t.Fatal(err)
		}
		deadline := time.Now().Add(10 * time.Second)
		for !strings.Contains(screen.String()[seen:], "vpos · "+string(want)) {
			if time.Now().After(deadline) {
				t.Fatalf("after %q the state is %s (problem %q), want %s", text, g.State().Name, g.State().Problem, want)
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
	pause := func() { time.Sleep(300 * time.Millisecond) } // longer than a reader's tail of Enters
	step("1234\r", txn.Present)
	step(stripe, txn.Confirm)
	pause()
	step("\r", txn.DeclinedShown)
	g.mu.Lock()
	g.till.host = answer("00")
	g.mu.Unlock()
	step("\n", txn.Present)
	pause()
	step("\x1b[200~4111 1111 1111 1111\x1b[201~", txn.PANEntry)
	step("\r1230\r123\r", txn.Confirm)
	step("=", txn.ApprovedShown)
	step("\r", txn.Idle)
	if _, err := io.WriteString(feed, "q"); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	out := screen.String()
	for _, want := range []string{"vpos · present", "vpos · declined", "vpos · approved", "Not enough funds"} {
		if !strings.Contains(out, want) {
			t.Errorf("the terminal never got %q", want)
		}
	}
	if strings.Contains(out, "4111") || strings.Contains(out, "ZHANG") {
		t.Error("card data reached the terminal")
	}
}
