package emv

import (
	"bytes"
	"strconv"

	"vpos/reader/tlv"
)

// script is one issuer script (Book 3, 10.10).
type script struct {
	id       [4]byte // 9F18, zeros for none
	commands [][]byte
	damaged  bool
}

// The upper half of a script result's first byte (Book 4, A5).
const (
	scriptNotDone = 0x00
	scriptFailed  = 0x10
	scriptDone    = 0x20
)

// readScript reads a template 71 or 72. A damaged one is not performed at all.
func readScript(n tlv.Node) script {
	s := script{damaged: n.Missing > 0}
	nodes, err := tlv.Parse(n.Value)
	if err != nil {
		s.damaged = true
	}
	for _, c := range nodes {
		switch {
		case c.Tag == tagScriptID && len(c.Value) == 4:
			s.id = [4]byte(c.Value)
		case c.Tag == tagCommand:
			s.commands = append(s.commands, bytes.Clone(c.Value))
		}
	}
	return s
}

// permitted reports whether a command of an issuer may be sent: a whole one,
// and not one of those that belong to the terminal. A cryptogram is never made
// behind the kernel's back.
func permitted(command []byte) bool {
	if len(command) < 4 || len(command) > 5+maxData+1 {
		return false
	}
	switch command[1] {
	case insGenerateAC, insExternalAuth, insInternalAuth, insVerify, insSelect, insGPO, 0xC0:
		return false
	}
	return true
}

// runScripts performs scripts in order and goes on with next. A command fails
// unless the card answers 90xx, 62xx or 63xx; then the rest of its script is left
// out. Every script adds five bytes to the results.
func (k *Kernel) runScripts(scripts []script, failure Bit, next func() Request) Request {
	if len(scripts) == 0 {
		return next()
	}
	phase := k.phase
	k.phase = PhaseScript
	return k.runCommand(scripts[0], 0, failure, func() Request {
		k.phase = phase
		return k.runScripts(scripts[1:], failure, next)
	})
}

// runCommand sends the i-th command of a script.
func (k *Kernel) runCommand(s script, i int, failure Bit, next func() Request) Request {
	switch {
	case s.damaged:
		k.scriptResult(s, scriptNotDone)
		k.note(RuleScriptBad, "damaged", DidScript, failure)
		return next()
	case i == len(s.commands):
		k.scriptResult(s, scriptDone)
		k.note(RuleScript, strconv.Itoa(i), DidScript)
		return next()
	case !permitted(s.commands[i]):
		k.scriptResult(s, scriptFailed|byte(min(i+1, 15))) //nolint:gosec // at most 15
		k.note(RuleScriptRefused, strconv.Itoa(i+1), DidScript, failure)
		return next()
	}
	return k.send(s.commands[i], func(r reply) Request {
		if sw1 := r.sw >> 8; sw1 == 0x90 || sw1 == 0x62 || sw1 == 0x63 {
			return k.runCommand(s, i+1, failure, next)
		}
		k.scriptResult(s, scriptFailed|byte(min(i+1, 15))) //nolint:gosec // at most 15
		k.note(RuleScriptBad, strconv.Itoa(i+1)+" "+swText(r.sw), DidScript, failure)
		return next()
	})
}

func (k *Kernel) scriptResult(s script, result byte) {
	k.scripts = append(append(k.scripts, result), s.id[:]...)
}
