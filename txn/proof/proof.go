package proof

import (
	"cmp"
	"fmt"
	"slices"

	"vpos/txn"
)

// Rule names an invariant. The words are stable: a gate prints them.
type Rule string

// The invariants that hold once the network has healed.
const (
	RuleLost       Rule = "lost"       // approved on the terminal, not charged at the host
	RuleDoubled    Rule = "doubled"    // charged at the host, not approved on the terminal
	RuleAmount     Rule = "amount"     // both, but not the same amount
	RuleVanished   Rule = "vanished"   // shown as approved, and is not any more
	RuleUnresolved Rule = "unresolved" // still open or pending
	RuleTombstone  Rule = "tombstone"  // reversed on the terminal, but the host could still charge it
	RuleSTAN       Rule = "stan"       // a trace number used twice in a batch
	RuleTotals     Rule = "totals"     // the batch does not add up to the same on both sides
	RulePaper      Rule = "paper"      // a slip twice, or missing without a record
	RuleSettled    Rule = "settled"    // a batch closed on one side alone, with other totals, or not for good
	RuleVoid       Rule = "void"       // a sale voided other than by exactly one approved void of it
	RuleHold       Rule = "hold"       // what is held, or was charged of it, is not the same on both sides, or too much
	RuleRefund     Rule = "refund"     // more given back than was charged
	RuleTip        Rule = "tip"        // a tip on what can bear none
	RuleStaff      Rule = "staff"      // begun by nobody, or without whoever must let it pass
	RuleGuard      Rule = "guard"      // charged twice within minutes, or given back twice, and nobody was warned

	// These are for tiers that watch as things happen; Check cannot see them.
	RuleOrder Rule = "order" // sent, shown or printed before its row was on disk, or out of turn
	RuleHost  Rule = "host"  // the host's memory is not what its disk has
	RulePanic Rule = "panic" // the machine or the ledger panicked
	// RuleConfirm is money taken back, or a batch closed, before its figure was typed.
	RuleConfirm Rule = "confirm"
)

// Violation is one invariant that does not hold, for one transaction. Key is
// zero where it concerns a whole batch or terminal.
type Violation struct {
	Rule     Rule
	Terminal string
	Key      txn.Key
	Text     string // what was found, for a person
}

// String is one line.
func (v Violation) String() string {
	return fmt.Sprintf("%s: terminal %s batch %s STAN %s: %s", v.Rule, v.Terminal, v.Key.Batch, v.Key.STAN, v.Text)
}

// Check returns every invariant that v breaks; nil when the money is right. v is
// not changed.
func Check(v *View) []Violation { return new(Checker).Check(v) }

// Checker is Check with memory it uses again, for whoever checks millions of
// scenarios. The zero value is ready. It is not safe for concurrent use.
type Checker struct {
	host  []HostView
	txns  []TxnView
	paper []Paper
	found []Violation
	sums  []total
}

// Check is the function of the same name. The result is valid until the next
// call.
func (c *Checker) Check(v *View) []Violation {
	c.found = c.found[:0]
	for i := range v.Terminals {
		c.terminal(&v.Terminals[i], v.Host)
	}
	for i := range v.Host {
		h := &v.Host[i]
		known := func(t TerminalView) bool { return t.Terminal == h.Terminal }
		if h.happened() && !slices.ContainsFunc(v.Terminals, known) {
			c.report(RuleDoubled, h.Terminal, h.Key, "%s for a terminal nobody knows", h.State)
		}
	}
	if len(c.found) == 0 {
		return nil
	}
	return c.found
}

func (c *Checker) report(r Rule, terminal string, k txn.Key, format string, args ...any) {
	c.found = append(c.found, Violation{Rule: r, Terminal: terminal, Key: k, Text: fmt.Sprintf(format, args...)})
}

func compareKeys(a, b txn.Key) int {
	return cmp.Or(cmp.Compare(a.Batch, b.Batch), cmp.Compare(a.STAN, b.STAN))
}

// terminal checks one terminal against its rows of the host's ledger.
func (c *Checker) terminal(t *TerminalView, host []HostView) {
	c.host, c.sums = c.host[:0], c.sums[:0]
	for i := range host {
		if host[i].Terminal == t.Terminal {
			c.host = append(c.host, host[i])
		}
	}
	c.txns = append(c.txns[:0], t.Txns...)
	sort(c.host, func(h *HostView) txn.Key { return h.Key })
	sort(c.txns, func(t *TxnView) txn.Key { return t.Key })
	c.pairs(t.Terminal)
	c.totals(t.Terminal)
	if t.Queue > 0 {
		c.report(RuleUnresolved, t.Terminal, txn.Key{}, "%d reversals or advices still queued", t.Queue)
	}
	c.left(t.Terminal)
	for i := range t.Shown {
		c.shown(t.Terminal, &t.Shown[i])
	}
	c.papers(t)
}

// sort orders by key, and costs little when the order is right already, which it
// is but for a wrapped trace number.
func sort[T any](list []T, key func(*T) txn.Key) {
	for i := 1; i < len(list); i++ {
		if compareKeys(key(&list[i-1]), key(&list[i])) > 0 {
			slices.SortStableFunc(list, func(a, b T) int { return compareKeys(key(&a), key(&b)) })
			return
		}
	}
}

// pairs walks both sides in step.
func (c *Checker) pairs(terminal string) {
	h := 0
	for i := range c.txns {
		t := &c.txns[i]
		for ; h < len(c.host) && compareKeys(c.host[h].Key, t.Key) < 0; h++ {
			c.orphan(terminal, &c.host[h])
		}
		var row *HostView
		if h < len(c.host) && c.host[h].Key == t.Key {
			row = &c.host[h]
			h++
		}
		if t.Intents > 1 || i > 0 && c.txns[i-1].Key == t.Key {
			c.report(RuleSTAN, terminal, t.Key, "given out %d times", max(t.Intents, 2))
		}
		c.pair(terminal, t, row)
		c.void(terminal, t)
		c.about(terminal, t)
	}
	for ; h < len(c.host); h++ {
		c.orphan(terminal, &c.host[h])
	}
	c.refunds(terminal)
}

// orphan is a host row the terminal has no transaction for.
func (c *Checker) orphan(terminal string, h *HostView) {
	c.charging(h)
	if h.happened() {
		c.report(RuleDoubled, terminal, h.Key, "%s %s, and the terminal knows nothing of it", h.State, h.Amount)
	}
}

func (c *Checker) pair(terminal string, t *TxnView, h *HostView) {
	none := HostView{}
	if h != nil {
		c.charging(h)
	} else {
		h = &none
	}
	if t.Kind == txn.Settlement {
		c.settlement(terminal, t, h.State)
		return
	}
	if t.Status == txn.Approved {
		c.approval(t)
	}
	want, amount := c.due(t)
	rule := RuleLost
	if t.Kind == txn.PreAuth && h.happened() {
		rule = RuleHold
	}
	switch {
	case t.Status == txn.Approved && h.State != want:
		c.report(rule, terminal, t.Key, "approved %s, which makes it %q, and the host has it as %q", t.Amount, want, h.State)
	case t.Status == txn.Voided && h.State != Voided:
		c.report(RuleLost, terminal, t.Key, "voided, and the host has it as %q", h.State)
	case t.Status != txn.Approved && h.happened():
		c.report(RuleDoubled, terminal, t.Key, "%s %s, and the terminal has it as %q", h.State, h.Amount, t.Status)
	case (t.Status == txn.Approved || t.Status == txn.Voided) && h.Amount != amount:
		c.report(RuleAmount, terminal, t.Key, "approved %s, at the host %s", amount, h.Amount)
	case t.Status == txn.Reversed && h.State == Absent:
		c.report(RuleTombstone, terminal, t.Key, "reversed, and the host would charge it if it came now")
	}
	c.resolved(terminal, t)
}

// resolved holds that nothing is left to ask or to tell.
func (c *Checker) resolved(terminal string, t *TxnView) {
	if t.Untold {
		c.report(RuleUnresolved, terminal, t.Key, "%s, and the host was never told of it", t.Status)
	}
	if t.Status == txn.Open && t.Kind == txn.Balance {
		return // it moved nothing, and the next start says so
	}
	switch t.Status {
	case txn.Open, txn.ReversalPending, txn.Asking, txn.Drafted:
		c.report(RuleUnresolved, terminal, t.Key, "still %q", t.Status)
	default:
	}
}

// settlement holds that a batch that is closed on the terminal is closed at the host,
// with the totals of what the terminal has in it, and took nothing after that.
func (c *Checker) settlement(terminal string, t *TxnView, state HostState) {
	if t.Status == txn.Open || t.Status == txn.Drafted {
		c.report(RuleUnresolved, terminal, t.Key, "a settlement nobody has asked about again")
	}
	if t.Status != txn.Approved {
		return
	}
	if !c.closed(t.Key.Batch) {
		c.report(RuleSettled, terminal, t.Key, "closed on the terminal, and the host has it as %q", state)
	}
	var sum sides
	for i := range c.txns {
		x := &c.txns[i]
		switch {
		case x.Key.Batch != t.Key.Batch:
		case x.Kind == txn.Settlement && x.Status == txn.Approved && x.Key != t.Key:
			c.report(RuleSettled, terminal, t.Key, "closed twice, by %s as well", x.Key.STAN)
		case x.Status == txn.Approved:
			sum.add(x.kind().Side(), x.Amount.Minor)
		}
	}
	if t.Totals == nil || t.Totals.Sum() != txn.Sides(sum) {
		c.report(RuleSettled, terminal, t.Key, "closed with totals that are not those of its %d debits for %d and %d credits for %d",
			sum.Debits.Count, sum.Debits.Minor, sum.Credits.Count, sum.Credits.Minor)
	}
}

// left holds that no batch was left for the next one without being closed.
func (c *Checker) left(terminal string) {
	if len(c.txns) == 0 {
		return
	}
	open := c.txns[len(c.txns)-1].Key.Batch
	for i := range c.txns {
		b := c.txns[i].Key.Batch
		if b == open || i > 0 && c.txns[i-1].Key.Batch == b || slices.ContainsFunc(c.txns, func(t TxnView) bool {
			return t.Key.Batch == b && t.Kind == txn.Settlement && t.Status == txn.Approved
		}) {
			continue
		}
		c.report(RuleSettled, terminal, txn.Key{Batch: b}, "left without being closed")
	}
}

// closed reports whether the host has closed a batch of the terminal at hand, under
// whatever number: the answer to one settlement may be lost and another asked.
func (c *Checker) closed(b txn.Batch) bool {
	return slices.ContainsFunc(c.host, func(h HostView) bool { return h.Key.Batch == b && h.State == Closed })
}

// find is the transaction of a key, or nil.
func (c *Checker) find(k txn.Key) *TxnView {
	i, ok := slices.BinarySearchFunc(c.txns, k, func(t TxnView, k txn.Key) int { return compareKeys(t.Key, k) })
	if !ok {
		return nil
	}
	return &c.txns[i]
}

// shown holds that an approval once seen stays one, with its amount, until it is
// voided or tipped. What was taken without the host may be refused later: the shop is
// told, and the slip stays.
func (c *Checker) shown(terminal string, s *Shown) {
	if s.Status != txn.Approved {
		return
	}
	switch t := c.find(s.Key); {
	case t == nil:
		c.report(RuleVanished, terminal, s.Key, "shown as approved for %s, and no row of it is left", s.Amount)
	case t.Status == txn.Refused && t.Kind.Told():
	case t.Status != txn.Approved && t.Status != txn.Voided:
		c.report(RuleVanished, terminal, s.Key, "shown as approved, now %q", t.Status)
	case t.Amount != s.Amount && !c.tipped(s.Key):
		c.report(RuleVanished, terminal, s.Key, "shown as approved for %s, now %s", s.Amount, t.Amount)
	}
}
