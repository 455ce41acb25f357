package main

import (
	"context"
	"crypto/tls"
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
	customer time.Duration
	clockOff time.Duration
	approve  bool
	profile  string
	framing  string
	keyless  bool
	faults   []string
	script   string
	cert     string
	key      string
	clientCA string
	terminal string
}

// hostCommand is the host simulator on its own: for a classroom, or for somebody
// else's terminal.
func hostCommand(s *settings) *cobra.Command {
	var h hostSettings
	cmd := &cobra.Command{
		Use:   "host",
		Short: "The host simulator on its own",
		Long: "Answers terminals as an acquirer would. It keeps a ledger and accounts in the data\n" +
			"folder, settles batches, takes reversals, knows duplicates, and decides by the card\n" +
			"and by the last two digits of the amount: x.51 is declined 51, x.98 is never answered,\n" +
			"x.99 is answered too late. A script says what goes wrong, and when:\n\n" +
			"  [[step]]\n  on = \"sale\"\n  nth = 2\n  do = \"decline\"\n  code = \"51\"\n\n" +
			"A step may also have terminal, ending (of the amount), card (last four digits), times,\n" +
			"always and delay.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runHost(cmd, *s, h) },
	}
	f := cmd.Flags()
	f.StringVar(&h.listen, "listen", "127.0.0.1:8583", "address and port to listen on")
	f.DurationVar(&h.late, "late", 32*time.Second, "how late an answer to x.99 is; longer than the terminal waits")
	f.DurationVar(&h.customer, "customer", 3*time.Second, "how long the simulated customer takes to pay a code on the screen")
	f.DurationVar(&h.clockOff, "clock-off", 0, "how far the host's clock is off, as in 10m or -1h: for the device check")
	f.BoolVar(&h.approve, "approve-all", false, "amounts do not choose the outcome")
	f.StringVar(&h.profile, "profile", "", "the dialect: "+strings.Join(host.Shipped(), ", ")+", or a file (default: the configuration's)")
	f.StringVar(&h.framing, "framing", "", "length header: "+sim.Words(host.LengthForms(), "")+" (default: the profile's own)")
	f.BoolVar(&h.keyless, "keyless", false, "for terminals without keys: no MACs, no PINs")
	f.StringSliceVar(&h.faults, "fault", nil, "what goes wrong with the first requests, in order, as NAME or NAME@OPERATION: "+faultList())
	f.StringVar(&h.script, "script", "", "a file of faults, see above")
	f.StringVar(&h.cert, "tls-cert", "", "TLS with this certificate (PEM)")
	f.StringVar(&h.key, "tls-key", "", "and its key (PEM)")
	f.StringVar(&h.clientCA, "client-ca", "", "terminals must show a certificate of this authority (PEM)")
	cmd.MarkFlagsRequiredTogether("tls-cert", "tls-key")
	ledger := &cobra.Command{
		Use: "ledger", Short: "The simulator's ledger, a line a transaction and a line a batch", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return showLedger(cmd, *s, h) },
	}
	ledger.Flags().StringVar(&h.terminal, "terminal", "", "only this terminal's")
	cmd.AddCommand(ledger, hostCheckCommand(s))
	return cmd
}

func faultList() string { return sim.Words(sim.AllFaultNames(), "") }

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
	if h.late < 0 || h.customer < 0 {
		return advise(words.Misuse, p.lang, fmt.Errorf("--late %v, --customer %v: want 0s or more", h.late, h.customer))
	}
	faults, err := h.armed(p.lang)
	if err != nil {
		return err
	}
	codec, err := h.codec(p)
	if err != nil {
		return err
	}
	options := sim.Options{Codec: codec, Store: store, OutcomesByAmount: !h.approve, LateAfter: h.late, CustomerAfter: h.customer, Log: p.log,
		Now: func() time.Time { return time.Now().Add(h.clockOff) }}
	if !h.keyless {
		options.MasterKey = sim.TestMasterKey
	}
	server, err := sim.NewServer(options)
	if err != nil {
		return ledgerError(err, p.lang)
	}
	p.closers = append(p.closers, server.Close)
	server.Arm(faults...)
	listener, err := h.listener(cmd.Context(), p.lang)
	if err != nil {
		return err
	}
	fmt.Fprintln(cmd.OutOrStdout(), words.HostListening.Fill(p.lang, listener.Addr()))
	err = server.Serve(cmd.Context(), listener)
	if errors.Is(err, sim.ErrClosed) {
		return nil
	}
	return fmt.Errorf("host: %w", err)
}

// codec is that of the dialect the flags choose.
func (h hostSettings) codec(p *shop) (*host.Codec, error) {
	c := p.config.Host
	if h.profile != "" {
		c.Profile = h.profile
	}
	if h.framing != "" {
		if !slices.Contains(host.LengthForms(), host.LengthForm(h.framing)) {
			return nil, advise(words.Misuse, p.lang, fmt.Errorf("--framing %q: want one of %s", h.framing, sim.Words(host.LengthForms(), "")))
		}
		c.Framing = h.framing
	}
	spoken, err := dialect(c, p.lang)
	if err != nil {
		return nil, err
	}
	codec, err := host.NewCodec(spoken)
	if err != nil {
		return nil, fmt.Errorf("host profile: %w", err)
	}
	return codec, nil
}

// armed is the faults of the command line, then those of the script.
func (h hostSettings) armed(lang words.Lang) ([]sim.Fault, error) {
	var faults []sim.Fault
	for _, item := range h.faults {
		f, err := sim.ParseFault(item)
		if err != nil {
			return nil, advise(words.Misuse, lang, fmt.Errorf("--fault %q: %w", item, err))
		}
		faults = append(faults, f)
	}
	if h.script == "" {
		return faults, nil
	}
	text, err := os.ReadFile(h.script)
	if err != nil {
		return nil, advise(words.ScriptBroken, lang, err)
	}
	steps, err := sim.ParseScript(text)
	if err != nil {
		return nil, advise(words.ScriptBroken, lang, fmt.Errorf("%s: %w", h.script, err))
	}
	return append(faults, steps...), nil
}

// listener listens, with TLS where the flags have a certificate.
func (h hostSettings) listener(ctx context.Context, lang words.Lang) (net.Listener, error) {
	var secure *tls.Config
	if h.cert == "" && h.clientCA != "" {
		return nil, advise(words.Misuse, lang, errors.New("--client-ca needs --tls-cert and --tls-key"))
	}
	if h.cert != "" {
		var err error
		if secure, err = sim.TLSConfig(h.cert, h.key, h.clientCA); err != nil {
			return nil, advise(words.Misuse, lang, err)
		}
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", h.listen)
	if err != nil {
		return nil, advise(words.ListenFailed, lang, err)
	}
	if secure != nil {
		return tls.NewListener(listener, secure), nil
	}
	return listener, nil
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
	return printBatches(cmd.OutOrStdout(), entries, h.terminal)
}

func printLedger(w io.Writer, entries []sim.Entry, terminal string) {
	for _, e := range entries {
		if terminal != "" && e.Terminal != terminal {
			continue
		}
		more := ""
		if e.Of != 0 {
			more = " of=" + e.Of.String()
		}
		if e.Asked != 0 {
			more += " asked=" + txn.Money{Minor: e.Asked, Currency: e.Amount.Currency}.Decimal()
		}
		fmt.Fprintf(w, "%s  %s  %s  %-17s %s  %-9s  %s  rc=%s auth=%s rrn=%s%s\n", e.Terminal, e.Batch, e.STAN, e.Op,
			padLeft(e.Amount.String(), 16), e.State, e.At.Format("01-02 15:04:05"), e.Code, e.AuthCode, e.RRN, more)
	}
}

// printBatches prints what every batch comes to, in the order they were begun.
func printBatches(w io.Writer, entries []sim.Entry, terminal string) error {
	ledger, err := sim.Restore(false, entries)
	if err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	type name struct {
		terminal string
		batch    txn.Batch
	}
	money := map[name]txn.Currency{} // a settlement has none
	for _, e := range entries {
		if c := e.Amount.Currency; c != 0 {
			money[name{e.Terminal, e.Batch}] = c
		}
	}
	seen := map[name]bool{}
	for _, e := range entries {
		n := name{e.Terminal, e.Batch}
		if seen[n] || terminal != "" && e.Terminal != terminal {
			continue
		}
		seen[n] = true
		totals, closed := ledger.Totals(e.Terminal, e.Batch)
		state := "open"
		if closed {
			state = "settled"
		}
		sum, c := totals.Sum(), money[n]
		fmt.Fprintf(w, "batch %s  %s  %-7s  debits=%d %s  credits=%d %s\n", e.Terminal, e.Batch, state,
			sum.Debits.Count, txn.Money{Minor: sum.Debits.Minor, Currency: c}, sum.Credits.Count, txn.Money{Minor: sum.Credits.Minor, Currency: c})
	}
	return nil
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
