package pcsc

import (
	"errors"
	"fmt"
	"slices"

	"vpos/reader"
)

// shape is one of the four cases of a command (ISO/IEC 7816-3, 12.1.2).
type shape byte

// A command has no data and no answer, an answer, data, or both.
const (
	case1 shape = iota + 1
	case2
	case3
	case4
)

const header = 4 // CLA INS P1 P2

// errShape never says what the command was.
var errShape = errors.New("pcsc: not a short command")

// shapeOf tells the case of a short command; what is none is [errShape].
func shapeOf(command []byte) (shape, error) {
	switch n := len(command); {
	case n == header:
		return case1, nil
	case n == header+1:
		return case2, nil
	case n < header || command[header] == 0:
		return 0, errShape
	case n == header+1+int(command[header]):
		return case3, nil
	case n == header+2+int(command[header]):
		return case4, nil
	}
	return 0, errShape
}

const (
	insGetResponse = 0xC0
	sw1More        = 0x61 // the answer waits
	sw1Length      = 0x6C // ask again with this length

	// maxSteps bounds what one command may lead to: a card that always has more
	// must not hold the terminal. It allows 8 KB; the books need 256 bytes.
	maxSteps = 32
)

// follower sends one command and whatever must follow it.
type follower struct {
	send  func([]byte) ([]byte, error)
	t     protocol
	steps int
}

// errEndless is a card that never comes to an end.
var errEndless = fmt.Errorf("%w to the end", reader.ErrCardMute)

// errNoStatus is an answer without even a status.
var errNoStatus = errors.New("an answer of less than two bytes")

// once is one command and its answer.
func (f *follower) once(command []byte) (sw uint16, data []byte, err error) {
	if f.steps++; f.steps > maxSteps {
		return 0, nil, errEndless
	}
	answer, err := f.send(command)
	if err != nil {
		return 0, nil, err
	}
	n := len(answer) - 2
	if n < 0 {
		return 0, nil, errNoStatus
	}
	return uint16(answer[n])<<8 | uint16(answer[n+1]), answer[:n:n], nil
}

// asked sends a command whose last byte is the length it asks for, and again
// with the right length if the card knows better.
func (f *follower) asked(command []byte) (sw uint16, data []byte, err error) {
	for {
		sw, data, err = f.once(command)
		if err != nil || sw>>8 != sw1Length {
			return sw, data, err
		}
		command[len(command)-1] = byte(sw) //nolint:gosec // the low byte
	}
}

// exchange sends a short command over a protocol and gives the whole answer
// (EMV Book 1, 9.3.1 and annex A). Over T=0 a command is sent as the card takes
// it: Le of case 4 is left out, case 1 has P3=00. 61xx is followed by GET
// RESPONSE; so is a warning to a case 4 command over T=0, whose status is kept
// while its data is fetched. 6Cxx repeats a command that carries no data; one
// that does is never sent twice.
func exchange(send func([]byte) ([]byte, error), t protocol, command []byte) (sw uint16, data []byte, err error) {
	kind, err := shapeOf(command)
	if err != nil {
		return 0, nil, err
	}
	f := &follower{send: send, t: t}
	out := slices.Clone(command)
	defer clear(out)
	switch {
	case t == protocolT0 && kind == case1:
		out = append(out, 0)
	case t == protocolT0 && kind == case4:
		out = out[:len(out)-1]
	}
	if kind == case2 {
		sw, data, err = f.asked(out)
	} else {
		sw, data, err = f.once(out)
	}
	if err == nil && t == protocolT0 && kind == case4 && len(data) == 0 && warning(sw) {
		return f.warned(sw)
	}
	return f.rest(sw, data, err)
}

// rest fetches what a card still has.
func (f *follower) rest(sw uint16, data []byte, err error) (uint16, []byte, error) {
	for err == nil && sw>>8 == sw1More {
		var more []byte
		sw, more, err = f.asked(getResponse(byte(sw))) //nolint:gosec // the low byte
		data = append(data, more...)
		clear(more)
	}
	if err != nil {
		clear(data)
		return 0, nil, err
	}
	return sw, data, nil
}

// warned fetches the data that may stand behind a warning. A card that has none
// says so with an error of its own, which is not the answer.
func (f *follower) warned(warning uint16) (uint16, []byte, error) {
	sw, data, err := f.asked(getResponse(0))
	sw, data, err = f.rest(sw, data, err)
	switch {
	case err != nil:
		return 0, nil, err
	case sw != 0x9000:
		return warning, nil, nil
	}
	return warning, data, nil
}

// warning: 62xx, 63xx and 9xxx other than 9000 (EMV Book 1, annex A).
func warning(sw uint16) bool {
	return sw>>8 == 0x62 || sw>>8 == 0x63 || sw>>12 == 9 && sw != 0x9000
}

func getResponse(le byte) []byte { return []byte{0x00, insGetResponse, 0x00, 0x00, le} }
