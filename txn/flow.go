package txn

// How a transaction is put together, whatever its kind: the states of its flow one
// after the other, each passed over when what it asks for is known. Nothing here is on
// disk or on the link, and Esc drops it all.

// undertake begins a transaction of a kind.
func (m *machine) undertake(k Kind) {
	m.Draft = Transaction{Kind: k, Amount: Money{Currency: m.Setup.Currency}}
	if k.Managing() {
		m.process()
		return
	}
	m.next()
}

// next asks for what is not known yet; when nothing is missing, for the confirmation.
func (m *machine) next() {
	m.Problem = NoProblem
	if m.gated() {
		m.askSupervisor()
		return
	}
	if m.wantsReason() {
		m.Name = ReasonEntry
		return
	}
	for _, name := range m.Draft.Kind.flow().steps {
		if !m.known(name) {
			m.ask(name)
			return
		}
	}
	m.Name = Confirm
}

// ask goes to a state. A card that is in the reader already need not be asked for.
func (m *machine) ask(name Name) {
	m.Name = name
	if name == Present && m.freshCard() {
		m.readCard()
	}
}

// known reports whether there is an answer to what a state asks for.
func (m *machine) known(name Name) bool {
	d := &m.Draft
	switch name {
	case AmountEntry:
		return d.Amount.Minor > 0
	case TipEntry:
		return m.tipped || d.Kind != Tip && !m.Setup.Tips
	case Present, PANEntry:
		return !d.Card.PAN.Empty()
	case TraceEntry:
		return d.Of != nil
	case PayCodeEntry:
		return !m.paycode.Empty()
	case AuthEntry:
		return d.Kind == Offline && d.Result.AuthCode != "" || d.Of != nil && d.Of.AuthCode != ""
	case ReferenceEntry:
		return d.Of != nil && d.Of.RRN != ""
	case DateEntry:
		return d.Of != nil && !d.Of.At.IsZero()
	default:
		return true
	}
}

// past is what the draft is about, to be filled in. The one before stays as it is:
// other states may share it.
func (m *machine) past(change func(*Past)) {
	of := Past{}
	if m.Draft.Of != nil {
		of = *m.Draft.Of
	}
	change(&of)
	m.Draft.Of = &of
}

// retry goes back for another try after a refusal and keeps what need not be asked
// twice: the amount of a sale.
func (m *machine) retry() {
	kind, amount, tip, basket, misreads, tipped := m.Draft.Kind, m.Draft.Amount, m.Draft.Tip, m.Draft.Basket, m.misreads, m.tipped
	m.idle()
	switch {
	case kind == Settlement || kind.Managing():
		return
	case kind.flow().steps[0] == AmountEntry:
		m.Draft, m.misreads, m.tipped = Transaction{Kind: kind, Amount: amount, Tip: tip, Basket: basket}, misreads, tipped
	default:
		m.Draft = Transaction{Kind: kind, Amount: Money{Currency: m.Setup.Currency}}
	}
	m.next()
}
