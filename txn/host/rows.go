package host

import (
	"slices"
	"strings"

	"vpos/txn"
)

// codes are what tells operations with one message type apart.
type codes struct{ processing, condition, network, kind, function []byte }

// row is one operation's row, compiled.
type row struct {
	spec    *OpSpec
	answer  string   // MTI of the reply
	network []string // the first is sent, all are taken
	request []carry
	reply   []carry
	has     [2]map[Holder]bool // what the requests and the replies hold
}

// carry is one field of a message.
type carry struct {
	slot   *slot
	must   bool
	layout *layout
}

// list is the fields of one direction.
func (r *row) list(reply bool) []carry {
	if reply {
		return r.reply
	}
	return r.request
}

// carries finds a field in one direction, nil for none.
func (r *row) carries(number int, reply bool) *carry {
	list := r.list(reply)
	i := slices.IndexFunc(list, func(c carry) bool { return c.slot.spec.Number == number })
	if i < 0 {
		return nil
	}
	return &list[i]
}

// holding reports whether messages of one direction carry what h holds.
func (r *row) holding(h Holder, reply bool) bool {
	if reply {
		return r.has[1][h]
	}
	return r.has[0][h]
}

// rowOf is the row of an operation, nil for none.
func (c *Codec) rowOf(op txn.Op) *row { return c.byOp[""][op] }

// rowFor is the row a request goes out by.
func (c *Codec) rowFor(r *txn.Request) *row {
	if r.Card.Chip != nil && len(r.Card.Chip.Field55) > 0 {
		if row := c.byOp[WhenChip][r.Op]; row != nil {
			return row
		}
	}
	return c.rowOf(r.Op)
}

// find names a message that came in: the row whose MTI and codes are the
// message's, nil for none. Where a message leaves a code out that its row would
// have, any row fits that has the others.
func (c *Codec) find(mti string, m *content) *row {
	var loosely *row
	rows := c.asked[mti]
	if m.reply {
		rows = c.answered[mti]
	}
	for _, r := range rows {
		switch r.fits(&m.said, m.reply) {
		case exactly:
			return r
		case nearly:
			if loosely == nil {
				loosely = r
			}
		case not:
		}
	}
	return loosely
}

// fit is how well a message's codes are those of a row.
type fit int

const (
	not     fit = iota
	nearly      // a condition or function code was left out
	exactly     // nothing says otherwise
)

// fits holds the codes of a message against the row's.
func (r *row) fits(said *codes, reply bool) fit {
	s := r.spec
	how := min(
		r.fit(HoldsProcessing, said.processing, s.Processing, reply),
		r.fit(HoldsType, said.kind, s.Type, reply),
		max(r.fit(HoldsCondition, said.condition, s.Condition, reply), s.phoned(said.condition), left(said.condition)),
		max(r.fit(HoldsFunction, said.function, s.Function, reply), left(said.function)),
	)
	switch {
	case len(r.network) == 0 && blank(said.network), slices.Contains(r.network, string(said.network)):
		return how
	case len(said.network) == 0 && (blank([]byte(r.network[0])) || !r.holding(HoldsNetwork, reply)):
		return how
	}
	return not
}

// fit holds one code against the row's.
func (r *row) fit(h Holder, said []byte, want string, reply bool) fit {
	if r.spec.OfOriginal && want == "" || string(said) == want || len(said) == 0 && !r.holding(h, reply) {
		return exactly
	}
	return not
}

// phoned is how well field 25 says that an order came by mail or telephone.
func (s *OpSpec) phoned(said []byte) fit {
	if s.Phone != "" && string(said) == s.Phone {
		return exactly
	}
	return not
}

// left is how well a code fits that a message leaves out.
func left(said []byte) fit {
	if len(said) == 0 {
		return nearly
	}
	return not
}

// blank reports whether a code is none: empty, or zeros.
func blank(code []byte) bool { return strings.Trim(string(code), "0") == "" }

// origin names the operation that is taken back, by what a message says of it;
// empty for none.
func (c *Codec) origin(m *content) txn.Op {
	if m.row.spec.Original != "" {
		return m.row.spec.Original
	}
	for _, r := range c.rows {
		s := r.spec
		if !s.OfOriginal && s.When == "" &&
			(len(m.before.mti) == 0 || string(m.before.mti) == s.MTI) &&
			(len(m.before.function) == 0 || string(m.before.function) == s.Function) &&
			s.Processing == string(m.said.processing) &&
			(m.row.spec.Type != "" || s.Type == string(m.said.kind)) &&
			(len(m.said.condition) == 0 || s.Condition == string(m.said.condition) || s.phoned(m.said.condition) == exactly) {
			return s.Op
		}
	}
	return ""
}
