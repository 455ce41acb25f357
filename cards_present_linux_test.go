package main

import (
	"context"
	"errors"
	"time"

	"vpos/reader"
	"vpos/reader/deck"
	"vpos/reader/vpcd"
	"vpos/txn"
)

// present is a card in a slot.
type present struct {
	*wired

	reader string
	slot   int
	tear   int // at this command, over all sessions; 0 for never
	count  int
	heard  []byte // the instructions the card heard
	cancel context.CancelFunc
	done   chan error
}

// Transmit counts, and tears.
func (p *present) Transmit(command []byte) ([]byte, error) {
	p.count++
	p.heard = append(p.heard, command[1])
	if p.count == p.tear {
		return nil, vpcd.ErrTear
	}
	return p.wired.Transmit(command)
}

// put puts a card into the next slot; the terminal sees it a moment later.
func (c *counter) put(spec string, tear int) *present {
	c.Helper()
	card, err := deck.Find(spec)
	if err != nil {
		c.Fatal(err)
	}
	card.Seed(uint64(time.Now().UnixNano()))
	return c.putCard(card, tear)
}

func (c *counter) putCard(card *deck.Card, tear int) *present {
	p := &present{wired: wireCard(c.Context(), card), slot: c.slot, reader: c.daemon.Readers[c.slot], tear: tear}
	c.slot = 1 - c.slot
	c.insert(p)
	return p
}

// insert puts a card into its slot as soon as that is free and the terminal knows it.
func (c *counter) insert(p *present) {
	ctx, cancel := context.WithCancel(c.Context())
	p.cancel, p.done = cancel, make(chan error, 1)
	wait, address, done := time.Until(c.free[p.slot]), c.daemon.Address(p.slot), p.done
	go func() {
		time.Sleep(wait)
		for late := time.Now().Add(seeing); c.holds(p.reader) && time.Now().Before(late); {
			time.Sleep(5 * time.Millisecond)
		}
		done <- vpcd.Insert(ctx, address, p)
	}()
}

// holds reports whether a reader holds a card, as far as the terminal knows.
func (c *counter) holds(name string) bool {
	for _, r := range c.cards.Readers().List {
		if r.Name == name {
			return r.Card != reader.NoCard
		}
	}
	return false
}

// pull takes a card out, if it has not torn itself out.
func (c *counter) pull(p *present) {
	p.cancel()
	if err := <-p.done; errors.Is(err, vpcd.ErrTear) {
		c.free[p.slot] = time.Now().Add(lookPause)
	}
}

// seen waits until the terminal has seen a card. One that was too early for the
// service, on a machine that has much to do, is put in again.
func (c *counter) seen(p *present) {
	c.Helper()
	in := func(s txn.State) bool { return s.CardIn == p.reader && !s.Spent }
	for range 2 {
		if _, ok := c.within(seeing, in); ok {
			return
		}
		c.Logf("the card in %s is not seen: once more", p.reader)
		p.cancel()
		<-p.done
		c.free[p.slot] = time.Now().Add(2 * lookPause)
		c.insert(p)
	}
	c.until("card in", in)
}
