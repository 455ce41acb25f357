package emv

import (
	"bytes"

	"vpos/reader/tlv"
)

// The bits of the application interchange profile (82; Book 3, table 37), byte 1.
const (
	aipSDA    = 0x40
	aipDDA    = 0x20
	aipCVM    = 0x10
	aipRisk   = 0x08
	aipIssuer = 0x04
	aipCDA    = 0x01
)

// initiate is Book 3, 10.1: all bits of TVR and TSI are cleared, then GET
// PROCESSING OPTIONS with the data of the PDOL.
func (k *Kernel) initiate(candidate int, name []byte, fci []tlv.Node) Request {
	k.phase = PhaseInitiate
	k.tvr, k.tsi = TVR{}, TSI{}
	k.data.wipe()
	k.data = k.terminalData()
	k.data.applicationData(k.app)
	k.data[tagDFName] = bytes.Clone(name)
	k.takeFCI(fci)
	k.identity.AID, k.identity.Label = bytes.Clone(name), k.cfg.Terminal.label(fci)
	if k.identity.Label == "" {
		k.identity.Label = k.candidates[candidate].Label
	}
	k.identity.Language, k.identity.Prefers = k.speaks(), k.language
	data, ok := k.buildDOL(k.data[tagPDOL])
	if !ok || len(data) > maxData-3 {
		return k.badTag(tagPDOL)
	}
	k.pdolData = data
	command := case4(0x80, insGPO, 0, 0, tlv.Append(nil, 0x83, data))
	return k.send(command, func(r reply) Request {
		if r.sw == swConditions { // Book 3, 10.1: back to selection
			return k.drop(candidate, swText(r.sw))
		}
		if !r.ok() {
			return k.badStatus(r)
		}
		return k.initiated(r.data)
	})
}

// takeFCI keeps what the FCI says about the application, its language too.
func (k *Kernel) takeFCI(fci []tlv.Node) {
	for _, n := range fci {
		switch {
		case n.Tag == tagDiscretion:
			for _, c := range n.Children {
				if fromCard(c.Tag) {
					k.data[c.Tag] = bytes.Clone(c.Value)
				}
			}
		case n.Tag == tagLanguage:
			k.preferLanguage(n.Value)
			k.data[n.Tag] = bytes.Clone(n.Value)
		case fromCard(n.Tag):
			k.data[n.Tag] = bytes.Clone(n.Value)
		}
	}
}

// buildDOL makes the data a DOL asks for (Book 3, 5.4), with the state of this
// moment in it. It reports false for a list that cannot be read.
func (k *Kernel) buildDOL(list []byte) ([]byte, bool) {
	dol, err := tlv.ParseDOL(list)
	if err != nil || dol.Size() > maxData {
		return nil, false
	}
	k.settle()
	return dol.Build(nil, k.data.value), true
}

// settle writes what changes during the transaction into the data store.
func (k *Kernel) settle() {
	k.data[tagTVR] = bytes.Clone(k.tvr[:])
	k.data[tagTSI] = bytes.Clone(k.tsi[:])
	k.data[tagCVMResults] = bytes.Clone(k.results[:])
	if len(k.scripts) > 0 {
		k.data[tagScriptResult] = bytes.Clone(k.scripts)
		k.data[tagScriptField] = bytes.Clone(k.scripts)
	}
}

// initiated reads the reply to GET PROCESSING OPTIONS (Book 3, 6.5.8.4).
func (k *Kernel) initiated(data []byte) Request {
	profile, locator, rule, ok := options(data)
	if !ok {
		return k.badData("gpo")
	}
	k.note(rule, hexed(profile))
	list, ok := parseAFL(locator)
	if !ok {
		return k.badTag(tagAFL)
	}
	k.aip = [2]byte(profile)
	k.data[tagAIP], k.data[tagAFL] = bytes.Clone(profile), bytes.Clone(locator)
	k.records = list
	return k.startReading()
}

// options takes AIP and AFL out of format 1, where they stand one after the
// other, or format 2, where they have tags.
func options(data []byte) (profile, locator []byte, rule Rule, ok bool) {
	nodes, err := tlv.Parse(data)
	if err != nil || len(nodes) != 1 {
		return nil, nil, "", false
	}
	n := nodes[0]
	switch n.Tag {
	case tagFormat1:
		if len(n.Value) < 6 {
			return nil, nil, "", false
		}
		return n.Value[:2], n.Value[2:], RuleFormat1, true
	case tagFormat2:
		p, hasProfile := tlv.Find(n.Children, tagAIP)
		l, hasLocator := tlv.Find(n.Children, tagAFL)
		return p.Value, l.Value, RuleFormat2, hasProfile && hasLocator && len(p.Value) == 2
	}
	return nil, nil, "", false
}

// supports reports a bit of the AIP's first byte.
func (k *Kernel) supports(mask byte) bool { return k.aip[0]&mask != 0 }
