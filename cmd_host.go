package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/host"
	"vpos/txn/host/sim"
)

// hostSettings are the flags of the host simulator.
type hostSettings struct {
	listen   string
	late     time.Duration
	approve  bool
	framing  string
	faults   []string
	terminal string
}

// hostCommand is the host simulator on its own: for a classroom, or for somebody
// else's terminal.
func hostCommand(s *settings) *cobra.Command {
	var h hostSettings
	cmd := &cobra.Command{
		Use:   "host",
		Short: "The host simulator on its own",
		Long: "Answers terminals as an acquirer would. It keeps a ledger in the data folder, takes\n" +
			"reversals, knows duplicates, and decides by the last two digits of the amount:\n" +
			"x.51 is declined 51, x.98 is never answered, x.99 is answered too late.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runHost(cmd, *s, h) },
	}
	f := cmd.Flags()
	f.StringVar(&h.listen, "listen", "127.0.0.1:8583", "address and port to listen on")
	f.DurationVar(&h.late, "late", 32*time.Second, "how late an answer to x.99 is; longer than the terminal waits")
	f.BoolVar(&h.approve, "approve-all", false, "amounts do not choose the outcome")
	f.StringVar(&h.framing, "framing", "", "length header: be2 or ascii4 (default: the profile's own)")
	f.StringSliceVar(&h.faults, "fault", nil, "what goes wrong with the first requests, in order: "+faultList())
	ledger := &cobra.Command{
		Use: "ledger", Short: "The simulator's ledger, a line a transaction", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return showLedger(cmd, *s, h) },
	}
	ledger.Flags().StringVar(&h.terminal, "terminal", "", "only this terminal's")
	cmd.AddCommand(ledger)
	return cmd
}

func faultList() string {
	var names []string
	for _, f := range slices.Concat(sim.FaultNames(), sim.CardFaultNames()) {
		names = append(names, string(f))
	}
	return strings.Join(names, ", ")
}

func runHost(cmd *cobra.Command, s settings, h hostSettings) error {
	p, err := openShop(s)
	if err != nil {
		return err
	}
	defer p.close()
	store, err := p.openLedger()
	if err != nil {
		return err
	}
	faults, err := parseFaults(h.faults)
	if err != nil {
		return err
	}
	hostConfig := p.config.Host
	if h.framing != "" {
		hostConfig.Framing = h.framing
	}
	codec, err := host.NewCodec(profile(hostConfig))
	if err != nil {
		return fmt.Errorf("host profile: %w", err)
	}
	server, err := sim.NewServer(sim.Options{
		Codec: codec, Store: store, OutcomesByAmount: !h.approve, LateAfter: h.late, Log: p.log,
	})
	if err != nil {
		return ledgerError(err, p.lang)
	}
	p.closers = append(p.closers, server.Close)
	server.Arm(faults...)
	listener, err := (&net.ListenConfig{}).Listen(cmd.Context(), "tcp", h.listen)
	if err != nil {
		return advise(words.ListenFailed, p.lang, err)
	}
	fmt.Fprintln(cmd.OutOrStdout(), words.HostListening.Fill(p.lang, listener.Addr()))
	err = server.Serve(cmd.Context(), listener)
	if errors.Is(err, sim.ErrClosed) {
		return nil
	}
	return fmt.Errorf("host: %w", err)
}

// parseFaults reads --fault: NAME, or NAME@OPERATION.
func parseFaults(list []string) ([]sim.Fault, error) {
	faults := make([]sim.Fault, len(list))
	for i, item := range list {
		name, op, _ := strings.Cut(item, "@")
		if !slices.Contains(slices.Concat(sim.FaultNames(), sim.CardFaultNames()), sim.FaultName(name)) {
			return nil, fmt.Errorf("--fault %q: want one of %s", name, faultList())
		}
		faults[i] = sim.Fault{Do: sim.FaultName(name), On: txn.Op(op), Delay: time.Second}
	}
	return faults, nil
}

func showLedger(cmd *cobra.Command, s settings, h hostSettings) error {
	p, err := readShop(s)
	if err != nil {
		return err
	}
	defer p.close()
	if info, err := os.Stat(filepath.Join(p.dir, ledgerName)); errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		return advise(words.LedgerMissing, p.lang, errors.New(p.dir))
	}
	*s.folder = p.dir
	store, err := p.openLedger()
	if err != nil {
		return err
	}
	entries, err := store.Load()
	if err != nil {
		return ledgerError(err, p.lang)
	}
	printLedger(cmd.OutOrStdout(), entries, h.terminal)
	return nil
}

func printLedger(w io.Writer, entries []sim.Entry, terminal string) {
	for _, e := range entries {
		if terminal != "" && e.Terminal != terminal {
			continue
		}
		of := ""
		if e.Of != 0 {
			of = " of=" + e.Of.String()
		}
		fmt.Fprintf(w, "%s  %s  %s  %-4s %s  %-9s  %s  rc=%s auth=%s rrn=%s%s\n", e.Terminal, e.Batch, e.STAN, e.Op,
			padLeft(e.Amount.String(), 16), e.State, e.At.Format("01-02 15:04:05"), e.Code, e.AuthCode, e.RRN, of)
	}
}

// ledgerName is the host's ledger in its data folder.
const ledgerName = "host.db"

// openLedger opens the folder's ledger, which is made where there is none.
func (p *shop) openLedger() (*sim.SQLite, error) {
	store, err := sim.OpenStore(filepath.Join(p.dir, ledgerName))
	if err != nil {
		return nil, ledgerError(err, p.lang)
	}
	p.closers = append(p.closers, store.Close)
	return store, nil
}
