package txn

import (
	"slices"
	"time"

	"vpos/reader"
)

// New is the state before the first event.
func New(setup Setup) State {
	return State{Setup: setup, Name: Idle, Link: LinkUnknown, NextSTAN: 1, Batch: 1}
}

// Step is the machine: the next state, and the effects to perform in order. It
// never blocks, never fails and never looks at anything but its arguments.
func Step(s State, e Event) (State, []Effect) {
	effects := s.Advance(e, nil)
	return s, effects
}

// Advance is [Step] in place, for whoever has no use for the state before and
// takes very many steps: s becomes the next state, and the effects are appended
// to buf. A copy made of s before stays as it was.
func (s *State) Advance(e Event, buf []Effect) []Effect {
	m := machine{State: s, effects: buf}
	m.handle(e)
	if m.Halted == NoProblem && m.impossible() {
		m.halt()
	}
	return m.effects
}

// machine is one step in progress.
type machine struct {
	*State
	effects []Effect
}

func (m *machine) do(e Effect) { m.effects = append(m.effects, e) }

func (m *machine) handle(e Event) {
	switch e.(type) {
	case Entered, Cancelled, Opened, Swiped, Misread, Inserted, Removed, Touched:
		m.touched = m.Now
	}
	switch e := e.(type) {
	case Started:
		m.start(e.Recovered)
	case Tick:
		m.tick(e.Now)
	case Entered:
		m.entered(e.Text)
	case Cancelled:
		m.cancelled()
	case Opened:
		m.opened(e.Name, e.Kind)
	case Swiped:
		m.swiped(e.Card)
	case SlipWanted:
		m.slipWanted(e.Key)
	case Misread:
		m.misread(e.Code)
	case Stored:
		m.stored(e.Tag)
	case StoreFailed:
		m.storeFailed(e.Tag)
	case Replied:
		m.replied(e.Reply)
	case SendFailed:
		m.sendFailed(e)
	case LinkLost:
		m.linkLost(e)
	case Printed:
		m.printed(e.Slip)
	case PrintFailed:
		m.printFailed(e.Slip, e.Why)
	case PrintUnsure:
		m.printUnsure(e.Slip, e.Why)
	case Found:
		m.found(e.Txn)
	case FoundHold:
		m.foundHold(e)
	case Reckoned:
		m.reckoned(e)
	case Listed:
		m.listed(e)
	case Inserted:
		m.inserted(e)
	case Removed:
		m.removed()
	case CardChoose:
		if m.asks(e.Session, Choose) {
			m.Choice = e
		}
	case CardPIN:
		if m.asks(e.Session, PINEntry) {
			m.PIN = e
		}
	case CardWorks:
		if m.asks(e.Session, Processing) {
			m.PIN = CardPIN{}
		}
	case CardOnline:
		m.goOnline(e)
	case CardNamed:
		m.named(e)
	case CardDone:
		m.cardDone(e)
	case Vouched:
		m.vouched(e)
	case Weighed:
		m.weighedUp(e)
	case Configured:
		m.configured(e)
	case Stocked:
		m.stocked(e.Goods)
	case LineRemoved:
		m.lineRemoved()
	case Drawn:
		m.drawn(e)
	case Contradicted:
		m.halt()
	}
}

// start takes over what the journal knew. Every INTENT without an outcome
// becomes a pending reversal before anything else happens.
func (m *machine) start(r Recovered) {
	m.Ready = true
	m.NextSTAN, m.Batch = max(r.NextSTAN, 1), max(r.Batch, 1)
	m.Pending = slices.Clone(r.Pending)
	m.Untold = slices.Clone(r.Untold)
	m.Owed = slices.Clone(r.Unprinted)
	m.pause = m.Setup.ReversalPause
	m.Count = r.Count
	m.Staffed = r.Staffed
	if m.locked() {
		m.idle() // whatever was typed before anybody was known
	}
	var rows []Record
	for _, t := range r.Open {
		switch t.Kind.flow().lost {
		case lostFrozen: // the host may have closed the batch: it is asked again, by a person
			t.Attempts = max(t.Attempts, 1)
			m.Frozen = &t
			continue
		case lostAsked:
			t.Status, t.Cause = Asking, Restarted
			m.Untold = append(m.Untold, t)
		case lostDropped:
			t.Status, t.Cause = Failed, Restarted
			m.forget(t.Card)
		default:
			t.Status, t.Cause = ReversalPending, Restarted
			m.Pending = append(m.Pending, t)
		}
		rows = append(rows, Record{Type: outcomeRow(t.Status), Txn: t})
	}
	if len(rows) > 0 {
		m.write(RecReversalPending, Key{}, rows...)
		return
	}
	m.pump()
}

// tick moves the clock and does what has become due.
func (m *machine) tick(now time.Time) {
	m.Now = now
	if m.out.busy() && !now.Before(m.out.deadline) {
		m.noReply(HostTimeout)
	}
	if m.stage == stageCard && !now.Before(m.cardBy) {
		m.cardLate()
	}
	if m.busy() {
		m.touched = now // whoever waits for the host, the card or the printer is there
	}
	if at := m.lockAt(); !at.IsZero() && !now.Before(at) {
		m.lock(true)
	}
	m.pump()
}

// Deadline is when the machine next wants a [Tick] even if nothing else
// happens; zero means never.
func (s State) Deadline() time.Time {
	return sooner(s.linkDeadline(), s.lockAt())
}

// linkDeadline is when the host or the card wants the next look.
func (s *State) linkDeadline() time.Time {
	switch {
	case s.stage == stageCard:
		return s.cardBy
	case s.out.busy():
		return s.out.deadline
	case !s.nextTry().IsZero() && s.stage == stageNone:
		return s.nextTry()
	case s.Setup.EchoEvery > 0:
		return s.echoAt
	}
	return time.Time{}
}

// sooner is the earlier of two times, of which a zero one is never.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// AtRest reports whether no row is on its way to disk and no slip at the
// printer: a program may end without losing what it was about to write down.
func (s State) AtRest() bool { return s.writing == 0 && !s.feeding && !s.calling }

// Reading reports whether a chip is at work, or waits for the cardholder: the card
// must stay where it is.
func (s State) Reading() bool { return s.chip != chipNone }

// Settled reports whether the state waits for a person: a dialogue may take its
// next line. A reversal may still be on the link; it waits for nobody.
func (s State) Settled() bool {
	return s.Name != Processing && s.AtRest() && s.seeking == 0 && !s.Checking()
}

// OnLink is the operation on the link, or empty.
func (s State) OnLink() Op { return s.out.request.Op }

// ReplyBy is when the message on the link counts as unanswered; zero when there
// is none.
func (s State) ReplyBy() time.Time {
	if !s.out.busy() {
		return time.Time{}
	}
	return s.out.deadline
}

// write appends rows in one commit.
func (m *machine) write(t RecordType, k Key, rows ...Record) {
	m.writing++
	m.do(Append{Tag: Tag{t, k}, Records: rows})
}

// stored goes on where a row was waited for.
func (m *machine) stored(tag Tag) {
	m.writing--
	m.Trouble = NoProblem
	switch {
	case m.stage == stageIntent && tag == Tag{RecIntent, m.Draft.Key()} && m.Draft.Kind == Settlement:
		m.askSettlement()
	case m.stage == stageIntent && tag == Tag{RecIntent, m.Draft.Key()}:
		m.sendDraft()
	case m.stage == stageOutcome && tag == Tag{outcomeRow(m.verdict.Status), m.verdict.Key()}:
		m.showOutcome()
	case tag.Type == RecReversed:
		m.reversalDone(tag.Key)
	case tag.Type == RecTold, tag.Type == RecRefused, m.outOfQueue(tag):
		m.adviceDone(tag.Key)
	}
	m.pump()
}

// outOfQueue reports whether a row is the outcome of what was asked again.
func (m *machine) outOfQueue(tag Tag) bool {
	return (tag.Type == RecApproved || tag.Type == RecDeclined) && len(m.Untold) > 0 && m.Untold[0].Key() == tag.Key
}

// storeFailed keeps the law when the disk does not: nothing is sent whose
// INTENT is not on disk, and no outcome is shown that is not.
func (m *machine) storeFailed(tag Tag) {
	m.writing--
	m.Trouble = DiskFailed
	switch {
	case m.stage == stageIntent && tag == Tag{RecIntent, m.Draft.Key()}:
		m.Draft.Status = Drafted
		m.refuse(DiskFailed)
	case m.stage == stageOutcome && tag == Tag{outcomeRow(m.verdict.Status), m.verdict.Key()}:
		m.outcomeLost()
	case tag.Type == RecReversed:
		m.backOff() // the host would answer again at once, and the disk fail again
	case tag.Type == RecTold, tag.Type == RecRefused, m.outOfQueue(tag):
		m.adviceUnwritten()
	}
	m.pump()
}

// takeSTAN allots the next trace number, passing over those of transactions
// that are still unsettled.
func (m *machine) takeSTAN() STAN {
	for {
		stan := m.NextSTAN
		m.NextSTAN = NextSTAN(stan)
		unsettled := func(t Transaction) bool { return t.STAN == stan }
		if !slices.ContainsFunc(m.Pending, unsettled) && !slices.ContainsFunc(m.Untold, unsettled) {
			return stan
		}
	}
}

// NextSTAN is the trace number after s: 1 follows 999999.
func NextSTAN(s STAN) STAN {
	if s >= MaxSTAN {
		return 1
	}
	return s + 1
}

// forget wipes a card and everything read from it.
func (m *machine) forget(c reader.Card) { m.do(Forget{Card: c}) }
