package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"vpos/tui/words"
	"vpos/txn/host/keys"
)

// ceremony is the loading of a key under dual control: each custodian enters a component
// that says nothing of the key, and sees no other's. It shows check values, never a key.
type ceremony struct {
	in         asker
	out        io.Writer
	clear      bool // out is a screen that can be cleared
	lang       words.Lang
	live       bool
	kind       keys.Purpose
	custodians int
}

// asker puts a question on the screen and gives the line that answers it, which the
// caller may wipe. An answer that is hidden is masked.
type asker interface {
	Ask(question string, hidden bool) ([]byte, error)
}

// maxTries is how often one entry may be wrong before the ceremony ends.
const maxTries = 5

// run gives the key, which the caller wipes. Components are wiped, whatever happens.
func (c *ceremony) run() (keys.Held, error) {
	c.say(words.KeyBegin.Fill(c.lang, c.kind, c.custodians))
	ksn, err := c.serial()
	if err != nil {
		return keys.Held{}, err
	}
	var parts []keys.Key
	defer func() {
		for _, p := range parts {
			p.Wipe()
		}
	}()
	for i := range c.custodians {
		c.wipe()
		c.say(words.KeyCustodian.Fill(c.lang, i+1, c.custodians))
		part, err := c.component(parts)
		if err != nil {
			c.wipe()
			return keys.Held{}, err
		}
		if slices.ContainsFunc(parts, part.Equal) {
			part.Wipe()
			return keys.Held{}, advise(words.KeySame, c.lang, nil)
		}
		parts = append(parts, part)
		if _, err := c.in.Ask(words.KeyNextOne.In(c.lang), false); err != nil {
			return keys.Held{}, c.stopped()
		}
	}
	c.wipe()
	return c.whole(parts, ksn)
}

// whole makes the key of its components and has its check value confirmed.
func (c *ceremony) whole(parts []keys.Key, ksn []byte) (keys.Held, error) {
	k, err := keys.Combine(parts...)
	if err != nil {
		return keys.Held{}, keysError(err, c.lang)
	}
	if c.kind.Cipher() == keys.TDES {
		even := k
		k = k.WithOddParity() // two components of odd parity make a key of even
		even.Wipe()
	}
	h := keys.Held{Purpose: c.kind, Key: k, KSN: ksn}
	err = c.judge(h)
	if err != nil {
		k.Wipe()
		return keys.Held{}, err
	}
	return h, nil
}

func (c *ceremony) judge(h keys.Held) error {
	switch {
	case c.kind.Cipher() == keys.TDES && h.Key.Halved():
		return advise(words.KeyWeak, c.lang, nil)
	case c.live && h.Test():
		return advise(words.KeyTest, c.lang, nil)
	}
	check, err := checkValue(h)
	if err != nil {
		return keysError(err, c.lang)
	}
	right, err := c.confirm(words.KeyWhole.Fill(c.lang, check))
	if err == nil && !right {
		err = c.stopped()
	}
	return err
}

// serial asks for the serial number that goes with an initial key; nil for other keys.
func (c *ceremony) serial() ([]byte, error) {
	n := c.kind.KSNLen()
	if n == 0 {
		return nil, nil
	}
	for range maxTries {
		ksn, err := c.digits(words.KeySerialAsk.Fill(c.lang, 2*n), false)
		if err != nil {
			return nil, err
		}
		if len(ksn) == n {
			return ksn, nil
		}
		c.say(words.KeyNotHex.Fill(c.lang, strconv.Itoa(2*n)), words.KeyAgain.In(c.lang))
	}
	return nil, advise(words.KeyTries, c.lang, nil)
}

// component asks one custodian until an entry is well formed and its check value is the
// one on the sheet. All components are as long as the first.
func (c *ceremony) component(before []keys.Key) (keys.Key, error) {
	lengths := c.kind.Lengths()
	if len(before) > 0 {
		lengths = []int{before[0].Len()}
	}
	for range maxTries {
		entry, err := c.digits(words.KeyPartAsk.In(c.lang), true)
		if err != nil {
			return keys.Key{}, err
		}
		part, fault := c.part(entry, lengths)
		clear(entry)
		if fault != "" {
			c.say(fault, words.KeyAgain.In(c.lang))
			continue
		}
		check, err := part.CheckValue(c.kind.Cipher())
		if err != nil {
			part.Wipe()
			return keys.Key{}, keysError(err, c.lang)
		}
		right, err := c.confirm(words.KeyPartCheck.Fill(c.lang, fmt.Sprintf("%X", check)))
		if right && err == nil {
			return part, nil
		}
		part.Wipe()
		if err != nil {
			return keys.Key{}, err
		}
	}
	return keys.Key{}, advise(words.KeyTries, c.lang, nil)
}

// part makes a component of an entry, or says what is wrong with it.
func (c *ceremony) part(entry []byte, lengths []int) (keys.Key, string) {
	if !slices.Contains(lengths, len(entry)) {
		var digits []string
		for _, n := range lengths {
			digits = append(digits, strconv.Itoa(2*n))
		}
		return keys.Key{}, words.KeyNotHex.Fill(c.lang, strings.Join(digits, "/"))
	}
	part, err := keys.NewKey(entry)
	if err != nil {
		return keys.Key{}, keysError(err, c.lang).Error()
	}
	if c.kind.Cipher() == keys.TDES && !part.OddParity() {
		part.Wipe()
		return keys.Key{}, words.KeyParity.In(c.lang)
	}
	return part, ""
}

// digits reads hexadecimal digits, with spaces anywhere; nil for what is none.
func (c *ceremony) digits(question string, hidden bool) ([]byte, error) {
	line, err := c.in.Ask(question, hidden)
	defer clear(line)
	if err != nil {
		return nil, c.stopped()
	}
	text := bytes.ReplaceAll(line, []byte(" "), nil)
	defer clear(text)
	out := make([]byte, hex.DecodedLen(len(text)))
	if _, err := hex.Decode(out, text); err != nil {
		clear(out)
		return nil, nil
	}
	return out, nil
}

// confirm asks until the answer is yes or no.
func (c *ceremony) confirm(question string) (bool, error) {
	for range maxTries {
		line, err := c.in.Ask(question, false)
		if err != nil {
			return false, c.stopped()
		}
		switch strings.ToLower(strings.TrimSpace(string(line))) {
		case "y", "yes", "是":
			return true, nil
		case "n", "no", "否":
			return false, nil
		}
		question = words.KeyYesNo.In(c.lang)
	}
	return false, c.stopped()
}

func (c *ceremony) stopped() error { return advise(words.KeyStopped, c.lang, nil) }

func (c *ceremony) say(lines ...string) {
	for _, l := range lines {
		fmt.Fprintln(c.out, l)
	}
}

// wipe clears the screen and what can be scrolled back to.
func (c *ceremony) wipe() {
	if c.clear {
		fmt.Fprint(c.out, "\x1b[H\x1b[2J\x1b[3J")
	}
}
