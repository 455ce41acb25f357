package txn

import "time"

// One message at a time on one link. What goes next, what a reply belongs to,
// and what silence means.

// pump starts the next exchange when the link is free and no row is on its way
// to disk: sign-on, then the oldest reversal, then the confirmed draft, then the
// oldest advice. A reversal needs the session's keys, so sign-on, which moves no
// money, goes first. What happens at the till needs no link at all.
func (m *machine) pump() {
	if m.out.busy() || m.writing > 0 || m.stage > stageWaiting || m.weighing || m.Now.IsZero() || !m.Ready {
		return
	}
	waiting, kind := m.stage == stageWaiting, m.Draft.Kind
	if waiting && !kind.Managing() {
		m.gone = false // a person wants something of the host again
	}
	due := waiting || !m.Now.Before(m.retryAt)
	wanted := waiting || !m.gone && (len(m.Pending) > 0 || m.Link == LinkUnknown || m.tellNow())
	if waiting && m.Signed && m.signed.YearDay() != m.Now.YearDay() {
		m.Signed = false // every day anew
	}
	switch {
	case waiting && kind.Managing():
		m.manage(kind.Op())
	case waiting && kind.Told() && (kind != Tip || len(m.Pending) == 0): // a tip may be on what is being reversed
		m.undertaken()
	case !m.Signed && due && wanted:
		m.manage(OpSignOn)
	case len(m.Pending) > 0 && due && (waiting || !m.gone):
		m.sendReversal()
	case waiting && len(m.Untold) > 0 && kind.follows():
		m.sendAdvice()
	case waiting:
		m.undertaken()
	case m.tellNow() && m.chip == chipNone && !m.gone:
		m.sendAdvice()
	case m.probing, m.Setup.EchoEvery > 0 && !m.gone && !m.Now.Before(m.echoAt):
		m.tryLink()
	}
}

// undertaken begins the confirmed draft, unless something stands in its way.
func (m *machine) undertaken() {
	switch settling := m.Draft.Kind == Settlement; {
	case m.Halted != NoProblem:
		m.refuse(m.Halted)
	case m.Frozen != nil && !settling:
		m.refuse(BatchFrozen)
	case m.Frozen != nil:
		m.askSettlement()
	case m.full() && !settling:
		m.refuse(BatchFull)
	case m.unweighed():
		m.weigh()
	default:
		m.begin()
	}
}

// full reports whether the batch takes no more.
func (m *machine) full() bool { return m.Setup.BatchMax > 0 && m.Count >= m.Setup.BatchMax }

// follows reports whether a kind is about earlier transactions of the batch, all of
// which the host must have heard of before it.
func (k Kind) follows() bool { return k.Voids() || k == Settlement || k == Refund || k.Held() }

// maxManageWait bounds the wait for a network management reply: a sale may be
// waiting behind it, and nothing is lost by asking again.
const maxManageWait = 10 * time.Second

// manage sends a network management message. It borrows the next trace number
// without using it up: the numbers on the slips have no gaps.
func (m *machine) manage(op Op) {
	m.send(Request{
		Op: op, STAN: m.NextSTAN, Batch: m.Batch, At: m.Now,
		Terminal: m.Setup.Terminal, Merchant: m.Setup.Merchant,
	})
}

func (m *machine) send(r Request) {
	wait := m.Setup.ReplyTimeout
	if !r.Op.Financial() && !settles(r.Op) && r.Op != OpBalance {
		wait = min(wait, maxManageWait)
	}
	m.out = exchange{request: r, deadline: m.Now.Add(wait)}
	m.do(Send{Request: r})
}

// free ends the exchange and puts off the next idle echo.
func (m *machine) free(link Link) Request {
	r := m.out.request
	m.out, m.Link = exchange{}, link
	m.echoAt = m.Now.Add(m.Setup.EchoEvery)
	return r
}

// matches holds a reply against the request on the link: MTI and F3 (as the
// operation), F11, F41, F42 and, unless the host approved a part, F4.
func (x exchange) matches(r Reply) bool {
	q := x.request
	if !x.busy() || r.Op != q.Op || r.STAN != q.STAN || r.Terminal != q.Terminal || r.Merchant != q.Merchant {
		return false
	}
	if !q.Op.Financial() || r.Amount == q.Amount {
		return true
	}
	return r.Code == partialApproval && q.Op == OpSale && r.Amount.Currency == q.Amount.Currency &&
		r.Amount.Minor > 0 && r.Amount.Minor < q.Amount.Minor
}

// partialApproval is the response code of an approval of less than was asked.
const partialApproval = "10"

func (m *machine) replied(r Reply) {
	switch {
	case !m.out.matches(r):
		m.stray(r)
		return
	case r.BadMAC:
		m.disbelieved()
		m.pump()
		return
	}
	q := m.free(LinkUp)
	if r.Want == WantSignOn && q.Op != OpSignOn {
		m.Signed = false
	}
	switch {
	case q.Op == OpReversal:
		m.reversalReplied(r)
	case settles(q.Op):
		m.settlementReplied(q.Op, r)
	case m.stage == stageSent:
		m.answered(r)
	case q.Op.Advice() || q.Op == OpRefund:
		m.adviceReplied(r)
	case m.stage == stageWaiting && m.Draft.Kind.Managing() && q.Op == m.Draft.Kind.Op():
		m.managed(q.Op, r)
	case q.Op == OpSignOn:
		m.signOnReplied(r)
	default: // that it was answered is all there is to know
	}
	m.pump()
}

// disbelieved is a reply whose MAC is wrong. It counts as none: what is unknown is
// reversed with a reason of its own, after a sign-on that brings new keys.
func (m *machine) disbelieved() {
	m.Signed = false
	cause := HostMAC
	if m.out.request.Op == OpSignOn {
		cause = HostKeys
	}
	if m.stage == stageSent {
		m.Draft.Reason = ReasonBadMAC
	}
	m.unanswered(true, cause)
}

func (m *machine) signOnReplied(r Reply) {
	m.Signed = r.Code == "00"
	if !m.Signed {
		m.notReached(HostRefused)
		return
	}
	m.signedOn(r)
}

// signedOn runs once the host has accepted a sign-on.
func (m *machine) signedOn(r Reply) {
	m.signed = m.Now
	m.retryAt, m.pause = m.Now, m.Setup.ReversalPause
	m.adopt(r.Batch)
}

// adopt takes the batch that the host has open where it is further than we are and we
// have nothing in ours: a terminal that was set up anew goes on where it was.
func (m *machine) adopt(b Batch) {
	if b > m.Batch && m.Count == 0 && m.Frozen == nil {
		m.Batch = b
	}
}

// sendFailed ends an exchange that could not be sent.
func (m *machine) sendFailed(e SendFailed) {
	q := m.out.request
	if !m.out.busy() || e.Op != q.Op || e.STAN != q.STAN {
		return
	}
	cause := HostUnreachable
	if e.Written {
		cause = HostLost
	}
	m.unanswered(e.Written, cause)
	m.pump()
}

// linkLost ends an exchange whose connection is gone.
func (m *machine) linkLost(e LinkLost) {
	q := m.out.request
	if !m.out.busy() || e.Op != q.Op || e.STAN != q.STAN {
		if !m.out.busy() {
			m.Link = LinkDown
		}
		return
	}
	m.unanswered(true, e.Code)
	m.pump()
}

// noReply ends an exchange whose time is up.
func (m *machine) noReply(cause Code) {
	if !m.out.request.Op.Reversible() {
		m.do(HangUp{}) // the late reply of what is reversed is worth hearing; another's is not
	}
	m.unanswered(true, cause)
}

// unanswered ends the exchange on the link without a reply.
func (m *machine) unanswered(written bool, cause Code) {
	switch q := m.free(LinkDown); {
	case q.Op == OpReversal:
		m.reversalUndelivered()
	case settles(q.Op):
		m.settlementUnanswered(q.Op, written, cause)
	case m.stage == stageSent:
		m.unansweredDraft(written, cause)
	case q.Op.Advice() || q.Op == OpRefund:
		m.adviceUndelivered()
	default:
		if written && cause != HostKeys {
			cause = SignOnLost
		}
		m.notReached(cause)
	}
}

// notReached ends what waited for a sign-on that did not come about.
func (m *machine) notReached(cause Code) {
	m.backOff()
	m.triedInVain()
	if m.stage == stageWaiting {
		m.refuse(cause)
	}
}
