package tui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/txn"
)

// broken is a machine that panics on any event.
type broken struct{}

func (broken) State() txn.State             { return txn.State{Name: txn.Idle} }
func (broken) Dispatch(txn.Event) txn.State { panic("impossible") }

// TestRunPanic: after a panic the alternate screen is left and the error says so.
func TestRunPanic(t *testing.T) {
	in, keys := io.Pipe()
	out := &onEntry{do: func() { _, _ = io.WriteString(keys, "1") }}
	m := New(broken{}, nil, Options{})
	err := m.Run(t.Context(), nil, tea.WithInput(in), tea.WithOutput(out), tea.WithWindowSize(80, 24))
	if !errors.Is(err, ErrPanic) {
		t.Fatalf("error %v", err)
	}
	if !strings.Contains(out.String(), "\x1b[?1049l") {
		t.Errorf("the alternate screen was not left: %q", out.String())
	}
}

// onEntry types a key once the alternate screen is up.
type onEntry struct {
	bytes.Buffer
	once sync.Once
	do   func()
}

func (o *onEntry) Write(b []byte) (int, error) {
	if strings.Contains(string(b), "\x1b[?1049h") {
		o.once.Do(func() { go o.do() })
	}
	return o.Buffer.Write(b)
}

// TestRunEnds: the end of the context is no error of the screen.
func TestRunEnds(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	changed := make(chan struct{}, 1)
	changed <- struct{}{}
	var out bytes.Buffer
	m := New(newTill(), nil, Options{})
	if err := m.Run(ctx, changed, tea.WithInput(nil), tea.WithOutput(&out), tea.WithWindowSize(80, 24)); err != nil {
		t.Fatalf("error %v", err)
	}
}
