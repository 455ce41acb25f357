package config

import (
	"time"

	"vpos/txn"
)

// Guards are what the terminal asks itself, and people, before it charges.
type Guards struct {
	Use         Use
	Window      time.Duration
	Duplicate   bool
	PerCard     int       // charges on one card within Window that pass without a word; zero: any number
	Split       txn.Money // what a card's charges within Window may come to; zero: anything
	Declines    int       // keyed cards declined within Window that pass without a word; zero: any number
	KeyedShare  int       // per cent of a day's charges that may be keyed; zero: all
	RefundDay   txn.Money // what may be given back in a day; zero: anything
	Keying      bool      // cards are keyed at all
	KeyedReason Use       // whoever keys a card says why
}

// Use says whether something is in use.
type Use string

// The uses.
const (
	UseAuto Use = "auto" // in live mode, and not in training: a lesson sells the same thing again and again
	UseOn   Use = "on"
	UseOff  Use = "off"
)

func (u Use) in(live bool) bool { return u == UseOn || u == UseAuto && live }

func defaultGuards(c txn.Currency) Guards {
	return Guards{
		Use: UseAuto, Window: 10 * time.Minute, Duplicate: true, PerCard: 3, Split: txn.Money{Currency: c}, Declines: 3,
		KeyedShare: 30, RefundDay: txn.Money{Currency: c}, Keying: true, KeyedReason: UseAuto,
	}
}

// rules is what the machine is told of them; nil for none.
func (g Guards) rules(live bool) *txn.Guards {
	if !g.Use.in(live) {
		return nil
	}
	return &txn.Guards{
		Window: g.Window, Duplicate: g.Duplicate, PerCard: g.PerCard, Split: g.Split.Minor, Declines: g.Declines,
		KeyedShare: g.KeyedShare, RefundDay: g.RefundDay.Minor,
	}
}

var guardFields = []field{
	word("guards.use", func(c *Config) *Use { return &c.Guards.Use }, UseAuto, UseOn, UseOff),
	span("guards.window", time.Minute, 24*time.Hour, func(c *Config) *time.Duration { return &c.Guards.Window }),
	flag("guards.duplicate", func(c *Config) *bool { return &c.Guards.Duplicate }),
	count("guards.per_card", 1000, func(c *Config) *int { return &c.Guards.PerCard }),
	money("guards.split", func(c *Config) *txn.Money { return &c.Guards.Split }),
	count("guards.declines", 1000, func(c *Config) *int { return &c.Guards.Declines }),
	count("guards.keyed_share", 100, func(c *Config) *int { return &c.Guards.KeyedShare }),
	money("guards.refund_day", func(c *Config) *txn.Money { return &c.Guards.RefundDay }),
	flag("guards.keying", func(c *Config) *bool { return &c.Guards.Keying }),
	word("guards.keyed_reason", func(c *Config) *Use { return &c.Guards.KeyedReason }, UseAuto, UseOn, UseOff),
}
