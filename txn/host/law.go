package host

import (
	"errors"
	"fmt"
	"slices"

	"vpos/txn"
	"vpos/txn/host/keys"
)

// What the money law asks of a profile. A file may change almost everything; what a
// reply is known by, what signs it, and which codes mean that money moved, it may not
// take away.

// The faults of a profile that breaks the law.
var (
	errMatched = errors.New("what it is matched by is not required: ! is missing")
	errSigned  = errors.New("it carries no MAC, and the profile has keys for one")
	errRoom    = errors.New("more than one message of the upload holds")
)

// matched is what a message must carry for its reply to be known from others (safety:
// a reply that does not match is discarded), and the host to know a repeat.
func matched(op txn.Op) []Holder {
	list := []Holder{HoldsSTAN, HoldsTerminal, HoldsMerchant}
	if op.Financial() {
		list = append(list, HoldsAmount)
	}
	return list
}

// lawful holds a row against the law: what moves money, takes it back or tells of it,
// and what closes a batch.
func (c *Codec) lawful(r *row) error {
	op := r.spec.Op
	if !op.Financial() && op != txn.OpScript && op != txn.OpSettle && op != txn.OpUploadEnd {
		return nil
	}
	for i, key := range []string{"request", "reply"} {
		reply := i == 1
		for _, h := range matched(op) {
			if !r.must(h, reply) {
				return at(key, fmt.Errorf("%s: %w", h, errMatched))
			}
		}
		money := op.Financial() || op == txn.OpScript
		if money && c.profile.Keys.MAC != keys.NoMAC && !r.holding(HoldsMAC, reply) {
			return at(key, errSigned)
		}
	}
	if op.Financial() && !r.must(HoldsResponse, true) {
		return at("reply", fmt.Errorf("%s: %w", HoldsResponse, errMatched))
	}
	return nil
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

// plain are the codes whose meaning is theirs alone: what they are read as decides
// about money.
func (p *Profile) plain() error {
	read := map[string]string{}
	for _, pair := range p.Codes {
		if first, twice := read[pair.Wire]; twice {
			if !alike(first, pair.Here) {
				return at("codes."+pair.Here, fmt.Errorf("%q on the wire is %s already, which means something else", pair.Wire, first))
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
			return at("codes."+first, fmt.Errorf("%q on the wire is %s itself, which means something else", code, code))
		}
	}
	return nil
}

// alike reports whether two of our codes ask the same of everybody.
func alike(a, b string) bool {
	return txn.ClassOf(a) == txn.ClassOf(b) && txn.Undoes(a) == txn.Undoes(b)
}
