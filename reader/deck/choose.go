package deck

import (
	"bytes"
	"slices"

	"vpos/reader/tlv"
)

// pseName is the payment system environment (Book 1, 12.2.2).
const pseName = "1PAY.SYS.DDF01"

// directorySFI is the file of the payment system directory.
const directorySFI = 1

// choose is SELECT by name (Book 1, 11.3), the next occurrence too.
func (c *Card) choose(k command) Reply {
	next := k.p2 == 0x02
	c.challenge, c.live = nil, exchange{}
	switch {
	case c.blocked:
		return status(swCardBlocked)
	case k.p1 != 0x04 || k.p2 != 0x00 && !next:
		return status(swBadP1P2)
	case len(k.data) == 0 || len(k.data) > 16:
		return status(swNoFile)
	case string(k.data) == pseName && !next:
		return c.choosePSE()
	}
	if !next || !bytes.Equal(c.name, k.data) {
		c.occurrence = 0
	}
	c.name = bytes.Clone(k.data)
	var matches []*app
	for i := range c.apps {
		if bytes.HasPrefix(c.apps[i].AID, k.data) {
			matches = append(matches, &c.apps[i])
		}
	}
	if c.occurrence >= len(matches) {
		return status(swNoFile)
	}
	c.current, c.directory = matches[c.occurrence], false
	c.occurrence++
	r := give(c.current.fci(c.file.Languages))
	if c.current.state.Blocked {
		r.SW = swDeactivated
	}
	return r
}

func (c *Card) choosePSE() Reply {
	if c.file.NoPSE {
		return status(swNoFile)
	}
	c.current, c.directory, c.name = nil, true, nil
	inside := tlv.Append(nil, tagSFI, []byte{directorySFI})
	if c.file.Languages != "" {
		inside = tlv.Append(inside, tagLanguage, []byte(c.file.Languages))
	}
	return give(fci([]byte(pseName), inside))
}

// fci is file control information (Book 1, table 45).
func fci(name, inside []byte) []byte {
	return tlv.Append(nil, tagFCI, append(tlv.Append(nil, tagDFName, name), tlv.Append(nil, tagProprietary, inside)...))
}

// about is what the directory and the FCI both say of an application (Book 1,
// tables 45 and 47).
func (a *app) about() []byte {
	out := tlv.Append(nil, tagLabel, []byte(a.Label))
	priority := byte(a.Priority) //nolint:gosec // 0 to 15
	if a.Confirm {
		priority |= 0x80
	}
	if priority != 0 {
		out = tlv.Append(out, tagPriority, []byte{priority})
	}
	return out
}

// preferred is the preferred name with its code table.
func (a *app) preferred(dst []byte) []byte {
	if a.Preferred == "" {
		return dst
	}
	return tlv.Append(tlv.Append(dst, tagCodeTable, []byte{1}), tagPreferred, []byte(a.Preferred))
}

func (a *app) fci(languages string) []byte {
	inside := a.about()
	if len(a.PDOL) > 0 {
		inside = tlv.Append(inside, tagPDOL, a.PDOL)
	}
	if languages != "" {
		inside = tlv.Append(inside, tagLanguage, []byte(languages))
	}
	inside = a.preferred(inside)
	var own []byte
	if len(a.Log) > 0 {
		own = tlv.Append(own, tagLogEntry, []byte{logSFI, logSize})
	}
	for _, o := range a.FCI {
		own = tlv.Append(own, o.tag, o.value)
	}
	if len(own) > 0 {
		inside = tlv.Append(inside, tagDiscretion, own)
	}
	return fci(a.AID, inside)
}

// read is READ RECORD (Book 3, 6.5.11): of the directory, or of the application.
func (c *Card) read(k command) Reply {
	sfi, number := k.p2>>3, k.p1
	switch {
	case k.p2&0x07 != 0x04 || len(k.data) > 0:
		return status(swBadP1P2)
	case c.directory && sfi == directorySFI:
		return c.directoryRecord(int(number))
	case c.current == nil:
		return status(swConditions)
	}
	if sfi == logSFI && len(c.current.Log) > 0 {
		return c.current.logRecord(int(number))
	}
	c.current.make(&c.flaws)
	if data, ok := c.current.records[[2]byte{sfi, number}]; ok {
		return give(data)
	}
	for at := range c.current.records {
		if at[0] == sfi {
			return status(swNoRecord)
		}
	}
	return status(swNoFile)
}

// directoryRecord gives the applications, one a record (Book 1, 12.2.3).
func (c *Card) directoryRecord(number int) Reply {
	if number < 1 || number > len(c.apps) {
		return status(swNoRecord)
	}
	a := &c.apps[number-1]
	entry := slices.Concat(tlv.Append(nil, tagAID, a.AID), a.about())
	entry = a.preferred(entry)
	return give(tlv.Append(nil, tagRecord, tlv.Append(nil, tagEntry, entry)))
}

// getData is GET DATA (Book 3, 6.5.7): the counters, the log's format, and what
// the file and the issuer put there.
func (c *Card) getData(k command) Reply {
	s, tag := &c.current.state, tlv.Tag(k.p1)<<8|tlv.Tag(k.p2)
	var v []byte
	switch tag {
	case tagATC:
		v = pair(s.ATC)
	case tagLastOnline:
		v = pair(s.LastOnline)
	case tagLogFormat:
		if v = c.current.Log; len(v) == 0 {
			return status(swNoData)
		}
	case tagPINTries:
		v = []byte{byte(s.Tries)} //nolint:gosec // at most 15
	default:
		var ok bool
		if v, ok = c.current.held(tag); !ok {
			return status(swNoData)
		}
	}
	return give(tlv.Append(nil, tag, v))
}

// held is a data object GET DATA gives.
func (a *app) held(tag tlv.Tag) ([]byte, bool) {
	if v, ok := a.state.Data[tag]; ok {
		return v, true
	}
	for _, o := range a.Data {
		if o.tag == tag {
			return o.value, true
		}
	}
	return nil, false
}

func pair(n uint16) []byte { return []byte{byte(n >> 8), byte(n)} } //nolint:gosec // both halves
