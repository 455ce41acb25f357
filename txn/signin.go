package txn

import (
	"slices"
	"time"

	"vpos/reader"
)

// Who stands at the terminal: an operator signs in with a number and a PIN before
// anything is sold, the terminal locks itself when nobody touches it, and a supervisor
// lets pass what must not be one person's to do. Where no operators are known there is
// no lock, and nobody is asked; a live terminal then refuses what a supervisor would
// have to let pass.

// The codes of signing in that only the machine knows.
const (
	StaffFormat  Code = "staff.format"  // not two digits
	StaffPIN     Code = "staff.pin"     // not four to six digits
	StaffDiffers Code = "staff.differs" // the new PIN was not keyed twice alike
	StaffNone    Code = "staff.none"    // nobody could let it pass: there are no operators
)

// signing is the talk with whoever signs in, or lets something pass.
type signing struct {
	waits bool          // a Vouch is not yet answered
	pin   reader.Secret // the first PIN, while a new one is chosen
	first reader.Secret // the new one as it was keyed first
}

// locked reports whether nobody has signed in where somebody must.
func (m *machine) locked() bool { return m.Staffed && m.Operator == "" }

// gated reports whether a supervisor must let the draft pass before it goes on.
func (m *machine) gated() bool {
	d := &m.Draft
	if d.Approver != "" || !m.Staffed && !m.Setup.Guarded {
		return false
	}
	switch d.Kind {
	case Void, Refund, PreAuthVoid, CompletionVoid:
		return true
	default:
		return m.Staffed && m.Setup.GuardKeyed && d.Card.Entry == reader.Manual
	}
}

// askSupervisor asks who lets the draft pass.
func (m *machine) askSupervisor() {
	if !m.Staffed {
		m.idle()
		m.Problem = StaffNone
		return
	}
	m.Name, m.Who = SupervisorEntry, ""
}

// whoEntered takes an operator's number. Enter alone is whoever was there last: the
// one the terminal locked itself on, or the supervisor who has signed in.
func (m *machine) whoEntered(text reader.Secret) {
	who := string(text.Reveal())
	switch {
	case who == "" && m.Name == Lock:
		who = m.Away
	case who == "" && m.Role == Supervisor:
		who = m.Operator
	}
	if len(who) != 2 || !isDigits(who) {
		m.Problem = StaffFormat
		return
	}
	m.Who, m.Tries, m.Until = who, 0, time.Time{}
	m.Name = Passcode
}

func isDigits(s string) bool {
	return !slices.ContainsFunc([]byte(s), func(b byte) bool { return b < '0' || b > '9' })
}

// isPasscode reports whether a text can be an operator's PIN.
func isPasscode(text reader.Secret) bool {
	return text.Len() >= 4 && text.Len() <= 6 && isDigits(string(text.Reveal()))
}

// passcodeEntered asks whether the PIN is the operator's.
func (m *machine) passcodeEntered(text reader.Secret) {
	switch {
	case m.signing.waits:
		return
	case !isPasscode(text):
		m.Problem = StaffPIN
		return
	}
	m.dropPasscodes()
	m.signing.pin = reader.NewSecret(text.Reveal())
	m.vouch(reader.Secret{})
}

// vouch asks the store. The PIN goes in a copy of its own: it is wiped there.
func (m *machine) vouch(fresh reader.Secret) {
	m.signing.waits = true
	m.do(Vouch{
		Operator: m.Who, PIN: reader.NewSecret(m.signing.pin.Reveal()), New: fresh, For: m.purpose(), By: m.Operator,
	})
}

// purpose is what a supervisor's PIN is for; empty where somebody signs in.
func (m *machine) purpose() Kind {
	if m.Toward != "" {
		return Kind(m.Toward)
	}
	return m.Draft.Kind
}

// newEntered takes the PIN that somebody chose, twice alike.
func (m *machine) newEntered(text reader.Secret) {
	s := &m.signing
	switch {
	case s.waits:
	case !isPasscode(text):
		m.Problem = StaffPIN
	case s.first.Empty():
		s.first = reader.NewSecret(text.Reveal())
		m.Repeat = true
	case string(s.first.Reveal()) != string(text.Reveal()):
		m.Problem, m.Repeat = StaffDiffers, false
		m.wipe(&s.first)
	default:
		m.Repeat = false
		m.wipe(&s.first)
		m.vouch(reader.NewSecret(text.Reveal()))
	}
}

// vouched takes the store's word.
func (m *machine) vouched(e Vouched) {
	if !m.signing.waits || e.Operator != m.Who {
		return
	}
	m.signing.waits = false
	m.Problem, m.Tries, m.Until = e.Code, e.Left, e.Until
	switch e.Code {
	case NoProblem:
		m.dropPasscodes()
		m.letIn(e)
	case StaffFresh:
		if !m.Supervised() {
			m.Name, m.Problem = NewPasscode, NoProblem
			return
		}
		m.whoAgain()
	case StaffWeak: // another new one
	case StaffWrong:
		m.dropPasscodes()
		m.Name = Passcode
	default:
		m.whoAgain()
	}
}

// letIn goes on with whoever was vouched for.
func (m *machine) letIn(e Vouched) {
	m.Who = ""
	if m.Toward != "" {
		m.Name, m.Toward, m.grantor = m.Toward, "", e.Operator
		return
	}
	if m.Draft.Kind != "" {
		m.Draft.Approver = e.Operator
		if len(m.Warnings) > 0 {
			m.letPass()
			return
		}
		m.next()
		return
	}
	m.Operator, m.Role, m.Away = e.Operator, e.Role, ""
	m.touched = m.Now
	if !e.Shift {
		m.Name = CashEntry
		return
	}
	m.idle()
}

// whoAgain goes back to the question whose PIN it is to be.
func (m *machine) whoAgain() {
	m.dropPasscodes()
	m.Who, m.Name = "", Lock
	if m.Supervised() {
		m.Name = SupervisorEntry
	}
}

// dropPasscodes wipes what was keyed of an operator's PINs.
func (m *machine) dropPasscodes() {
	m.wipe(&m.signing.pin)
	m.wipe(&m.signing.first)
	m.Repeat = false
}

func (m *machine) wipe(s *reader.Secret) {
	if !s.Empty() {
		m.do(ForgetSensitive{PIN: *s})
	}
	*s = reader.Secret{}
}

// cancelSigning is Esc while somebody signs in or is asked to let something pass. The
// store's answer is waited for: its try is written down.
func (m *machine) cancelSigning() {
	switch {
	case m.signing.waits:
		m.Problem = TooLate
	case m.Supervised():
		m.Who = ""
		m.idle()
	default:
		m.whoAgain()
	}
}

// lock closes the terminal for whoever stands there now. What was being put together
// is dropped; what is owed stays owed.
func (m *machine) lock(idle bool) {
	who := m.Operator
	if who == "" {
		m.whoAgain() // somebody began to sign in and left
		return
	}
	m.Operator, m.Role, m.Away, m.Problem = "", "", who, NoProblem
	if m.Name == ApprovedShown || m.Name == Printing || m.Name == PaperEntry {
		m.noPaper(true)
	} else {
		m.idle()
	}
	m.do(SignedOut{Operator: who, Idle: idle})
}

// lockAt is when the terminal locks itself; zero for never. It waits for whatever is
// under way.
func (s *State) lockAt() time.Time {
	asking := s.Name == Passcode || s.Name == NewPasscode
	if s.Operator == "" && !asking || s.Setup.LockAfter <= 0 || s.touched.IsZero() || s.busy() {
		return time.Time{}
	}
	return s.touched.Add(s.Setup.LockAfter)
}

// Checking reports whether the operators' store is at work: a PIN takes it a moment.
func (s State) Checking() bool { return s.signing.waits || s.drawing }

// busy reports whether something is under way that is not a person's to wait for.
func (s *State) busy() bool {
	return s.stage != stageNone || s.chip != chipNone || s.feeding || s.signing.waits || s.drawing
}
