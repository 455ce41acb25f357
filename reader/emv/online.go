package emv

import (
	"bytes"

	"vpos/reader/tlv"
)

// online is what the issuer's part keeps.
type online struct {
	host    HostState
	before  []script // 71
	after   []script // 72
	scripts []byte   // 9F5B
}

// goOnline hands the cryptogram out (Book 3, 10.9).
func (k *Kernel) goOnline() Request {
	k.phase = PhaseOnline
	k.settle()
	k.host = HostAsked
	k.pending = pending{kind: waitOnline, online: k.hostAnswered}
	return NeedOnline{
		Card: k.identity, Field55: k.field55(RequestTags()), PIN: k.pinOnline,
		Advice: k.advice, TVR: k.tvr, TSI: k.tsi,
	}
}

// hostAnswered takes the issuer's answer: its code, its data, its scripts.
func (k *Kernel) hostAnswered(r OnlineResult) Request {
	switch r.Answer {
	case HostApproved:
		k.host = HostYes
	case HostDeclined:
		k.host = HostNo
	default:
		k.host = HostNoReply
		return k.unable()
	}
	k.note(RuleHost, string(k.host))
	k.data[tagARC] = bytes.Clone(r.Code[:])
	if r.AuthCode != "" {
		k.data[tagAuthCode] = text(r.AuthCode, 6)
	}
	nodes, err := tlv.Parse(r.Field55)
	if err != nil {
		k.note(RuleBadData, "host data")
	}
	for _, n := range nodes {
		switch n.Tag {
		case tagScript1:
			k.before = append(k.before, readScript(n))
		case tagScript2:
			k.after = append(k.after, readScript(n))
		}
	}
	auth, ok := tlv.Find(nodes, tagIssuerAuth)
	if !ok {
		return k.beforeFinal()
	}
	return k.authenticateIssuer(auth.Value)
}

// authenticateIssuer is EXTERNAL AUTHENTICATE, at most once (Book 3, 10.9 and
// 6.5.4). A card that does not ask for it gets the data with CDOL2.
func (k *Kernel) authenticateIssuer(data []byte) Request {
	good := len(data) >= 8 && len(data) <= 16
	if good {
		k.data[tagIssuerAuth] = bytes.Clone(data)
	}
	switch {
	case !k.supports(aipIssuer):
		return k.beforeFinal()
	case !good:
		k.note(RuleIssuerBad, "length", IssuerFailed)
		return k.beforeFinal()
	}
	return k.send(case3(0x00, insExternalAuth, 0, 0, data), func(r reply) Request {
		if r.ok() {
			k.note(RuleIssuerAuth, "", DidIssuer)
		} else {
			k.note(RuleIssuerBad, swText(r.sw), DidIssuer, IssuerFailed)
		}
		return k.beforeFinal()
	})
}

// beforeFinal runs the scripts of template 71, then asks the card to agree.
func (k *Kernel) beforeFinal() Request {
	return k.runScripts(k.before, ScriptBefore, func() Request {
		if k.host == HostYes {
			return k.conclude(acApprove, ReasonHost)
		}
		return k.conclude(acDecline, ReasonHost)
	})
}

// unable is Book 3, 10.7 for a transaction that wanted an issuer and has none:
// the default action codes decide.
func (k *Kernel) unable() Request {
	k.phase = PhaseAction
	k.note(RuleHost, string(HostNoReply))
	if k.acts(RuleDefault, tagIACDefault, k.app.Default, 0xFF) {
		k.data[tagARC] = bytes.Clone(codeUnableNo)
		return k.conclude(acDecline, ReasonUnable)
	}
	k.note(RuleNone, "")
	k.data[tagARC] = bytes.Clone(codeUnableYes)
	return k.conclude(acApprove, ReasonUnable)
}
