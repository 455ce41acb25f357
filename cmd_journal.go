package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"vpos/reader"
	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/journal"
)

// journalCommand reads the journal of a folder no terminal is using.
func journalCommand(s *settings) *cobra.Command {
	group := &cobra.Command{Use: "journal", Short: "The journal: what happened to the money, masked"}
	group.AddCommand(journalList(s), journalTotals(s), journalExport(s))
	var batch uint32
	show := &cobra.Command{
		Use: "show TRACE", Short: "Every row of one transaction", Args: cobra.ExactArgs(1),
		RunE: onJournal(s, func(ctx context.Context, p *shop, w io.Writer, args []string) error {
			return showTransaction(ctx, p, w, txn.Batch(batch), args[0])
		}),
	}
	show.Flags().Uint32Var(&batch, "batch", 0, "the batch it is in (default: the newest that has the trace)")
	head := ""
	verify := &cobra.Command{
		Use: "verify", Short: "Checks every row against the hash chain", Args: cobra.NoArgs,
		Long: "Who can write the file can make a whole new chain. Against that stands the chain head on\n" +
			"the slip of each settlement: --head says whether the chain still has it.",
		RunE: onJournal(s, func(ctx context.Context, p *shop, w io.Writer, _ []string) error {
			if err := verifyJournal(ctx, p, w); err != nil || head == "" {
				return err
			}
			return findHead(ctx, p, w, head)
		}),
	}
	verify.Flags().StringVar(&head, "head", "", "the chain head of a settlement slip: 16 digits and letters, or more")
	rotate := &cobra.Command{
		Use: "rotate-key", Short: "Changes what opens the folder: the passphrase, or the entry in the keychain", Args: cobra.NoArgs,
		Long: "No terminal may use the folder meanwhile. The data stays sealed as it is; the old passphrase\n" +
			"or entry opens this folder no more. A copy that was made before, with what opened it, is\n" +
			"not closed by this: nor are backups, which have a passphrase of their own.",
		RunE: onJournal(s, rotateKey),
	}
	group.AddCommand(show, verify, rotate)
	return group
}

// onJournal opens the journal of the settings' folder around one command. Where
// there is none, none is made; of one that was cut off, what its log holds is
// made durable before it is believed, as at any start.
func onJournal(s *settings, do func(context.Context, *shop, io.Writer, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		p, err := readShop(*s)
		if err != nil {
			return err
		}
		defer p.close()
		if err := p.keyThere(); err != nil {
			return err
		}
		*s.folder = p.dir
		if err := p.openJournal(cmd.Context()); err != nil {
			return err
		}
		return do(cmd.Context(), p, cmd.OutOrStdout(), args)
	}
}

func pad(s string, cells int) string {
	return s + strings.Repeat(" ", max(0, cells-ansi.StringWidth(s)))
}

func padLeft(s string, cells int) string {
	return strings.Repeat(" ", max(0, cells-ansi.StringWidth(s))) + s
}

func showTransaction(ctx context.Context, p *shop, w io.Writer, batch txn.Batch, trace string) error {
	stan, err := strconv.ParseUint(trace, 10, 32)
	if err != nil || stan == 0 || txn.STAN(stan) > txn.MaxSTAN {
		return refuse(txn.TraceFormat, p.lang)
	}
	if batch == 0 {
		list, err := p.journal.Transactions(ctx, journal.Filter{STAN: txn.STAN(stan), Limit: 1})
		if err != nil {
			return journalError(err, p.lang)
		}
		if len(list) == 0 {
			return refuse(txn.TraceUnknown, p.lang)
		}
		batch = list[0].Batch
	}
	rows, err := p.journal.ByTrace(ctx, batch, txn.STAN(stan))
	if err != nil {
		return journalError(err, p.lang)
	}
	if len(rows) == 0 {
		return refuse(txn.TraceUnknown, p.lang)
	}
	for _, r := range rows {
		fmt.Fprintln(w, rowLine(r))
	}
	return nil
}

// refuse is a code of the machine as the error of a command.
func refuse(code txn.Code, l words.Lang) error {
	return advise(words.Failure{Code: string(code), Advice: words.ForCode(code)}, l, nil)
}

// rowLine is one row in full: the field names are those of the journal.
func rowLine(r journal.Row) string {
	parts := []string{
		fmt.Sprintf("#%d", r.Seq), r.At.Format("2006-01-02T15:04:05.000Z07:00"), pad(string(r.Type), 16),
		"batch=" + r.Batch.String(), "stan=" + r.STAN.String(), "amount=" + r.Amount.String(),
		"card=" + r.MaskedPAN(), "entry=" + string(r.Entry),
	}
	for _, f := range []struct{ name, value string }{
		{"wallet", string(r.Wallet)}, {"rc", r.Result.Code}, {"auth", r.Result.AuthCode}, {"rrn", r.Result.RRN}, {"cause", string(r.Cause)}, {"operator", r.Operator},
		{"approver", r.Approver}, {"passed", passedList(r.Passed)},
	} {
		if f.value != "" {
			parts = append(parts, f.name+"="+f.value)
		}
	}
	if r.Copy != 0 {
		parts = append(parts, fmt.Sprintf("copy=%d", r.Copy))
	}
	if r.Of != nil {
		parts = append(parts, "of="+r.Of.STAN.String())
	}
	for _, f := range []struct{ name, value string }{{"refused", r.Refused}, {"reason", r.Reason}} {
		if f.value != "" {
			parts = append(parts, f.name+"="+f.value)
		}
	}
	parts = append(parts, chipParts(r.Chip)...)
	return strings.Join(append(parts, "hash="+r.Hash.String()[:16]), " ")
}

// passedList are codes of what was let pass, with a comma between.
func passedList(codes []txn.Code) string {
	parts := make([]string, len(codes))
	for i, c := range codes {
		parts[i] = string(c)
	}
	return strings.Join(parts, ",")
}

// chipParts is what a row tells of a chip. A label is outside text.
func chipParts(c *reader.ChipData) []string {
	if c == nil {
		return nil
	}
	parts := []string{"aid=" + c.AID, fmt.Sprintf("label=%q", c.Label)}
	if len(c.Cryptogram) == 0 {
		return parts // of a void: the sale's cryptogram is the sale's
	}
	parts = append(parts, fmt.Sprintf("tvr=%X", c.TVR[:]), fmt.Sprintf("tsi=%X", c.TSI[:]),
		fmt.Sprintf("cid=%02X", c.CID), fmt.Sprintf("ac=%X", c.Cryptogram), fmt.Sprintf("atc=%04X", c.ATC))
	if c.PIN {
		parts = append(parts, "pin=verified")
	}
	return parts
}

// errBroken is a journal that does not verify: the command fails after saying so.
var errBroken = errors.New("the journal does not verify")

func verifyJournal(ctx context.Context, p *shop, w io.Writer) error {
	report, err := p.journal.Verify(ctx)
	if err != nil {
		return journalError(err, p.lang)
	}
	if b := report.Broken; b != nil {
		fmt.Fprintf(w, "verify: rows=%d broken=%d: %s\n", report.Rows, b.Seq, b)
		return advise(words.JournalCorrupt, p.lang, errBroken)
	}
	fmt.Fprintf(w, "verify: rows=%d ok head=%s rows/s=%.0f audit=%d\n", report.Rows, report.Head, report.RowsPerSecond(), report.Audit)
	return nil
}

// findHead looks for the row that a settlement slip names.
func findHead(ctx context.Context, p *shop, w io.Writer, head string) error {
	row, err := p.journal.FindHash(ctx, strings.ReplaceAll(head, " ", ""))
	switch {
	case errors.Is(err, journal.ErrHash):
		return advise(words.HeadFormat, p.lang, nil)
	case err != nil:
		return journalError(err, p.lang)
	case row == nil:
		return advise(words.HeadMissing, p.lang, nil)
	}
	fmt.Fprintln(w, words.HeadFound.Fill(p.lang, row.Seq, row.Batch, row.STAN, row.At.Format("2006-01-02 15:04:05")))
	return nil
}

// rotateKey changes what opens the folder. The open journal holds it for this process.
func rotateKey(ctx context.Context, p *shop, w io.Writer, _ []string) error {
	var fresh reader.Secret
	if p.keys.Kind() == journal.KeyByPassphrase {
		var err error
		if fresh, err = askPassphrase(p.lang, true); err != nil {
			return err
		}
		defer fresh.Wipe()
	}
	if err := journal.RotateKey(ctx, p.dir, p.keys, fresh); err != nil {
		return journalError(err, p.lang)
	}
	fmt.Fprintln(w, words.KeyRotated.In(p.lang))
	return nil
}
