package host

import (
	"errors"
	"strconv"

	"github.com/moov-io/iso8583/field"
)

// slot is one field of a compiled profile.
type slot struct {
	spec    FieldSpec
	room    int                // bytes of the length
	sealed  bool               // an encrypted track: letters A to F too
	codes   bool               // it says which operation the message is
	whole   *layout            // what is in it as a rule
	layouts map[string]*layout // and in some operations
	at      FieldError         // a template: profile, path and name
	lib     field.Spec         // for the library's own messages, without values
}

func newSlot(profile string, spec FieldSpec) *slot {
	s := &slot{
		spec: spec, room: spec.Prefix,
		at:  FieldError{Profile: profile, Path: strconv.Itoa(spec.Number), Name: spec.Name},
		lib: field.Spec{Length: spec.Length, Description: spec.Name},
	}
	if spec.LengthIn == BCD {
		s.room = (spec.Prefix + 1) / 2
	}
	s.whole = s.layout(spec.Holds, spec.Parts)
	s.layouts = map[string]*layout{}
	for _, l := range spec.Layouts {
		s.layouts[l.Name] = s.layout(l.Holds, l.Parts)
	}
	return s
}

// named is a layout by name, the field's own for none; nil for no such.
func (s *slot) named(name string) *layout {
	if name == "" {
		return s.whole
	}
	return s.layouts[name]
}

// fault is err at this field, or at the part of it that err names.
func (s *slot) fault(err error) error {
	var in *FieldError
	if errors.As(err, &in) {
		return in
	}
	at := s.at
	at.Err = err
	return &at
}

// layout is what is in a field.
type layout struct {
	slot   *slot
	parts  []*part
	tagged bool
	held   bool // some part holds something
}

// part is one part of a compiled layout. A field of one value is one part that
// is the whole field.
type part struct {
	spec   Part
	number int // of the field
	whole  bool
	holder holder
	group  *layout    // of a repeated part
	at     FieldError // a template
}

// layout compiles what is in a field: its parts, or the one thing it holds.
func (s *slot) layout(holds Holder, parts []Part) *layout {
	l := &layout{slot: s}
	if len(parts) == 0 {
		spec := Part{Kind: s.spec.Kind, Length: s.spec.Length, Open: s.spec.Prefix > 0, Holds: holds}
		l.parts = []*part{{spec: spec, number: s.spec.Number, whole: true, holder: holders[holds], at: s.at}}
		l.held = holds != ""
		return l
	}
	for i, spec := range parts {
		p := &part{spec: spec, number: s.spec.Number, holder: holders[spec.Holds], at: s.at}
		p.at.Name = spec.Name
		if spec.Tag != "" {
			l.tagged = true
			p.at.Path += "." + spec.Tag
		} else {
			p.at.Path += "." + strconv.Itoa(i+1)
		}
		if spec.Repeat > 0 {
			p.group = s.layout("", spec.Parts)
			p.group.under(p.at.Path)
		}
		l.held = l.held || spec.Holds != "" || p.group != nil && p.group.held
		l.parts = append(l.parts, p)
	}
	return l
}

// under moves the paths of a group's parts below its own.
func (l *layout) under(path string) {
	for i, p := range l.parts {
		p.at.Path = path + "." + strconv.Itoa(i+1)
	}
}

func (p *part) fault(err error) error {
	var in *FieldError
	if errors.As(err, &in) {
		return in
	}
	at := p.at
	at.Err = err
	return &at
}

// holds reports whether any part holds h.
func (l *layout) holds(h Holder) bool {
	for _, p := range l.parts {
		if p.spec.Holds == h || p.group != nil && p.group.holds(h) {
			return true
		}
	}
	return false
}
