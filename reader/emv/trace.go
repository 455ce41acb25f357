package emv

// Phase is a chapter of a transaction, as a stable code.
type Phase string

// The phases, in the order of Book 3, figure 7.
const (
	PhaseSelect   Phase = "selection"    // Book 1, 12
	PhaseInitiate Phase = "initiation"   // Book 3, 10.1
	PhaseRead     Phase = "read"         // 10.2
	PhaseODA      Phase = "offline-auth" // 10.3
	PhaseRestrict Phase = "restrictions" // 10.4
	PhaseCVM      Phase = "cvm"          // 10.5
	PhaseRisk     Phase = "risk"         // 10.6
	PhaseAction   Phase = "action"       // 10.7
	PhaseCrypto   Phase = "cryptogram"   // 10.8
	PhaseOnline   Phase = "online"       // 10.9
	PhaseScript   Phase = "script"       // 10.10
	PhaseComplete Phase = "completion"   // 10.11
)

// Decision is one decision, recorded while it was made: the phase, the rule
// that made it as a stable code, what it was about (a status word, an AID, a
// CVM rule, a reason; never a digit of a card number), and the bits it set.
type Decision struct {
	Phase  Phase
	Rule   Rule
	Detail string
	TVR    TVR
	TSI    TSI
}

// Rule is a stable code of a rule.
type Rule string

// The rules.
const (
	RulePSEUsed       Rule = "pse.used"        // Book 1, 12.3.2
	RulePSEBad        Rule = "pse.bad"         // its reply or a record cannot be read: list of AIDs
	RulePSEAbsent     Rule = "pse.absent"      // 6A82
	RulePSEBlocked    Rule = "pse.blocked"     // 6283
	RulePSEEmpty      Rule = "pse.empty"       // nothing of ours in it: list of AIDs
	RuleCardBlocked   Rule = "card.blocked"    // 6A81 to the first SELECT
	RuleCandidate     Rule = "candidate.added" // 12.3.3
	RuleAIDBlocked    Rule = "aid.blocked"     // 6283 to a SELECT
	RuleAIDExact      Rule = "aid.exact-only"  // a longer name where only an exact match is allowed
	RuleNoCandidate   Rule = "candidate.none"  // 12.4
	RuleConfirm       Rule = "candidate.confirm-needed"
	RuleChosen        Rule = "application.selected"
	RuleDropped       Rule = "application.removed" // final SELECT or GPO failed, 12.4
	RuleLanguage      Rule = "language"            // Book 4, 11.1
	RuleFormat1       Rule = "format.1"
	RuleFormat2       Rule = "format.2"
	RuleBadData       Rule = "card.data"   // Book 3, 7.5: end of the transaction
	RuleBadStatus     Rule = "card.status" // Book 3, 6.3.5: end of the transaction
	RuleAFL           Rule = "afl"
	RuleUnknownTag    Rule = "tag.ignored"
	RuleNoMethod      Rule = "oda.none" // Book 3, 10.3: no method in common
	RuleSDA           Rule = "oda.sda"
	RuleDDA           Rule = "oda.dda"
	RuleCDA           Rule = "oda.cda"
	RuleVersion       Rule = "restriction.version"   // 10.4.1
	RuleUsage         Rule = "restriction.usage"     // 10.4.2
	RuleEffective     Rule = "restriction.effective" // 10.4.3
	RuleExpiry        Rule = "restriction.expiry"    // 10.4.3
	RuleCVMOff        Rule = "cvm.not-supported"     // AIP
	RuleCVMList       Rule = "cvm.list-missing"
	RuleCVMSkip       Rule = "cvm.condition-unmet"
	RuleCVMUnknown    Rule = "cvm.unrecognised"
	RuleCVMCannot     Rule = "cvm.terminal-cannot"
	RuleCVMFail       Rule = "cvm.failed"
	RuleCVMDone       Rule = "cvm.done"
	RuleCVMEnd        Rule = "cvm.list-exhausted"
	RulePINTries      Rule = "pin.tries"
	RulePINBypass     Rule = "pin.bypassed"
	RulePINPad        Rule = "pin.pad"
	RulePINKey        Rule = "pin.key"
	RulePINWrong      Rule = "pin.wrong"
	RulePINGood       Rule = "pin.good"
	RulePINBlocked    Rule = "pin.blocked"
	RuleRiskOff       Rule = "risk.not-asked" // AIP
	RuleRisk          Rule = "risk.done"
	RuleException     Rule = "risk.exception-list"
	RuleFloor         Rule = "risk.floor-limit"    // 10.6.1
	RuleRandom        Rule = "risk.random"         // 10.6.2
	RuleVelocity      Rule = "risk.velocity"       // 10.6.3
	RuleNewCard       Rule = "risk.new-card"       // 10.6.3
	RuleForced        Rule = "risk.forced"         // merchant
	RuleDenial        Rule = "action.denial"       // 10.7
	RuleOnline        Rule = "action.online"       // 10.7
	RuleDefault       Rule = "action.default"      // 10.7
	RuleOnlineOnly    Rule = "action.online-only"  // terminal type
	RuleOfflineOnly   Rule = "action.offline-only" // terminal type
	RuleNone          Rule = "action.none"         // no action code acted
	RuleTDOL          Rule = "tdol.default"        // 9.2.2
	RuleAsked         Rule = "ac.asked"            // which cryptogram was asked for
	RuleAnswered      Rule = "ac.answered"         // which one came
	RuleHost          Rule = "host.answer"
	RuleIssuerAuth    Rule = "issuer.authenticated" // 10.9
	RuleIssuerBad     Rule = "issuer.auth-failed"
	RuleScript        Rule = "script.done"   // 10.10
	RuleScriptBad     Rule = "script.failed" // 10.10
	RuleScriptRefused Rule = "script.refused"
	RuleTorn          Rule = "card.torn"
	RuleCancelled     Rule = "cancelled"
	RuleMisuse        Rule = "kernel.misuse" // an answer nobody waited for
	RuleRefused       Rule = "card.refused"  // AAC after the host approved
)

// note records a decision of the current phase and sets its bits.
func (k *Kernel) note(rule Rule, detail string, bits ...Bit) {
	d := Decision{Phase: k.phase, Rule: rule, Detail: detail}
	for _, b := range bits {
		i, mask := int(b>>8), byte(b) //nolint:gosec // the lower half is the mask
		if i < len(k.tvr) {
			d.TVR[i] |= mask
			k.tvr[i] |= mask
			continue
		}
		d.TSI[i-len(k.tvr)] |= mask
		k.tsi[i-len(k.tvr)] |= mask
	}
	k.trace = append(k.trace, d)
}

// Rules lists every rule, for the test that none lacks words.
func Rules() []Rule {
	return []Rule{
		RulePSEUsed, RulePSEBad, RulePSEAbsent, RulePSEBlocked, RulePSEEmpty, RuleCardBlocked, RuleCandidate,
		RuleAIDBlocked, RuleAIDExact, RuleNoCandidate, RuleConfirm, RuleChosen, RuleDropped, RuleLanguage,
		RuleFormat1, RuleFormat2, RuleBadData, RuleBadStatus, RuleAFL, RuleUnknownTag, RuleNoMethod, RuleSDA,
		RuleDDA, RuleCDA, RuleVersion, RuleUsage, RuleEffective, RuleExpiry, RuleCVMOff, RuleCVMList, RuleCVMSkip,
		RuleCVMUnknown, RuleCVMCannot, RuleCVMFail, RuleCVMDone, RuleCVMEnd, RulePINTries, RulePINBypass,
		RulePINPad, RulePINKey, RulePINWrong, RulePINGood, RulePINBlocked, RuleRiskOff, RuleRisk, RuleException,
		RuleFloor, RuleRandom, RuleVelocity, RuleNewCard, RuleForced, RuleDenial, RuleOnline, RuleDefault,
		RuleOnlineOnly, RuleOfflineOnly, RuleNone, RuleTDOL, RuleAsked, RuleAnswered, RuleHost, RuleIssuerAuth,
		RuleIssuerBad, RuleScript, RuleScriptBad, RuleScriptRefused, RuleTorn, RuleCancelled, RuleMisuse, RuleRefused,
	}
}

// Phases lists every phase, in order.
func Phases() []Phase {
	return []Phase{
		PhaseSelect, PhaseInitiate, PhaseRead, PhaseODA, PhaseRestrict, PhaseCVM, PhaseRisk, PhaseAction,
		PhaseCrypto, PhaseOnline, PhaseScript, PhaseComplete,
	}
}
