package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"sync"
	"time"

	"vpos/reader/deck"
	"vpos/reader/emv"
	"vpos/reader/pcsc"
	"vpos/reader/scheme"
	"vpos/tui/words"
	"vpos/txn/chip"
	"vpos/txn/config"
	"vpos/txn/engine"
)

// The readers of a run: what --reader and the configuration ask for, put together.

// readers are the ports of one run.
type readers struct {
	deck *cardDeck // nil in live, and where it was not asked for
	port chip.Together
}

// openReaders makes the ports: auto is every reader there is, and in training the
// deck beside them.
func (p *shop) openReaders() (readers, error) {
	use, name := p.config.Reader.Use, p.config.Reader.Name
	var r readers
	live := p.config.Mode.Live
	switch use {
	case config.ReaderNone:
		return r, nil
	case config.ReaderDeck:
		if live {
			return r, advise(words.DeckInLive, p.lang, nil)
		}
	case config.ReaderPCSC, config.ReaderAuto:
	}
	if use != config.ReaderPCSC && !live {
		r.deck = newVirtual()
		r.port = append(r.port, r.deck.port)
		if use == config.ReaderDeck && name != "" {
			if err := r.deck.Insert(name); err != nil {
				return r, advise(words.CardUnknown, p.lang, err)
			}
		}
	}
	if use != config.ReaderDeck {
		r.port = append(r.port, chip.Only(pcsc.New(), func(reader string) bool { return pcsc.Match(name, reader) }))
	}
	return r, nil
}

// openCards makes what reads chips for an engine; nil where nothing does.
func (p *shop) openCards(r readers, e *engine.Engine) (*chip.Cards, error) {
	if len(r.port) == 0 {
		return nil, nil //nolint:nilnil // no reader is no error
	}
	kernel, err := p.kernel()
	if err != nil {
		return nil, err
	}
	looked := make(chan struct{})
	if p.config.Reader.Use == config.ReaderDeck && p.config.Reader.Name != "" {
		p.looked = looked
	}
	first := sync.OnceFunc(func() { close(looked) })
	return chip.New(chip.Options{
		Port: r.port, Kernel: kernel, Tell: e.Happened, Looked: func() { first(); e.Nudge() }, Log: p.log.With("at", "card"),
		Training: !p.config.Mode.Live, OnlinePIN: p.onlinePIN(), Test: deck.Knows,
		Trusted: func(name string) bool { return name == deck.PortName },
	}), nil
}

// start puts the engine to work, and the chip reader where there is one: cards are
// looked for once the journal has been read.
func (p *shop) start(ctx context.Context, e *engine.Engine, parts engine.Parts, cards *chip.Cards) error {
	if cards != nil {
		parts.Cards = cards
	}
	if err := e.Start(ctx, parts); err != nil {
		return journalError(err, p.lang)
	}
	if cards != nil {
		cards.Watch()
		p.awaitLook(ctx)
	}
	return nil
}

// lookTime bounds the wait for the first look into the readers.
const lookTime = 2 * time.Second

// awaitLook waits until the card that was put in by a flag has been seen: the first
// line of a pipe is meant for a terminal that has it.
func (p *shop) awaitLook(ctx context.Context) {
	if p.looked == nil {
		return
	}
	late := time.NewTimer(lookTime)
	defer late.Stop()
	select {
	case <-p.looked:
	case <-late.C:
	case <-ctx.Done():
	}
}

// The terminal's capabilities (EMV Book 4, Annex A2): what a keyboard and a screen
// can do. A PIN is typed in training only; a reader with keys of its own adds the
// PIN in live.
var (
	capabilitiesTraining = [3]byte{0xE0, 0xB8, 0xC8}
	capabilitiesLive     = [3]byte{0xE0, 0x28, 0xC8}
	additional           = [5]byte{0x60, 0x00, 0xF0, 0xA0, 0x01}
)

// pinOnline is the bit of the capabilities for a PIN the issuer checks.
const pinOnline = 0x40

// typeAttended is an attended merchant terminal, offline with online capability
// (Book 4, A1).
const typeAttended = 0x22

// kernel is the terminal as a card sees it.
func (p *shop) kernel() (emv.Config, error) {
	t := p.config.Terminal
	terminal := emv.Terminal{
		Capabilities: capabilitiesTraining, Additional: additional, Type: typeAttended,
		Country: countryChina, Serial: t.ID, ID: t.ID, Merchant: t.Merchant, MerchantName: p.config.Merchant.NameEN,
	}
	s := scheme.Builtin()
	if !p.config.Mode.Live {
		if p.onlinePIN() {
			terminal.Capabilities[1] |= pinOnline
		}
		c := s.Config(terminal, deck.CAKeys()...)
		c.Languages = p.spoken()
		return c, nil
	}
	terminal.Capabilities = capabilitiesLive
	c := s.Real().Config(terminal)
	c.Languages = p.spoken()
	if err := s.CheckLive(c); err != nil {
		return c, advise(words.DeckInLive, p.lang, err)
	}
	return c, nil
}

// spoken is the languages a cardholder may be asked in, the terminal's own first (EMV
// Book 4, 11.1): all of them, unless the configuration decides; none where it is always
// the language of the screens.
func (p *shop) spoken() []string {
	switch lang := p.config.Terminal.CardholderLanguage; lang {
	case config.Same:
		return nil
	case config.Chinese, config.English:
		return []string{string(lang)}
	default:
		own := p.lang // of the slips where they have one
		if l, one := words.ParseLang(string(p.config.Receipts.Language)); one {
			own = l
		}
		return []string{own.String(), own.Other().String()}
	}
}

// countryChina is 9F1A; it becomes a setting with the first acquirer elsewhere.
const countryChina = 156

// cardDeck is the deck as people present it: one reader, cards by name, each of
// which remembers what happened to it.
type cardDeck struct {
	port *deck.Port

	mu    sync.Mutex
	known map[string]*deck.Card
}

func newVirtual() *cardDeck {
	v := &cardDeck{port: deck.New(), known: map[string]*deck.Card{}}
	v.port.Pause = func(ctx context.Context, d time.Duration) error {
		select {
		case <-time.After(d):
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return v
}

// Insert puts a card in by its name and faults.
func (v *cardDeck) Insert(spec string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	c, ok := v.known[spec]
	if !ok {
		var err error
		if c, err = deck.Find(spec); err != nil {
			return err
		}
		var seed [8]byte
		_, _ = rand.Read(seed[:]) // never fails
		c.Seed(binary.BigEndian.Uint64(seed[:]))
		v.known[spec] = c
	}
	v.port.Insert(c)
	return nil
}

// Cards lists the deck.
func (v *cardDeck) Cards() []words.DeckCard {
	list := deck.Cards()
	out := make([]words.DeckCard, len(list))
	for i, c := range list {
		out[i] = words.DeckCard{Name: c.Name, About: words.Text{EN: c.EN, ZH: c.ZH}}
	}
	return out
}

// Remove takes the card out.
func (v *cardDeck) Remove() { v.port.Remove() }

// shown is the deck for the screens: a nil one must be no interface with nothing in
// it.
func (v *cardDeck) shown() words.Deck {
	if v == nil {
		return nil
	}
	return v
}
