package host

import (
	"slices"
	"strconv"
	"strings"

	"vpos/txn"
	"vpos/txn/host/keys"
)

// What the money law asks of a profile. A file may change almost everything; what a
// reply is known by, what signs it, and which codes mean that money moved, it may not
// take away.

// matched is what a message must carry for its reply to be known from others (safety:
// a reply that does not match is discarded), and the host to know a repeat.
func matched(op txn.Op, reply bool) []Holder {
	list := []Holder{HoldsSTAN, HoldsTerminal, HoldsMerchant}
	if op.Financial() {
		list = append(list, HoldsAmount)
		if reply {
			list = append(list, HoldsResponse)
		}
	}
	return list
}

// lawful holds a row against the law: what moves money, takes it back or tells of it,
// and what closes a batch.
func (c *Codec) lawful(r *row) (wrong faults) {
	op := r.spec.Op
	if !op.Financial() && op != txn.OpScript && op != txn.OpSettle && op != txn.OpUploadEnd {
		return nil
	}
	for i, key := range []string{"request", "reply"} {
		reply := i == 1
		var lacks []string
		for _, h := range matched(op, reply) {
			if !r.must(h, reply) {
				lacks = append(lacks, string(h))
			}
		}
		money := op.Financial() || op == txn.OpScript
		switch {
		case len(lacks) > 0:
			wrong.add(at(key, &KeyFault{Is: ErrMatched, Got: strings.Join(lacks, ", ")}))
		case money && c.profile.Keys.MAC != keys.NoMAC && !r.holding(HoldsMAC, reply):
			wrong.add(at(key, ErrUnsigned))
		}
	}
	wrong.add(c.yes(r))
	return wrong
}

// yes looks at a row's own code of approval, which may be no other code's.
func (c *Codec) yes(r *row) error {
	own := r.spec.Approved
	if own == "" {
		return nil
	}
	if code := c.here(c.profile.Codes, own); code != own && !alike(code, approvedCode) || refuses(code) {
		return at("approved", clashing(own, approvedCode, code))
	}
	return nil
}

// refuses reports whether a code is known to mean anything but approval.
func refuses(code string) bool {
	class := txn.ClassOf(code)
	return class != txn.ClassUnknown && class != txn.ClassApproved
}

// must reports whether messages of one direction are refused without what h holds.
func (r *row) must(h Holder, reply bool) bool {
	return slices.ContainsFunc(r.list(reply), func(c carry) bool { return c.must && c.layout.holds(h) })
}

// room is how many transactions one message of a batch upload holds.
func (c *Codec) room() int {
	r := c.rowOf(txn.OpUpload)
	if r == nil || r.spec.Each {
		return 1
	}
	most := 1
	for _, f := range r.request {
		for _, p := range f.layout.parts {
			most = max(most, p.spec.Repeat)
		}
	}
	return most
}

// roomy holds the transactions of an upload's message against what it holds.
func (c *Codec) roomy() error {
	n, most := c.profile.Limits.Details, c.room()
	if n <= most {
		return nil
	}
	return at("limits.details", &KeyFault{Is: ErrRoom, Got: strconv.Itoa(n), Want: "0.." + strconv.Itoa(most)})
}

// plain looks at the codes: what one is read as decides about money, so its meaning
// must be its alone.
func (p *Profile) plain() (wrong faults) {
	clash := func(wire, here, other string) {
		wrong.add(&keyError{"codes." + here, clashing(wire, here, other), "codes." + other})
	}
	read := map[string]string{}
	for _, pair := range p.Codes {
		if first, twice := read[pair.Wire]; twice {
			if !alike(first, pair.Here) {
				clash(pair.Wire, pair.Here, first)
			}
			continue
		}
		read[pair.Wire] = pair.Here
	}
	for _, code := range txn.ResponseCodes() { // what no line names is itself on the wire
		if named := slices.ContainsFunc(p.Codes, func(c Pair) bool { return c.Here == code }); named {
			continue
		}
		if first, taken := read[code]; taken && !alike(first, code) {
			clash(code, first, code)
		}
	}
	return wrong
}

func clashing(wire, here, other string) error {
	return &KeyFault{Is: ErrClash, Got: strconv.Quote(wire), Want: here + " | " + other}
}

// alike reports whether two of our codes ask the same of everybody.
func alike(a, b string) bool {
	return txn.ClassOf(a) == txn.ClassOf(b) && txn.Undoes(a) == txn.Undoes(b)
}
