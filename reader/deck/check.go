package deck

import (
	"fmt"
	"slices"
	"strings"

	"vpos/reader"
	"vpos/reader/deck/issuer"
	"vpos/reader/sheet"
	"vpos/reader/tlv"
)

// Load reads a card file. Errors are a [*sheet.Error] with line and key; they do
// not repeat what the file says.
func Load(text []byte) (*Card, error) {
	d, err := parse(text)
	if err != nil {
		return nil, err
	}
	return d.card(d.Faults...)
}

// parse reads and checks a card file and fills in what it leaves out.
func parse(text []byte) (*definition, error) {
	var d definition
	if err := sheet.Decode(text, &d); err != nil {
		return nil, err
	}
	if wrong := d.check(); wrong != nil {
		return nil, wrong
	}
	if _, wrong := parseFaults(d.Faults); wrong != nil {
		return nil, &sheet.Error{Key: "faults", Text: wrong.Error()}
	}
	before := 0
	for i := range d.Applications {
		a := &d.Applications[i]
		if at, wrong := a.recordsWrong(); wrong != "" {
			return nil, sheet.At(text, "application.record", before+at, "objects", wrong)
		}
		if key, wrong := a.check(); wrong != "" {
			return nil, sheet.At(text, "application", i, key, wrong)
		}
		before += len(a.Records)
	}
	return &d, nil
}

// The answers to reset of cards that say nothing about theirs: the least Book 1,
// 8 allows for each protocol.
var (
	atrT0 = []byte{0x3B, 0x60, 0x00, 0x00}
	atrT1 = []byte{0x3B, 0xE0, 0x00, 0x00, 0x81, 0x31, 0xFE, 0x45, 0xEB}
)

// check looks at the card itself.
func (d *definition) check() *sheet.Error {
	wrong := func(key, text string) *sheet.Error { return &sheet.Error{Key: key, Text: key + ": " + text} }
	if d.Protocol == "" {
		d.Protocol = "T=1"
	}
	if len(d.ATR) == 0 {
		d.ATR = atrT1
		if d.Protocol == "T=0" {
			d.ATR = atrT0
		}
	}
	switch {
	case !isName(d.Name):
		return wrong("name", "want lower-case letters, digits and dashes")
	case d.EN == "" || d.ZH == "":
		return wrong("en, zh", "want one line in each language")
	case d.Brand != "" && !slices.Contains(reader.Brands(), reader.Brand(d.Brand)):
		return wrong("brand", "there is no such brand")
	case d.Protocol != "T=0" && d.Protocol != "T=1":
		return wrong("protocol", "want T=0 or T=1")
	case len(d.ATR) < 2 || len(d.ATR) > 33 || d.ATR[0] != 0x3B && d.ATR[0] != 0x3F:
		return wrong("atr", "want 2 to 33 bytes that begin with 3B or 3F")
	case !isLanguages(d.Languages):
		return wrong("languages", "want one to four pairs of letters, as in zhen")
	case len(d.Applications) == 0 || len(d.Applications) > 8:
		return wrong("application", "want one to eight")
	}
	return nil
}

func isName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

func isLanguages(s string) bool {
	return len(s) <= 8 && len(s)%2 == 0 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

// defaults of an application.
func (a *application) fill() {
	set := func(s *string, to string) {
		if *s == "" {
			*s = to
		}
	}
	set(&a.Authentication, "none")
	set(&a.Decide, "online")
	set(&a.AtEnd, "follow")
	set(&a.IssuerAuth, "optional")
	if a.Format == 0 {
		a.Format = 1
	}
	if a.Tries == 0 {
		a.Tries = 3
	}
}

// check looks at one application; it gives the key and what is wrong with it.
func (a *application) check() (key, wrong string) {
	a.fill()
	oneOf := func(s string, list ...string) bool { return slices.Contains(list, s) }
	switch {
	case len(a.AID) < 5 || len(a.AID) > 16:
		return "aid", "want 5 to 16 bytes"
	case a.Label == "" || len(a.Label) > 16 || len(a.Preferred) > 16:
		return "label", "want 1 to 16 characters"
	case a.Priority < 0 || a.Priority > 15:
		return "priority", "want 0 to 15"
	case len(a.AIP) != 2:
		return "aip", "want two bytes"
	case a.Format != 1 && a.Format != 2:
		return "format", "want 1 or 2"
	case !slices.Contains(issuer.Methods(), a.Cryptogram):
		return "cryptogram", fmt.Sprintf("want one of %v", issuer.Methods())
	case a.Tries < 0 || a.Tries > 15:
		return "tries", "want 1 to 15"
	case a.ATC < 0 || a.ATC > 0xFFFE || a.LastOnline < 0 || a.LastOnline > a.ATC:
		return "atc", "want a counter below 65535, not below last-online"
	case !oneOf(a.Decide, "online", "offline", "decline"):
		return "decide", "want online, offline or decline"
	case !oneOf(a.AtEnd, "follow", "decline"):
		return "at-end", "want follow or decline"
	case !oneOf(a.IssuerAuth, "optional", "required"):
		return "issuer-authentication", "want optional or required"
	case a.OfflineLower < 0 || a.OfflineLower > 255 || a.OfflineUpper < 0 || a.OfflineUpper > 255:
		return "offline-lower", "want 0 to 255"
	}
	if wrong := dolWrong(a.PDOL); wrong != "" {
		return "pdol", wrong
	}
	if wrong := dolWrong(a.Log); wrong != "" {
		return "log", wrong
	}
	if wrong := a.identityWrong(); wrong != "" {
		return "record", wrong
	}
	return a.methodWrong()
}

// dolWrong says what is wrong with a data object list.
func dolWrong(list []byte) string {
	dol, err := tlv.ParseDOL(list)
	switch {
	case err != nil:
		return "no data object list: " + err.Error()
	case dol.Size() > 250:
		return "it asks for more than a command holds"
	}
	return ""
}

// madeSize is how many bytes the deck puts in place of `made`.
var madeSize = map[tlv.Tag]int{
	tagCAIndex: 1, tagIssuerCert: 144, tagIssuerRem: 20, tagIssuerExp: 3, tagSignedStatic: 128, tagCardCert: 128,
	tagCardExp: 1, tagCardRem: 26, tagPINCert: 128, tagPINExp: 1,
}

func toInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// maxRecord is what a record may have inside template 70 so that a short reply
// holds it.
const maxRecord = 248

// recordsWrong looks at the records as files of a card; it gives the record it is
// about, counted from 0.
func (a *application) recordsWrong() (at int, wrong string) {
	seen := map[[2]int]bool{}
	for i, r := range a.Records {
		size := 0
		for _, o := range r.Objects {
			size += len(tlv.Append(nil, o.tag, o.value)) + madeSize[o.tag]*toInt(o.made)
			if o.made && r.Signed {
				return i, "a signed record cannot hold what is made over it"
			}
		}
		switch {
		case r.SFI == logSFI && len(a.Log) > 0:
			return i, "that file is the log's"
		case r.SFI < 1 || r.SFI > 30 || r.Number < 1 || r.Number > 250:
			return i, "want an sfi of 1 to 30 and a number of 1 to 250"
		case seen[[2]int{r.SFI, r.Number}]:
			return i, "it is there twice: sfi and number"
		case size > maxRecord:
			return i, fmt.Sprintf("%d bytes; a record holds %d", size, maxRecord)
		}
		seen[[2]int{r.SFI, r.Number}] = true
	}
	return 0, ""
}

// identityWrong looks at what a terminal cannot do without (Book 3, 7.2).
func (a *application) identityWrong() string {
	if len(a.Records) == 0 || len(a.Records) > 64 {
		return "want 1 to 64"
	}
	for _, t := range []tlv.Tag{tagPAN, tagExpiry, tagCDOL1, tagCDOL2} {
		if _, ok := a.find(t); !ok {
			return "no record holds " + t.String()
		}
	}
	pan, _ := a.find(tagPAN)
	if _, err := reader.RestorePAN(numberOf(pan)); err != nil || len(pan) > 10 {
		return "5A: want 12 to 19 digits"
	}
	for _, t := range []tlv.Tag{tagCDOL1, tagCDOL2, tagDDOL} {
		list, _ := a.find(t)
		if wrong := dolWrong(list); wrong != "" {
			return t.String() + ": " + wrong
		}
	}
	return ""
}

// methodWrong looks for what authentication and cryptogram need.
func (a *application) methodWrong() (key, wrong string) {
	needs := map[string]struct {
		bit  byte
		tags []tlv.Tag
	}{
		"none": {0, nil},
		"sda":  {aipSDA, []tlv.Tag{tagCAIndex, tagIssuerCert, tagIssuerExp, tagSignedStatic}},
		"dda":  {aipDDA, []tlv.Tag{tagCAIndex, tagIssuerCert, tagIssuerExp, tagCardCert, tagCardExp}},
		"cda":  {aipCDA, []tlv.Tag{tagCAIndex, tagIssuerCert, tagIssuerExp, tagCardCert, tagCardExp}},
	}
	need, ok := needs[a.Authentication]
	switch {
	case !ok:
		return "authentication", "want none, sda, dda or cda"
	case need.bit != 0 && a.AIP[0]&need.bit == 0:
		return "aip", fmt.Sprintf("bit %02X of the first byte announces %s and is not set", need.bit, a.Authentication)
	}
	for _, t := range need.tags {
		if _, ok := a.find(t); !ok {
			return "record", "no record holds " + t.String() + ", which " + a.Authentication + " needs"
		}
	}
	list, _ := a.find(tagCDOL1)
	dol, _ := tlv.ParseDOL(list)
	for _, e := range issuer.Signed() {
		if e.Tag == tagAIP || e.Tag == tagATC {
			continue // the card's own
		}
		if !slices.Contains(dol, e) {
			return "record", fmt.Sprintf("8C: the cryptogram needs %s with %d bytes", e.Tag, e.Length)
		}
	}
	return "", ""
}
