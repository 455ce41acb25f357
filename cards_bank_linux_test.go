package main

import (
	"context"
	"net"
	"path/filepath"
	"testing"

	"vpos/txn"
	"vpos/txn/host"
	"vpos/txn/host/sim"
)

// bank is a host simulator that can be stopped and started.
type bank struct {
	t       testing.TB
	dir     string
	address string
	store   *sim.SQLite
	server  *sim.Server
}

func newBank(t testing.TB) *bank {
	b := &bank{t: t, dir: t.TempDir(), address: "127.0.0.1:0"}
	b.open()
	t.Cleanup(b.shut)
	return b
}

// open starts it, at the address it had before.
func (b *bank) open() {
	b.t.Helper()
	codec, err := host.NewCodec(host.ISO87())
	if err != nil {
		b.t.Fatal(err)
	}
	if b.store, err = sim.OpenStore(filepath.Join(b.dir, ledgerName)); err != nil {
		b.t.Fatal(err)
	}
	if b.server, err = sim.NewServer(sim.Options{Codec: codec, Store: b.store, OutcomesByAmount: true, MasterKey: sim.TestMasterKey}); err != nil {
		b.t.Fatal(err)
	}
	listener, err := net.Listen("tcp", b.address)
	if err != nil {
		b.t.Fatal(err)
	}
	b.address = listener.Addr().String()
	server := b.server
	go func() { _ = server.Serve(context.Background(), listener) }()
}

// shut ends it; its ledger stays on disk.
func (b *bank) shut() {
	if b.server == nil {
		return
	}
	_ = b.server.Close()
	if err := b.store.Close(); err != nil {
		b.t.Error(err)
	}
	b.server = nil
}

// row is the ledger's row of a trace number; nil for none.
func (b *bank) row(stan txn.STAN) *sim.Entry {
	b.t.Helper()
	entries, err := b.server.Entries(sim.Filter{STAN: stan})
	if err != nil {
		b.t.Fatal(err)
	}
	if len(entries) == 0 {
		return nil
	}
	return &entries[0]
}
