package pcsc

import (
	"errors"
	"testing"
	"time"

	"vpos/reader"
)

func surveyOf(l library) survey { return survey{library: l, turn: make(chan struct{}, 1)} }

// A survey tells what lies where, and lets the service go again.
func TestSurvey(t *testing.T) {
	s := newService(place{name: "A"}, place{name: "B", state: statePresent, atr: []byte{0x3B, 0}}, place{name: "C", state: statePresent | stateMute})
	got := surveyOf(s).look(t.Context(), time.Second)
	want := []reader.CardState{reader.NoCard, reader.CardIn, reader.CardMute}
	if got.State != string(Ready) || len(got.List) != len(want) {
		t.Fatalf("%s, %d readers", got.State, len(got.List))
	}
	for i, r := range got.List {
		if r.Card != want[i] {
			t.Errorf("%s: card state %d, want %d", r.Name, r.Card, want[i])
		}
	}
	if s.opens != 1 || s.released != 1 {
		t.Errorf("%d contexts opened, %d let go", s.opens, s.released)
	}
	for name, card := range s.cards {
		t.Errorf("the card in %s was touched: %v", name, card)
	}
}

func TestSurveyOfNothing(t *testing.T) {
	if got := surveyOf(nil).look(t.Context(), time.Second); got.State != string(Disabled) {
		t.Error(got.State)
	}
	if got := surveyOf(newService()).look(t.Context(), time.Second); got.State != string(NoReader) {
		t.Error(got.State)
	}
	down := newService()
	down.down = errors.New("down")
	if got := surveyOf(down).look(t.Context(), time.Second); got.State != string(NoService) || !errors.Is(got.Err, down.down) {
		t.Error(got.State, got.Err)
	}
}

// A service that hangs costs the limit, and one goroutine however often it is asked.
func TestSurveyNeverHangs(t *testing.T) {
	s := newService()
	s.hang = make(chan struct{})
	look := surveyOf(s)
	for range 3 {
		if got := look.look(t.Context(), 20*time.Millisecond); got.State != string(NoService) || !errors.Is(got.Err, ErrTimeout) {
			t.Error(got.State, got.Err)
		}
	}
	close(s.hang)
	look.turn <- struct{}{} // the one that hung has ended
	if s.opens != 1 {
		t.Errorf("%d questions hung, want 1", s.opens)
	}
}
