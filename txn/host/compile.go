package host

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/moov-io/iso8583"
	"github.com/moov-io/iso8583/field"
	"github.com/moov-io/iso8583/prefix"

	"vpos/txn"
)

// NewCodec checks a profile and makes its codec. The error names the first
// thing wrong, by the key it has in a profile's file.
func NewCodec(p Profile) (*Codec, error) {
	c, wrong := newCodec(p)
	if len(wrong) > 0 {
		return nil, fmt.Errorf("profile %s: %w", p.Name, wrong[0])
	}
	return c, nil
}

// newCodec makes a codec and names everything that is wrong. Rows are only looked at
// once the fields in them are right.
func newCodec(p Profile) (*Codec, faults) {
	c := &Codec{
		profile: p, number: map[int]*slot{}, held: map[Holder]*part{},
		byOp: map[string]map[txn.Op]*row{"": {}, WhenChip: {}}, asked: map[string][]*row{}, answered: map[string][]*row{},
	}
	wrong := c.profile.check()
	fields := c.compileFields()
	wrong = append(wrong, fields...)
	if len(fields) == 0 {
		wrong = append(wrong, c.entryCodes()...)
		wrong = append(wrong, c.compileRows()...)
	}
	return c, wrong
}

func (c *Codec) compileFields() (wrong faults) {
	p := &c.profile
	mti := newSlot(p.Name, FieldSpec{Number: mtiNumber, Name: "MTI", Kind: Numeric, Length: 4, Encoding: p.MTI})
	form := bitmapCode{hex: p.Bitmap == BitmapHex}
	lib := map[int]field.Field{
		mtiNumber:    &element{slot: mti},
		bitmapNumber: field.NewBitmap(&field.Spec{Length: 8, Description: "bitmap", Enc: form, Pref: prefix.Binary.Fixed}),
	}
	c.first, c.packed = mti, p.MTI == BCD
	p.Fields = slices.Clone(p.Fields)
	slices.SortFunc(p.Fields, func(a, b FieldSpec) int { return a.Number - b.Number })
	for i := range p.Fields {
		f := &p.Fields[i]
		key := fmt.Sprintf("fields.%d", f.Number)
		if found := f.check(); len(found) > 0 {
			wrong.within(key, found...)
			continue
		}
		if c.number[f.Number] != nil {
			wrong.add(at(key, fmt.Errorf("field %d: twice", f.Number)))
			continue
		}
		slot := newSlot(p.Name, *f)
		c.number[f.Number] = slot
		c.slots = append(c.slots, slot)
		lib[f.Number] = &element{slot: slot}
		wrong.within(key, c.hold(slot))
	}
	if len(wrong) == 0 {
		c.spec = &iso8583.MessageSpec{Name: p.Name, Fields: lib}
	}
	return wrong
}

// entryCodes holds the codes of the entry modes against the field they stand in.
func (c *Codec) entryCodes() (wrong faults) {
	in := c.held[HoldsEntryMode]
	for _, row := range c.profile.Entry {
		if in == nil || row.Code == "" || len(row.Code) == in.spec.Length {
			continue
		}
		wrong.add(at("entry."+row.Mode+".code", &KeyFault{Is: ErrLength, Got: strconv.Itoa(len(row.Code)), Want: strconv.Itoa(in.spec.Length)}))
	}
	return wrong
}

// usual is as much as most fields hold; what may be longer is counted message by
// message.
const usual = 64

// hold notes what a field holds. One thing is in one field only, or nobody could
// say which counts; a MAC is in the last.
func (c *Codec) hold(s *slot) error {
	c.size += s.room + min(s.spec.Length, usual)
	c.packed = c.packed || s.spec.Encoding == BCD || s.spec.Encoding == Hex
	s.sealed = c.profile.Keys.Track && s.whole.holds(HoldsTrack2)
	all := []*layout{s.whole}
	for _, l := range s.layouts {
		all = append(all, l)
	}
	for _, l := range all {
		for _, p := range l.every() {
			h := p.spec.Holds
			s.codes = s.codes || p.holder.codes
			switch before := c.held[h]; {
			case h == "":
			case before == nil:
				c.held[h] = p
			case before.number != p.number && h != HoldsMAC && !sharable[h]:
				return fmt.Errorf("holds %q, as field %d does", h, before.number)
			}
			if h == HoldsMAC {
				c.macSize = s.bytes(s.spec.Length)
			}
		}
	}
	if s.codes && len(s.layouts) > 0 {
		return at("layouts", fmt.Errorf("a field that says which operation it is has one content only"))
	}
	return nil
}

// sharable may be in several fields: it is known without being read, or comes to
// the same.
var sharable = map[Holder]bool{HoldsAcquirer: true, HoldsForward: true, HoldsText: true, HoldsOriginalSTAN: true}

// every is the parts of a layout and of the groups in it.
func (l *layout) every() []*part {
	var out []*part
	for _, p := range l.parts {
		out = append(out, p)
		if p.group != nil {
			out = append(out, p.group.every()...)
		}
	}
	return out
}

func (c *Codec) compileRows() (wrong faults) {
	for i := range c.profile.Ops {
		spec := &c.profile.Ops[i]
		r, found := c.compileRow(spec)
		if found = append(found, c.lawful(r)...); len(found) > 0 {
			wrong.within("ops."+spec.key(), found...)
			continue
		}
		c.rows = append(c.rows, r)
		c.byOp[spec.When][spec.Op] = r
		c.asked[spec.MTI] = append(c.asked[spec.MTI], r)
		if spec.Repeat != "" && spec.Repeat != spec.MTI {
			c.asked[spec.Repeat] = append(c.asked[spec.Repeat], r)
		}
		c.answered[r.answer] = append(c.answered[r.answer], r)
	}
	if len(wrong) == 0 || c.rowOf(txn.OpUpload) != nil {
		wrong.add(c.roomy())
	}
	if len(c.rows) < len(c.profile.Ops) {
		return wrong // not all that is to be told apart is there
	}
	for i, a := range c.rows {
		for _, b := range c.rows[:i] {
			wrong.within("ops."+a.spec.key(), a.unlike(b))
		}
		if o := a.spec.Original; o != "" && c.rowOf(o) == nil {
			wrong.add(at("ops."+a.spec.key()+".original", fmt.Errorf("operation %q: not in the profile", o)))
		}
	}
	return wrong
}

// key is the row's name in a file.
func (o *OpSpec) key() string {
	if o.Name != "" {
		return o.Name
	}
	return string(o.Op)
}

func (c *Codec) compileRow(spec *OpSpec) (*row, faults) {
	r := &row{spec: spec, answer: ReplyMTI(spec.MTI), network: strings.Fields(spec.Network)}
	wrong := spec.check()
	var err error
	r.request, err = c.compileList(spec.Request)
	wrong.within("request", err)
	r.reply, err = c.compileList(spec.Reply)
	wrong.within("reply", err)
	for i, list := range [][]carry{r.request, r.reply} {
		r.has[i] = map[Holder]bool{}
		for _, f := range list {
			for _, p := range f.layout.every() {
				r.has[i][p.spec.Holds] = true
			}
		}
	}
	return r, wrong
}

func (c *Codec) compileList(list []Carried) ([]carry, error) {
	out := make([]carry, 0, len(list))
	for i, carried := range list {
		s := c.number[carried.Number]
		if s == nil {
			return nil, fmt.Errorf("field %d is not in the table", carried.Number)
		}
		l := s.named(carried.Layout)
		switch {
		case l == nil:
			return nil, fmt.Errorf("field %d has no layout %q", carried.Number, carried.Layout)
		case l.holds(HoldsMAC) && i != len(list)-1:
			return nil, fmt.Errorf("field %d: a MAC is the last field", carried.Number)
		case i > 0 && carried.Number <= list[i-1].Number:
			return nil, fmt.Errorf("field %d: not in order", carried.Number)
		}
		out = append(out, carry{s, carried.Must, l})
	}
	return out, nil
}

// unlike is an error where two rows could be taken for each other.
func (r *row) unlike(other *row) error {
	if r.spec.Op == other.spec.Op && r.spec.When == other.spec.When {
		return fmt.Errorf("operation %q: twice", r.spec.Op)
	}
	for _, reply := range []bool{false, true} {
		if r.mti(reply) == other.mti(reply) && r.alike(other, reply) && r.spec.Op != other.spec.Op {
			return fmt.Errorf("its codes are those of %s", other.spec.key())
		}
	}
	return nil
}

func (r *row) mti(reply bool) string {
	if reply {
		return r.answer
	}
	return r.spec.MTI
}

// alike reports whether no code that both carry tells two rows apart.
func (r *row) alike(other *row, reply bool) bool {
	a, b := r.spec, other.spec
	for _, x := range []struct {
		holder Holder
		a, b   string
	}{
		{HoldsProcessing, a.Processing, b.Processing}, {HoldsType, a.Type, b.Type},
		{HoldsCondition, a.Condition, b.Condition}, {HoldsFunction, a.Function, b.Function},
	} {
		open := a.OfOriginal && x.a == "" || b.OfOriginal && x.b == "" ||
			x.holder == HoldsCondition && (a.Phone != "" && a.Phone == x.b || b.Phone != "" && b.Phone == x.a)
		if !open && x.a != x.b && (r.holding(x.holder, reply) || other.holding(x.holder, reply)) {
			return false
		}
	}
	for _, n := range r.network {
		if slices.Contains(other.network, n) {
			return true
		}
	}
	return len(r.network) == 0 && len(other.network) == 0
}
