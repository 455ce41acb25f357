package emv

import (
	"bytes"
	"strconv"

	"vpos/reader/tlv"
)

// pseName is the name of the payment system environment (Book 1, 12.2.2).
const pseName = "1PAY.SYS.DDF01"

// What a directory may be at most; more is not an honest card.
const (
	maxDirectory  = 32 // records
	maxCandidates = 32
	maxOccurrence = 16 // SELECT NEXT of one AID
)

// selection is what the first phase keeps.
type selection struct {
	candidates []Candidate
	language   string
	retry      bool // a candidate was removed: say "try again"
	blocked    bool // the card or an application of it is blocked
	sfi        byte // of the payment system directory
	listAt     int  // the terminal AID being asked for
	occurrence int  // how often
}

// startSelection is Book 1, 12.3.2 step 1.
func (k *Kernel) startSelection() Request {
	if k.cfg.NoPSE {
		return k.startList()
	}
	return k.send(selectName([]byte(pseName), false), k.pseSelected)
}

// pseSelected is Book 1, 12.3.2 steps 1 and 2: only 9000 uses the PSE, 6A81
// says that the card is blocked, anything else leads to the list of AIDs.
func (k *Kernel) pseSelected(r reply) Request {
	switch r.sw {
	case swOK:
	case swNoFunction:
		return k.cardBlocked()
	case swNoFile:
		k.note(RulePSEAbsent, swText(r.sw))
		return k.startList()
	case swDeactivated:
		k.note(RulePSEBlocked, swText(r.sw))
		return k.startList()
	default:
		k.note(RulePSEBad, swText(r.sw))
		return k.startList()
	}
	nodes, err := tlv.Parse(r.data)
	sfi, ok := tlv.Find(nodes, tagFCI, tagProprietary, tagSFI)
	if err != nil || !ok || len(sfi.Value) != 1 || sfi.Value[0] < 1 || sfi.Value[0] > 10 {
		k.note(RulePSEBad, "fci")
		return k.startList()
	}
	if preferred, found := tlv.Find(nodes, tagFCI, tagProprietary, tagLanguage); found {
		k.preferLanguage(preferred.Value)
	}
	k.sfi = sfi.Value[0]
	return k.readDirectory(1)
}

func (k *Kernel) cardBlocked() Request {
	k.note(RuleCardBlocked, swText(swNoFunction))
	k.blocked = true
	return k.end(Terminated, ReasonCardBlocked)
}

// readDirectory is Book 1, 12.3.2 step 3: records from the first on until 6A83.
func (k *Kernel) readDirectory(record byte) Request {
	return k.send(readRecord(k.sfi, record), func(r reply) Request {
		switch {
		case r.sw == swNoRecord:
			return k.directoryRead()
		case !r.ok() || !k.takeEntries(r.data):
			k.note(RulePSEBad, "record "+strconv.Itoa(int(record))+" "+swText(r.sw))
			k.candidates = nil
			return k.startList()
		case record == maxDirectory:
			return k.directoryRead()
		}
		return k.readDirectory(record + 1)
	})
}

// takeEntries adds the entries of one directory record that the terminal knows
// (Book 1, table 47). It reports false where the record is no directory record.
func (k *Kernel) takeEntries(record []byte) bool {
	nodes, err := tlv.Parse(record)
	if err != nil || len(nodes) != 1 || nodes[0].Tag != tagRecord {
		return false
	}
	for _, entry := range nodes[0].Children {
		if name, ok := tlv.Find(entry.Children, tagAID); ok && entry.Tag == tagEntry {
			k.addCandidate(name.Value, entry.Children)
		}
	}
	return true
}

// directoryRead ends the PSE (Book 1, 12.3.2 step 4).
func (k *Kernel) directoryRead() Request {
	if len(k.candidates) == 0 {
		k.note(RulePSEEmpty, "")
		return k.startList()
	}
	k.note(RulePSEUsed, strconv.Itoa(len(k.candidates)))
	return k.pick()
}

// addCandidate puts a name the terminal supports on the candidate list, once
// (Book 1, 12.3.1).
func (k *Kernel) addCandidate(name []byte, about []tlv.Node) {
	if _, ok := k.cfg.application(name); !ok || len(name) < 5 || len(name) > 16 || len(k.candidates) == maxCandidates {
		return
	}
	for _, c := range k.candidates {
		if bytes.Equal(c.AID, name) {
			return
		}
	}
	c := Candidate{AID: bytes.Clone(name), Label: k.cfg.Terminal.label(about)}
	if p, ok := tlv.Find(about, tagPriority); ok && len(p.Value) == 1 {
		c.Priority = int(p.Value[0] & 0x0F)
		c.Confirm = p.Value[0]&0x80 != 0
	}
	k.candidates = append(k.candidates, c)
	k.note(RuleCandidate, hexed(name))
}

// startList is Book 1, 12.3.3: every AID of the terminal is asked for in turn.
func (k *Kernel) startList() Request {
	k.listAt, k.occurrence = 0, 0
	return k.askNext()
}

func (k *Kernel) askNext() Request {
	if k.listAt >= len(k.cfg.Applications) {
		return k.pick()
	}
	aid := k.cfg.Applications[k.listAt].AID
	return k.send(selectName(aid, k.occurrence > 0), k.listed)
}

// listed is Book 1, 12.3.3 steps 2 to 8.
func (k *Kernel) listed(r reply) Request {
	app := k.cfg.Applications[k.listAt]
	if r.sw == swNoFunction && k.occurrence == 0 {
		return k.cardBlocked()
	}
	again := k.occurrence > 0 && (r.sw>>8 == 0x62 || r.sw>>8 == 0x63)
	if !r.ok() && r.sw != swDeactivated && !again {
		return k.nextAID()
	}
	nodes, err := tlv.Parse(r.data)
	name, named := tlv.Find(nodes, tagFCI, tagDFName)
	if r.sw == swDeactivated {
		k.blocked = true
		k.note(RuleAIDBlocked, hexed(app.AID))
	}
	if err != nil || !named || !bytes.HasPrefix(name.Value, app.AID) {
		return k.nextAID()
	}
	exact := len(name.Value) == len(app.AID)
	switch {
	case !r.ok():
	case exact || app.Partial:
		k.addCandidate(name.Value, fciData(nodes))
	default:
		k.note(RuleAIDExact, hexed(name.Value))
	}
	k.occurrence++
	if exact || k.occurrence > maxOccurrence {
		return k.nextAID()
	}
	return k.askNext()
}

func (k *Kernel) nextAID() Request {
	k.listAt++
	k.occurrence = 0
	return k.askNext()
}

// fciData is what stands in the proprietary template of an FCI.
func fciData(nodes []tlv.Node) []tlv.Node {
	a5, _ := tlv.Find(nodes, tagFCI, tagProprietary)
	return a5.Children
}
