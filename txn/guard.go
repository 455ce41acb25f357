package txn

import (
	"slices"
	"strings"
	"time"

	"vpos/reader"
)

// The guards against the expensive mistake: a sale that was taken already, one that was
// split to stay below a limit, numbers tried out by hand, more given back in a day than
// the shop means to. Before a request is written down the journal is asked what bears on
// it; where a rule speaks up the terminal says which, with the figures it saw, and goes
// on only when a supervisor lets it, or, where there are no operators, when the amount
// is typed once more. A guard moves no money and undoes none.

// Guards are the rules that are held against a transaction. A rule whose figure is zero
// is off.
type Guards struct {
	Window     time.Duration // how far back a card's charges are looked at
	Duplicate  bool          // the same card and amount within Window
	PerCard    int           // charges on one card within Window that pass without a word
	Split      int64         // minor units that the charges on one card within Window may come to, when none does alone
	Declines   int           // keyed cards declined within Window that pass without a word
	KeyedShare int           // per cent of the day's charges that may be keyed, from leastForShare charges on
	RefundDay  int64         // minor units that may be given back in a day
}

// leastForShare is how many charges a day must have before a share of them says anything.
const leastForShare = 10

// The codes of the guards: what a warning is about, and why a refund is refused.
const (
	GuardDuplicate Code = "guard.duplicate" // the same card has paid the same amount a moment ago
	GuardVelocity  Code = "guard.velocity"  // one card pays again and again
	GuardSplit     Code = "guard.split"     // together its charges pass the limit that none passes alone
	GuardDeclines  Code = "guard.declines"  // keyed numbers were declined one after the other
	GuardKeyed     Code = "guard.keyed"     // too many of the day's cards were keyed
	GuardRefunds   Code = "guard.refunds"   // more was given back today than the shop means to
	GuardBlind     Code = "guard.blind"     // the journal could not be asked: nothing is charged
	RefundOver     Code = "refund.over"     // more than is left of the sale
	RefundCard     Code = "refund.card"     // the card is not that of the sale
	RefundUndone   Code = "refund.undone"   // the sale was voided, reversed or declined
)

// GuardCodes lists what a warning can be about, for tables and tests.
func GuardCodes() []Code {
	return []Code{GuardDuplicate, GuardVelocity, GuardSplit, GuardDeclines, GuardKeyed, GuardRefunds}
}

// Warning is a rule that speaks up, with what it saw.
type Warning struct {
	Rule   Code
	Count  int           // transactions it saw, this one not among them; of GuardKeyed per cent, this one among them
	Amount Money         // what they come to with this one; zero where the rule does not add up
	Limit  Money         // what they may come to; zero where there is none
	Within time.Duration // how far back it looked; zero: today
	Of     Key           // the newest of them
	At     time.Time     // when that was begun
}

// Weigh asks what the journal knows that bears on a transaction, and is answered by
// [Weighed].
type Weigh struct {
	Serial uint64
	Card   reader.PAN // its charges are told from those of others
	Since  time.Time  // transactions begun then or later are wanted
	Of     *Past      // the sale that a refund names; nil for none
}

// Weighed answers a [Weigh].
type Weighed struct {
	Serial   uint64
	Failed   bool    // the journal could not be read
	Priors   []Prior // oldest first; more than were asked for do no harm
	Original *Prior  // what a refund names; nil where the journal does not know it
	Returned int64   // minor units given back of that already
}

// Prior is an earlier transaction as far as a guard looks at it.
type Prior struct {
	Key
	Kind     Kind
	Status   Status
	At       time.Time // when it was begun
	Amount   Money
	Entry    reader.EntryMode
	SameCard bool
}

func (Weigh) effect()  {}
func (Weighed) event() {}

// stands reports whether it took money of a card, or holds some, and does so still.
func (p *Prior) stands() bool {
	return p.Status == Approved && (p.Kind.Side() == Debit || p.Kind == PreAuth)
}

// returns reports whether it gave money back, or may have.
func (p *Prior) returns() bool {
	return p.Kind.Side() == Credit && (p.Status == Approved || p.Status == Asking || p.Status == Open)
}

// Weighed reports whether transactions of a kind are held against the guards: those that
// take money of a card that somebody presents, and refunds.
func (k Kind) Weighed() bool {
	switch k {
	case Sale, Phone, PreAuth, Offline, Refund:
		return true
	default:
		return false
	}
}

// unweighed reports whether the guards have still to be asked about the draft.
func (m *machine) unweighed() bool {
	return m.Setup.Guards != nil && !m.weighed && m.Draft.Kind.Weighed()
}

// weigh asks the journal. Nothing goes on before it has answered.
func (m *machine) weigh() {
	m.weighs++
	m.weighing = true
	since := midnight(m.Now)
	if from := m.Now.Add(-m.Setup.Guards.Window); from.Before(since) {
		since = from
	}
	w := Weigh{Serial: m.weighs, Card: m.Draft.Card.PAN, Since: since}
	if m.Draft.Kind == Refund {
		w.Of = m.Draft.Of
	}
	m.do(w)
}

func midnight(t time.Time) time.Time {
	y, mon, d := t.Date()
	return time.Date(y, mon, d, 0, 0, 0, 0, t.Location())
}

// weighedUp takes what the journal knows.
func (m *machine) weighedUp(e Weighed) {
	if !m.weighing || e.Serial != m.weighs {
		return
	}
	m.weighing = false
	if e.Failed {
		m.refuse(GuardBlind)
		return
	}
	if code := e.refundable(m.Draft.Amount.Minor); m.Draft.Kind == Refund && code != NoProblem {
		m.refuse(code)
		return
	}
	if m.Warnings = m.Setup.Guards.warnings(&m.Draft, m.Now, e.Priors); len(m.Warnings) == 0 {
		m.weighed = true
		m.pump()
		return
	}
	m.Name, m.stage = WarningShown, stageNone
}

// refundable is why so much may not be given back of the sale that a refund names, as far
// as the journal knows that sale.
func (e *Weighed) refundable(minor int64) Code {
	switch of := e.Original; {
	case of == nil:
	case of.Status != Approved || of.Kind.Side() != Debit:
		return RefundUndone
	case !of.SameCard:
		return RefundCard
	case e.Returned+minor > of.Amount.Minor:
		return RefundOver
	}
	return NoProblem
}

// warnings holds a draft against the rules.
func (g *Guards) warnings(d *Transaction, now time.Time, priors []Prior) (list []Warning) {
	seen := g.sum(d, now, priors)
	if d.Kind == Refund {
		if limit := g.RefundDay; limit > 0 && seen.returned.sum+d.Amount.Minor > limit {
			list = append(list, seen.returned.warning(GuardRefunds, d, limit, 0))
		}
		return list
	}
	if g.Duplicate && seen.twin.count > 0 {
		list = append(list, seen.twin.warning(GuardDuplicate, d, 0, g.Window))
	}
	if g.PerCard > 0 && seen.card.count >= g.PerCard {
		list = append(list, seen.card.warning(GuardVelocity, d, 0, g.Window))
	}
	if g.Split > 0 && seen.card.count > 0 && d.Amount.Minor <= g.Split && seen.card.sum+d.Amount.Minor > g.Split {
		list = append(list, seen.card.warning(GuardSplit, d, g.Split, g.Window))
	}
	if d.Card.Entry != reader.Manual || d.Kind == Phone {
		return list
	}
	if g.Declines > 0 && seen.declined.count >= g.Declines {
		w := seen.declined.warning(GuardDeclines, d, 0, g.Window)
		w.Amount = Money{}
		list = append(list, w)
	}
	if all := seen.all.count + 1; g.KeyedShare > 0 && all > leastForShare {
		if share := 100 * (seen.keyed.count + 1) / all; share > g.KeyedShare {
			list = append(list, Warning{Rule: GuardKeyed, Count: share, Of: seen.keyed.of, At: seen.keyed.at})
		}
	}
	return list
}

// tallied is what some of the earlier transactions come to.
type tallied struct {
	count int
	sum   int64
	of    Key // the newest
	at    time.Time
}

func (t *tallied) add(p *Prior) {
	t.count, t.sum, t.of, t.at = t.count+1, t.sum+p.Amount.Minor, p.Key, p.At
}

func (t *tallied) warning(rule Code, d *Transaction, limit int64, within time.Duration) Warning {
	w := Warning{Rule: rule, Count: t.count, Within: within, Of: t.of, At: t.at}
	w.Amount = Money{Minor: t.sum + d.Amount.Minor, Currency: d.Amount.Currency}
	if limit > 0 {
		w.Limit = Money{Minor: limit, Currency: d.Amount.Currency}
	}
	return w
}

// summed is the earlier transactions as the rules see them.
type summed struct{ twin, card, declined, all, keyed, returned tallied }

// sum goes through the earlier transactions. A phone order is keyed by its nature, and no
// sign that somebody avoids the reader.
func (g *Guards) sum(d *Transaction, now time.Time, priors []Prior) (s summed) {
	today, recent := midnight(now), now.Add(-g.Window)
	for i := range priors {
		p := &priors[i]
		keyed := p.Entry == reader.Manual && p.Kind != Phone
		if !p.At.Before(recent) {
			if p.stands() && p.SameCard {
				s.card.add(p)
				if p.Amount == d.Amount {
					s.twin.add(p)
				}
			}
			if keyed && p.Status == Declined {
				s.declined.add(p)
			}
		}
		if p.At.Before(today) {
			continue
		}
		if p.stands() {
			s.all.add(p)
			if keyed {
				s.keyed.add(p)
			}
		}
		if p.returns() {
			s.returned.add(p)
		}
	}
	return s
}

// Overrules reports whether it takes a supervisor to go on from the warning; else it
// takes the amount, typed once more.
func (s State) Overrules() bool { return s.Staffed && s.Draft.Approver == "" }

// warningEntered is a person who wants to go on all the same.
func (m *machine) warningEntered(text reader.Secret) {
	m.Problem = m.unconfirmed(text)
	switch {
	case m.Problem != NoProblem:
	case m.Overrules():
		m.askSupervisor()
	default:
		m.letPass()
	}
}

// letPass goes on in spite of what was warned of, and notes it with the transaction.
func (m *machine) letPass() {
	for _, w := range m.Warnings {
		m.Draft.pass(w.Rule)
	}
	m.Warnings, m.weighed, m.Problem = nil, true, NoProblem
	m.Name, m.stage, m.Since = Processing, stageWaiting, m.Now
	m.pump()
}

// pass notes that something was let pass.
func (t *Transaction) pass(c Code) {
	if t.Passed != "" {
		t.Passed += " "
	}
	t.Passed += string(c)
}

// PassedCodes are what was let pass: the warnings it was made in spite of, and why its
// card was keyed.
func (t *Transaction) PassedCodes() []Code {
	var codes []Code
	for _, word := range strings.Fields(t.Passed) {
		codes = append(codes, Code(word))
	}
	return codes
}

// Why a card's number was keyed although the card was there.
const (
	KeyedDamaged Code = "keyed.damaged" // neither chip nor stripe can be read
	KeyedReader  Code = "keyed.reader"  // the reader is broken, or there is none
	KeyedLetter  Code = "keyed.letter"  // the order came by letter, mail or message
	KeyedOther   Code = "keyed.other"
	KeyedOff     Code = "keyed.off"     // this shop keys no cards
	ReasonFormat Code = "reason.format" // not the number of a reason
)

// KeyedReasons are why a card may be keyed, in the order of their numbers from 1 on.
func KeyedReasons() []Code { return []Code{KeyedDamaged, KeyedReader, KeyedLetter, KeyedOther} }

// wantsReason reports whether whoever keyed the draft's card has still to say why.
func (m *machine) wantsReason() bool {
	d := &m.Draft
	return m.Setup.KeyedReason && d.Card.Entry == reader.Manual && d.Kind != Phone && m.Sold == nil &&
		!slices.ContainsFunc(KeyedReasons(), func(c Code) bool { return slices.Contains(d.PassedCodes(), c) })
}

// reasonEntered takes the number of a reason.
func (m *machine) reasonEntered(text reader.Secret) {
	reasons := KeyedReasons()
	digits := string(text.Reveal())
	if len(digits) != 1 || digits[0] < '1' || int(digits[0]-'0') > len(reasons) {
		m.Problem = ReasonFormat
		return
	}
	m.Draft.pass(reasons[digits[0]-'1'])
	m.next()
}
