package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"vpos/reader/pcsc"
	"vpos/tui/plain"
	"vpos/tui/words"
	"vpos/txn/journal"
)

// runTerminal is vpos without a command: the screen, or the line dialogue.
func runTerminal(ctx context.Context, s settings) error {
	p, err := openShop(s)
	if err != nil {
		return err
	}
	defer p.close()
	if err := p.openKeys(ctx); err != nil {
		return err
	}
	if s.plain {
		return runPlain(ctx, p)
	}
	return runScreen(ctx, p)
}

// runPlain opens everything first: there is no screen to keep waiting.
func runPlain(ctx context.Context, p *shop) error {
	doctor := &doctor{shop: p, began: time.Now()}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	changed, notify := notifier()
	e := p.newEngine(notify, func(err error) { cancel(advise(words.Panicked, p.lang, err)) })
	r, err := p.openReaders()
	if err != nil {
		return err
	}
	parts, err := p.open(ctx)
	if err != nil {
		return err
	}
	cards, err := p.openCards(r, e)
	if err != nil {
		return err
	}
	if err := p.start(ctx, e, parts, cards); err != nil {
		return err
	}
	defer cards.Close()
	defer e.Close()
	doctor.engine = e
	notices := append([]string{readerNotice(ctx, p.lang)}, doctor.startLines(ctx, p.lang)...)
	err = plain.Run(ctx, plain.Options{
		Terminal: e, Changed: changed, In: newLineReader(os.Stdin), Out: os.Stdout,
		Lang: p.lang, HelpLine: p.config.Merchant.HelpLine, Notice: strings.TrimLeft(strings.Join(notices, "\n"), "\n"), Deck: r.deck.shown(), Trace: cards.Trace,
		Recent: func(ctx context.Context, l words.Lang) ([]string, error) {
			return p.listed(ctx, l, journal.Filter{Limit: recentLines})
		},
		Book:   lineBook{history{p}},
		Report: openReports{p}.Report, Print: p.printScreen,
		Doctor:   doctor.CheckPlain,
		Settings: p.tuner(), Stock: shelf{p}, Beep: p.config.Screen.Beep && term.IsTerminal(os.Stdout.Fd()),
	})
	if err != nil {
		return fmt.Errorf("dialogue: %w", err)
	}
	return nil
}

// readerNotice says that cards cannot be inserted, where that is for good.
func readerNotice(ctx context.Context, l words.Lang) string {
	if pcsc.Check(ctx).State == pcsc.Disabled {
		return words.ReaderDisabled.In(l)
	}
	return ""
}

// recentLines is how many transactions the plain journal shows.
const recentLines = 20

// maxLine bounds a line of input: nothing anybody types or swipes is longer.
const maxLine = 4096

// lineReader gives the lines of a file. Where that is a terminal, card data is
// read without echo.
type lineReader struct {
	file *os.File
	in   *bufio.Reader
}

func newLineReader(f *os.File) *lineReader {
	return &lineReader{file: f, in: bufio.NewReaderSize(f, maxLine)}
}

// ReadLine returns the next line without its end. The caller may wipe it. A line
// longer than maxLine is cut: the rest of it is thrown away.
func (l *lineReader) ReadLine(hidden bool) ([]byte, error) {
	if hidden && l.in.Buffered() == 0 && term.IsTerminal(l.file.Fd()) {
		line, err := term.ReadPassword(l.file.Fd())
		fmt.Fprintln(os.Stdout)
		if err != nil {
			return nil, fmt.Errorf("read: %w", err)
		}
		return line, nil
	}
	piece, err := l.in.ReadSlice('\n')
	line := bytes.TrimRight(bytes.Clone(piece), "\r\n")
	clear(piece)
	for errors.Is(err, bufio.ErrBufferFull) {
		piece, err = l.in.ReadSlice('\n')
		clear(piece)
	}
	switch {
	case err == nil, errors.Is(err, io.EOF) && len(line) > 0:
		return line, nil
	case errors.Is(err, io.EOF):
		return nil, io.EOF
	}
	return nil, fmt.Errorf("read: %w", err)
}
