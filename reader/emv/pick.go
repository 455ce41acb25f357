package emv

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"vpos/reader/tlv"
)

// pick is Book 1, 12.4: what to do with the candidate list.
func (k *Kernel) pick() Request {
	slices.SortStableFunc(k.candidates, func(a, b Candidate) int { return cmp.Compare(rank(a), rank(b)) })
	switch {
	case len(k.candidates) == 0 && k.blocked:
		k.note(RuleNoCandidate, "blocked")
		return k.end(Terminated, ReasonAppBlocked)
	case len(k.candidates) == 0:
		k.note(RuleNoCandidate, "")
		return k.end(Terminated, ReasonNoApp)
	case k.cfg.NoChoice:
		return k.pickAlone()
	case len(k.candidates) == 1 && !k.candidates[0].Confirm:
		return k.finalSelect(0)
	}
	return k.choose(ChooseApplication{
		Candidates: slices.Clone(k.candidates), Retry: k.retry, Language: k.speaks(),
	})
}

// rank orders by priority; no priority comes last (Book 1, 12.4).
func rank(c Candidate) int {
	if c.Priority == 0 {
		return 16
	}
	return c.Priority
}

// pickAlone takes the best candidate that needs no confirmation: the terminal
// has no way to ask.
func (k *Kernel) pickAlone() Request {
	for i, c := range k.candidates {
		if !c.Confirm {
			return k.finalSelect(i)
		}
	}
	k.note(RuleConfirm, "")
	return k.end(Terminated, ReasonService)
}

func (k *Kernel) choose(c ChooseApplication) Request {
	k.pending = pending{kind: waitChoice, choice: func(i int) Request {
		switch {
		case i < 0:
			k.note(RuleCancelled, "")
			return k.end(Terminated, ReasonCancelled)
		case i >= len(k.candidates):
			return k.misuse()
		}
		return k.finalSelect(i)
	}}
	return c
}

// finalSelect is the last SELECT of Book 1, 12.4. An application that does not
// come is removed and the rest offered again.
func (k *Kernel) finalSelect(i int) Request {
	c := k.candidates[i]
	return k.send(selectName(c.AID, false), func(r reply) Request {
		nodes, err := tlv.Parse(r.data)
		name, named := tlv.Find(nodes, tagFCI, tagDFName)
		app, known := k.cfg.application(name.Value)
		switch {
		case r.sw == swDeactivated:
			k.blocked = true
			return k.drop(i, swText(r.sw))
		case !r.ok():
			return k.drop(i, swText(r.sw))
		case err != nil || !named || !known || !bytes.HasPrefix(name.Value, c.AID):
			return k.drop(i, "fci")
		}
		k.app = app
		k.note(RuleChosen, hexed(name.Value))
		return k.initiate(i, name.Value, fciData(nodes))
	})
}

// drop removes a candidate and goes on with the others (Book 1, 12.4; Book 4,
// 11.3).
func (k *Kernel) drop(i int, why string) Request {
	k.phase = PhaseSelect
	k.note(RuleDropped, hexed(k.candidates[i].AID)+" "+why)
	k.candidates = slices.Delete(k.candidates, i, i+1)
	k.retry = true
	return k.pick()
}

// preferLanguage takes the first of up to four languages of the cardholder that
// the terminal speaks (Book 4, 11.1).
func (k *Kernel) preferLanguage(preference []byte) {
	for len(preference) >= 2 && k.language == "" {
		code := strings.ToLower(string(preference[:2]))
		if slices.Contains(k.cfg.Languages, code) {
			k.language = code
			k.note(RuleLanguage, code)
		}
		preference = preference[2:]
	}
}

// speaks is the language for the cardholder: the preferred one, else the
// terminal's own.
func (k *Kernel) speaks() string {
	if k.language == "" && len(k.cfg.Languages) > 0 {
		return k.cfg.Languages[0]
	}
	return k.language
}

// label is the name to show (Book 1, 12.4): the preferred name where its code
// table is one the terminal has, else the label. Only characters that can be
// shown safely are kept.
func (t Terminal) label(about []tlv.Node) string {
	table, _ := tlv.Find(about, tagCodeTable)
	preferred, ok := tlv.Find(about, tagPreferred)
	// Code table 1 is ISO/IEC 8859-1: its bytes are the code points.
	if ok && bytes.Equal(table.Value, []byte{1}) && t.Additional[4]&0x01 != 0 {
		if name := shown(preferred.Value, true); name != "" {
			return name
		}
	}
	label, _ := tlv.Find(about, tagLabel)
	return shown(label.Value, false)
}

// shown keeps what is printable, at most sixteen characters of it.
func shown(raw []byte, latin bool) string {
	var out strings.Builder
	for _, c := range raw[:min(len(raw), 16)] {
		if c >= 0x20 && c < 0x7F || latin && c >= 0xA0 {
			out.WriteRune(rune(c))
		}
	}
	return strings.TrimSpace(out.String())
}
