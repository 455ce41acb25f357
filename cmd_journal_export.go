package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/journal"
)

// The export: every transaction, a record each, oldest first, for a spreadsheet or a
// book-keeper. Of a card it has what the slip has: the brand and the masked number.

// exported is a record: the names are stable, and later ones go to the end.
var exported = []struct {
	name  string
	value func(t *journal.Summary) string
}{
	{"batch", func(t *journal.Summary) string { return t.Batch.String() }},
	{"trace", func(t *journal.Summary) string { return t.STAN.String() }},
	{"begun", func(t *journal.Summary) string { return t.Begun.Format(time.RFC3339) }},
	{"changed", func(t *journal.Summary) string { return t.At.Format(time.RFC3339) }},
	{"kind", func(t *journal.Summary) string { return string(t.Kind) }},
	{"status", func(t *journal.Summary) string { return string(t.Status) }},
	{"amount", func(t *journal.Summary) string { return t.Amount.Decimal() }},
	{"tip", func(t *journal.Summary) string {
		return txn.Money{Minor: t.Tip.Minor, Currency: t.Amount.Currency}.Decimal()
	}},
	{"currency", func(t *journal.Summary) string { return t.Amount.Currency.Code() }},
	{"net", func(t *journal.Summary) string { return netOf(t).Decimal() }},
	{"brand", func(t *journal.Summary) string { return string(t.Brand) }},
	{"card", func(t *journal.Summary) string { return t.MaskedPAN() }},
	{"entry", func(t *journal.Summary) string { return string(t.Entry) }},
	{"wallet", func(t *journal.Summary) string { return string(t.Wallet) }},
	{"response", func(t *journal.Summary) string { return t.Result.Code }},
	{"auth_code", func(t *journal.Summary) string { return t.Result.AuthCode }},
	{"reference", func(t *journal.Summary) string { return t.Result.RRN }},
	{"cause", func(t *journal.Summary) string { return string(t.Cause) }},
	{"operator", func(t *journal.Summary) string { return t.By }},
	{"approver", func(t *journal.Summary) string { return t.Approver }},
	{"of_trace", func(t *journal.Summary) string {
		if t.Of == nil || t.Of.STAN == 0 {
			return ""
		}
		return t.Of.STAN.String()
	}},
	{"slip_missing", func(t *journal.Summary) string { return strconv.FormatBool(t.Owed()) }},
	{"terminal", func(t *journal.Summary) string { return t.Terminal }},
	{"merchant", func(t *journal.Summary) string { return t.Merchant }},
	{"passed", func(t *journal.Summary) string { return passedList(t.Passed) }},
}

// netOf is what a transaction adds to its batch: below zero where it gives back, zero
// where it moved nothing.
func netOf(t *journal.Summary) txn.Money {
	net := t.Amount
	switch {
	case t.Status != txn.Approved || t.Kind.Side() == txn.Nowhere:
		net.Minor = 0
	case t.Kind.Side() == txn.Credit:
		net.Minor = -net.Minor
	}
	return net
}

// numeric are the columns whose text is this program's own number.
var numeric = map[string]bool{"amount": true, "tip": true, "net": true}

// unformulated keeps a spreadsheet from running a text that came from outside: one that begins
// as a formula gets an apostrophe before it (OWASP, CSV Injection).
func unformulated(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}

// recorder writes records.
type recorder interface {
	record(values []string) error
	end() error
}

// csvRecords is RFC 4180: a header, CRLF, quotes where they are needed.
type csvRecords struct{ w *csv.Writer }

func newCSV(w io.Writer) (recorder, error) {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	names := make([]string, len(exported))
	for i, c := range exported {
		names[i] = c.name
	}
	if err := out.Write(names); err != nil {
		return nil, fmt.Errorf("write the header: %w", err)
	}
	return csvRecords{out}, nil
}

func (c csvRecords) record(values []string) error {
	for i, v := range values {
		if !numeric[exported[i].name] {
			values[i] = unformulated(v)
		}
	}
	if err := c.w.Write(values); err != nil {
		return fmt.Errorf("write a record: %w", err)
	}
	return nil
}

func (c csvRecords) end() error {
	c.w.Flush()
	return c.w.Error() //nolint:wrapcheck // the caller names the file
}

// jsonRecords is one array of objects with the same names, a line each.
type jsonRecords struct {
	w io.Writer
	n int
}

func (j *jsonRecords) record(values []string) error {
	pairs := make([]string, len(values))
	for i, v := range values {
		text, err := json.Marshal(v)
		if err != nil {
			return fmt.Errorf("write a record: %w", err)
		}
		pairs[i] = strconv.Quote(exported[i].name) + ":" + string(text)
	}
	before := ",\n"
	if j.n == 0 {
		before = "[\n"
	}
	j.n++
	_, err := fmt.Fprintf(j.w, "%s{%s}", before, strings.Join(pairs, ","))
	return err //nolint:wrapcheck // the caller names the file
}

func (j *jsonRecords) end() error {
	end := "\n]\n"
	if j.n == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(j.w, end)
	return err //nolint:wrapcheck // the caller names the file
}

func journalExport(s *settings) *cobra.Command {
	format, out, overwrite, find := "csv", "", false, finder{}
	cmd := &cobra.Command{
		Use: "export", Short: "Every transaction as CSV or JSON, without card data", Args: cobra.NoArgs,
		RunE: onJournal(s, func(ctx context.Context, p *shop, w io.Writer, _ []string) error {
			filter, err := find.filter(p)
			switch {
			case err != nil:
				return err
			case format != "csv" && format != "json":
				return advise(words.ExportFormat, p.lang, nil)
			case out == "":
				return p.exportTo(ctx, w, format, filter)
			}
			return p.exportFile(ctx, out, overwrite, format, filter)
		}),
	}
	cmd.Flags().StringVar(&format, "format", format, "csv or json")
	cmd.Flags().StringVar(&out, "out", "", "a new file instead of the screen")
	cmd.Flags().BoolVar(&overwrite, "overwrite", false, "replace the file where there is one")
	find.days(cmd)
	return cmd
}

// exportTo writes the records.
func (p *shop) exportTo(ctx context.Context, w io.Writer, format string, f journal.Filter) error {
	buffered := bufio.NewWriter(w)
	var out recorder = &jsonRecords{w: buffered}
	if format == "csv" {
		var err error
		if out, err = newCSV(buffered); err != nil {
			return advise(words.ExportUnwritable, p.lang, err)
		}
	}
	var unwritten error
	err := p.journal.Each(ctx, f, func(t journal.Summary) error {
		values := make([]string, len(exported))
		for i, c := range exported {
			values[i] = c.value(&t)
		}
		unwritten = out.record(values)
		return unwritten
	})
	if unwritten == nil && err != nil {
		return journalError(err, p.lang)
	}
	if err = errors.Join(unwritten, out.end(), buffered.Flush()); err != nil {
		return advise(words.ExportUnwritable, p.lang, err)
	}
	return nil
}

// exportFile writes to a new file, or where that was asked for in the place of an old one,
// which stays until the new one is whole.
func (p *shop) exportFile(ctx context.Context, path string, overwrite bool, format string, f journal.Filter) error {
	var file *os.File
	var err error
	if overwrite {
		file, err = os.CreateTemp(filepath.Dir(path), ".vpos-export-*") // mode 0600
	} else {
		file, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the person's own choice
	}
	switch {
	case errors.Is(err, os.ErrExist):
		return advise(words.ExportExists, p.lang, nil)
	case err != nil:
		return advise(words.ExportUnwritable, p.lang, err)
	}
	written := p.exportTo(ctx, file, format, f)
	err = errors.Join(file.Sync(), file.Close())
	if written == nil && err == nil && overwrite {
		err = os.Rename(file.Name(), path)
	}
	if written == nil && err == nil {
		return nil
	}
	_ = os.Remove(file.Name()) // half an export is none
	if written != nil {
		return written
	}
	return advise(words.ExportUnwritable, p.lang, err)
}
