package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"vpos/reader/deck"
	"vpos/reader/sheet"
	"vpos/reader/vpcd"
	"vpos/tui/words"
)

// cardSettings are the flags of the card command.
type cardSettings struct {
	connect string
	file    string
	list    bool
}

// cardCommand puts a virtual card of the deck into a virtual reader of the PC/SC
// service, where every program on the machine sees it as a real one.
func cardCommand(s *settings) *cobra.Command {
	var c cardSettings
	cmd := &cobra.Command{
		Use:   "card [NAME[+fault[:number]]…]",
		Short: "A virtual card in a real PC/SC reader",
		Long: "Puts a card of the deck into a slot of a virtual reader (vsmartcard-vpcd) and keeps it there\n" +
			"until Ctrl-C. Faults are put on it by name: visa-credit+tear:7 is torn out at the seventh command.\n\n" +
			"All cards have published test numbers and keys. They can pay nowhere.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runCard(cmd, *s, c, args) },
	}
	f := cmd.Flags()
	f.BoolVar(&c.list, "list", false, "the cards and the faults, a line each")
	f.StringVar(&c.connect, "connect", "", "HOST:PORT of the reader's slot, as in 127.0.0.1:35963")
	f.StringVar(&c.file, "file", "", "a card file of one's own instead of a card of the deck")
	return cmd
}

func runCard(cmd *cobra.Command, s settings, c cardSettings, args []string) error {
	lang, err := s.language("")
	if err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	switch {
	case c.list:
		listCards(out, lang)
		return nil
	case c.connect == "" || len(args) == 0 && c.file == "" || len(args) > 0 && c.file != "":
		return advise(words.CardNothing, lang, nil)
	}
	card, err := openCard(lang, c.file, args)
	if err != nil {
		return err
	}
	return insertCard(cmd.Context(), out, lang, card, c.connect)
}

// listCards names what there is.
func listCards(w io.Writer, l words.Lang) {
	fmt.Fprintln(w, words.CardListCards.In(l))
	for _, c := range deck.Cards() {
		fmt.Fprintln(w, "  "+pad(c.Name, 20)+words.Text{EN: c.EN, ZH: c.ZH}.In(l))
	}
	fmt.Fprintln(w, words.CardListFaults.In(l))
	for _, f := range deck.Faults() {
		name := f.Name
		if f.Arg != "" {
			name = fmt.Sprintf("%s[:%d]", f.Name, f.Default)
		}
		fmt.Fprintln(w, "  "+pad(name, 20)+words.Text{EN: f.EN, ZH: f.ZH}.In(l))
	}
}

// openCard finds the card or reads its file, and gives it its chance.
func openCard(l words.Lang, file string, args []string) (*deck.Card, error) {
	var seed [8]byte
	if _, err := rand.Read(seed[:]); err != nil {
		return nil, fmt.Errorf("random numbers: %w", err)
	}
	card, err := findCard(l, file, args)
	if err != nil {
		return nil, err
	}
	card.Seed(binary.BigEndian.Uint64(seed[:]))
	return card, nil
}

func findCard(l words.Lang, file string, args []string) (*deck.Card, error) {
	if file == "" {
		card, err := deck.Find(args[0])
		if err != nil {
			return nil, advise(words.CardUnknown, l, err)
		}
		return card, nil
	}
	f, err := os.Open(file) //nolint:gosec // the file the person at the keys named
	if err != nil {
		return nil, advise(words.CardFileWrong, l, err)
	}
	defer func() { _ = f.Close() }() // only read
	text, err := io.ReadAll(io.LimitReader(f, sheet.MaxBytes+1))
	if err != nil {
		return nil, advise(words.CardFileWrong, l, err)
	}
	card, err := deck.Load(text)
	if err != nil {
		return nil, advise(words.CardFileWrong, l, err)
	}
	return card, nil
}

// insertCard keeps the card in the reader until the person, the card or the
// reader ends it.
func insertCard(ctx context.Context, w io.Writer, l words.Lang, card *deck.Card, address string) error {
	in := wireCard(ctx, card)
	in.first = func() { fmt.Fprintln(w, words.CardInserted.Fill(l, card.Name(), address)) }
	err := vpcd.Insert(ctx, address, in)
	taken := ctx.Err() != nil || errors.Is(err, vpcd.ErrClosed)
	switch {
	case errors.Is(err, vpcd.ErrTear):
		fmt.Fprintln(w, words.CardTorn.In(l))
	case taken:
		fmt.Fprintln(w, words.CardRemoved.In(l))
	default:
		return advise(words.CardNoSlot, l, err)
	}
	return nil
}

// wired is a card of the deck as the reader wants it.
type wired struct {
	*deck.Card
	ctx      context.Context
	exchange func([]byte) deck.Reply
	on       func() []byte
	first    func() // before the first power-on
}

// wire gives a card the manners its protocol wants.
func wireCard(ctx context.Context, card *deck.Card) *wired {
	in := &wired{ctx: ctx, exchange: card.Command, Card: card}
	if card.TZero() {
		t0 := &deck.T0{Card: card}
		in.exchange, in.on = t0.Command, t0.PowerOn
	}
	return in
}

// PowerOn resets the card.
func (c *wired) PowerOn() []byte {
	if c.first != nil {
		c.first()
		c.first = nil
	}
	if c.on != nil {
		return c.on()
	}
	return c.Card.PowerOn()
}

// Transmit is one command.
func (c *wired) Transmit(command []byte) ([]byte, error) {
	r := c.exchange(command)
	if r.Delay > 0 {
		wait := time.NewTimer(r.Delay)
		defer wait.Stop()
		select {
		case <-wait.C:
		case <-c.ctx.Done():
		}
	}
	switch {
	case r.Torn:
		return nil, vpcd.ErrTear
	case r.Mute:
		return nil, nil
	}
	return r.Bytes(), nil
}
