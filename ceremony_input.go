package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// keyInput is the asker of standard input and output: a terminal, or a pipe line by
// line. It stops when the context ends, which a read from a terminal would not.
//
// A terminal echoes nothing by itself from the first question to the last: a component
// typed or pasted before it was asked for is not shown either.
type keyInput struct {
	ctx   context.Context
	out   io.Writer
	lines *lineReader
	state *term.State // of the terminal before anything was asked; nil for a pipe
}

func newKeyInput(ctx context.Context, out io.Writer) *keyInput {
	k := &keyInput{ctx: ctx, out: out, lines: newLineReader(os.Stdin)}
	if state, err := term.MakeRaw(os.Stdin.Fd()); err == nil {
		k.state, k.out = state, returning{out}
	}
	return k
}

// close puts the terminal back as it was.
func (k *keyInput) close() {
	if k.state != nil {
		_ = term.Restore(os.Stdin.Fd(), k.state)
	}
}

// Ask is the next line, or the context's end. A line that comes after that end is wiped
// unread.
func (k *keyInput) Ask(question string, hidden bool) ([]byte, error) {
	type answer struct {
		line []byte
		err  error
	}
	got := make(chan answer)
	go func() {
		line, err := k.ask(question, hidden)
		select {
		case got <- answer{line, err}:
		case <-k.ctx.Done():
			clear(line)
		}
	}()
	select {
	case a := <-got:
		return a.line, a.err
	case <-k.ctx.Done():
		return nil, fmt.Errorf("read: %w", context.Cause(k.ctx))
	}
}

func (k *keyInput) ask(question string, hidden bool) ([]byte, error) {
	if k.state == nil {
		fmt.Fprintln(k.out, question)
		return k.lines.ReadLine(false)
	}
	fmt.Fprint(k.out, question+" ")
	line, err := readKeys(k.lines.in, k.out, hidden)
	fmt.Fprintln(k.out)
	return line, err
}

// errInterrupted is Ctrl-C or Ctrl-D, which a terminal without echo hands over as they are.
var errInterrupted = errors.New("interrupted")

// readKeys reads keys until Enter and shows them, or where they are hidden a bullet for
// each, in groups of four as components are printed. Backspace takes one back, Ctrl-U
// all. What is longer than any line may be is dropped.
func readKeys(in io.ByteReader, out io.Writer, hidden bool) ([]byte, error) {
	line := make([]byte, 0, maxLine) // never grows: a copy left behind could not be wiped
	for {
		b, err := in.ReadByte()
		switch {
		case err != nil:
			clear(line)
			return nil, fmt.Errorf("read: %w", err)
		case b == '\r' || b == '\n':
			return line, nil
		case b == 3 || b == 4:
			clear(line)
			return nil, errInterrupted
		case b == 0x7F || b == '\b':
			line = takeBack(out, line, hidden)
		case b == 0x15:
			for len(line) > 0 {
				line = takeBack(out, line, hidden)
			}
		case b > ' ' && len(line) < cap(line):
			line = append(line, b)
			show(out, line, hidden)
		}
	}
}

// show puts the last key of a line on the screen.
func show(out io.Writer, line []byte, hidden bool) {
	last := len(line) - 1
	switch {
	case !hidden:
		_, _ = out.Write(line[last:])
	case last > 0 && last%4 == 0:
		fmt.Fprint(out, " •")
	default:
		fmt.Fprint(out, "•")
	}
}

// takeBack takes the last key from a line and from the screen: what is shown may be a
// character of several bytes and two cells.
func takeBack(out io.Writer, line []byte, hidden bool) []byte {
	if len(line) == 0 {
		return line
	}
	size, cells := 1, 1
	if !hidden {
		_, size = utf8.DecodeLastRune(line)
		cells = ansi.StringWidth(string(line[len(line)-size:]))
	}
	rest := line[:len(line)-size]
	clear(line[len(rest):])
	if hidden && len(rest) > 0 && len(rest)%4 == 0 {
		cells = 2 // the space between two groups
	}
	fmt.Fprint(out, string(bytes.Repeat([]byte("\b \b"), cells)))
	return rest
}

// returning writes for a terminal that no longer goes back to the first column by itself.
type returning struct{ io.Writer }

func (r returning) Write(b []byte) (int, error) {
	if _, err := r.Writer.Write(bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, fmt.Errorf("write: %w", err)
	}
	return len(b), nil
}
