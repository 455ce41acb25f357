package txn

import (
	"errors"
	"slices"
)

// Assertions that stay on. A state that cannot be is a bug of ours or a fault of
// the machine it runs on; either way no new money moves until the next start,
// which believes nothing but the journal. What is pending goes on being reversed.

// ErrImpossible marks a refusal of the journal that only a broken machine could
// have provoked; the engine turns it into [Contradicted].
var ErrImpossible = errors.New("impossible")

func (m *machine) halt() {
	m.Halted = ImpossibleState
	m.do(Note{Code: ImpossibleState, Key: m.Draft.Key()})
}

// impossible holds the state against what every step must leave true.
func (m *machine) impossible() bool {
	request := &m.out.request
	switch {
	case m.writing < 0:
	case (m.stage != stageNone || m.chip == chipReading) != (m.Name == Processing || m.Name == Choose || m.Name == PINEntry && m.chip != chipNone):
	case m.stage == stageCard != (m.chip == chipAnswer):
	case m.stage != stageSent && (request.Op.Reversible() || settles(request.Op)):
	case m.stage == stageSent && request.Op != m.Draft.Kind.Op() && (m.Draft.Kind != Settlement || !settles(request.Op)):
	case m.stage != stageNone && (m.Draft.Kind.Voids() || m.Draft.Kind == Tip) && (m.Sold == nil || m.Draft.Of == nil || m.Sold.Key() != m.Draft.Of.Key):
	case m.stage == stageSent && (request.STAN != m.Draft.STAN || m.Draft.Status != Open):
	case request.Op == OpReversal && (len(m.Pending) == 0 || m.Pending[0].STAN != request.STAN):
	case request.Op.Advice() && len(m.Untold) == 0:
	case m.Name == ApprovedShown && m.Draft.Status != Approved:
	case m.Name == UnknownShown && m.Draft.Status != ReversalPending && m.Draft.Status != Reversed && m.Draft.Status != Asking &&
		(m.Draft.Kind != Settlement || m.Frozen == nil || m.Draft.Status != Open):
	case m.stage > stageWaiting && (m.locked() || m.gated() || m.Draft.Operator != m.Operator && m.Draft.Kind != Settlement):
	case m.Draft.Status == Approved && slices.ContainsFunc(m.Pending, m.isDraft):
	default:
		return false
	}
	return true
}

func (m *machine) isDraft(t Transaction) bool { return t.Key() == m.Draft.Key() }
