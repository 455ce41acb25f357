package kill

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"vpos/txn"
	"vpos/txn/proof"
)

// slipName is what the printer calls its files; what it never finished begins
// with a dot.
var slipName = regexp.MustCompile(`^\d{8}-\d{6}-(\d{6})-(\d{6})-(1-merchant|2-cardholder|3-reversal-fault)(-dup-\d+)?\.txt$`)

var copies = map[string]txn.Copy{"1-merchant": txn.MerchantCopy, "2-cardholder": txn.CardholderCopy, "3-reversal-fault": txn.FaultSlip}

var slipMoney = regexp.MustCompile(`\bRMB +-?([\d,]+)\.(\d\d)\n`)

// papers reads the slips in the printer's folder.
func (t *till) papers(step string) ([]proof.Paper, error) {
	dir := filepath.Join(t.dir, "receipts")
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("slips: %w", err)
	}
	var list []proof.Paper
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		b, err := os.ReadFile(filepath.Join(dir, e.Name())) //nolint:gosec // the folder under proof
		if err != nil {
			return nil, fmt.Errorf("slips: %w", err)
		}
		p, err := paper(e.Name(), string(b))
		if err != nil {
			t.run.report1(step, "terminal %d: slip %s: %v", t.number, e.Name(), err)
			continue
		}
		list = append(list, p)
	}
	return list, nil
}

var (
	errName  = errors.New("no name of a slip")
	errTorn  = errors.New("it is not whole")
	errTrace = errors.New("it is of another transaction than its name says")
	errMark  = errors.New("its mark and its name do not agree on whether it is a duplicate")
)

// paper reads one slip, which must be whole and what its name says.
func paper(name, text string) (p proof.Paper, err error) {
	parts := slipName.FindStringSubmatch(name)
	if parts == nil {
		return p, errName
	}
	batch, _ := strconv.ParseUint(parts[1], 10, 32)
	stan, _ := strconv.ParseUint(parts[2], 10, 32)
	p = proof.Paper{
		Key:  txn.Key{Batch: txn.Batch(batch), STAN: txn.STAN(stan)},
		Copy: copies[parts[3]], Duplicate: parts[4] != "",
	}
	first, _, _ := strings.Cut(text, "\n")
	sums := slipMoney.FindAllStringSubmatch(text, -1) // with a tip the base and the tip come before the total
	switch {
	case sums == nil, !strings.HasSuffix(text, first+"\n"): // the training mark stands first and last
		return p, errTorn
	case !strings.Contains(text, parts[2]+"\n"):
		return p, errTrace
	case strings.Contains(text, "DUPLICATE") != p.Duplicate:
		return p, errMark
	}
	money := sums[len(sums)-1]
	p.Amount.Currency, _ = txn.CurrencyByCode("CNY")
	p.Amount.Minor, _ = strconv.ParseInt(strings.ReplaceAll(money[1], ",", "")+money[2], 10, 64)
	return p, nil
}

// forms are the ways a card number may stand in a file. The full gate, over every
// form, is the command line's own test.
func forms(number string) [][]byte {
	var spaced []string
	for i := 0; i < len(number); i += 4 {
		spaced = append(spaced, number[i:min(i+4, len(number))])
	}
	bcd, _ := hex.DecodeString(number) // all have an even number of digits
	return [][]byte{[]byte(number), []byte(strings.Join(spaced, " ")), bcd, []byte(hex.EncodeToString([]byte(number)))}
}

// leaks searches every byte the run left, and every line said.
func (r *run) leaks() []string {
	var found []string
	look := func(where string, b []byte) {
		for _, card := range append(slices.Clone(cards), payCode) {
			for _, form := range forms(card) {
				if bytes.Contains(b, form) {
					found = append(found, fmt.Sprintf("a number ending in %s in %s", card[len(card)-4:], where))
				}
			}
		}
	}
	for _, t := range r.tills {
		look("what terminal "+strconv.Itoa(t.number)+" said", []byte(t.said.String()))
	}
	err := filepath.WalkDir(r.root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path) //nolint:gosec // the folders under proof
		if err == nil {
			look(strings.TrimPrefix(path, r.root), b)
		}
		return err //nolint:wrapcheck // reported below
	})
	if err != nil {
		found = append(found, err.Error())
	}
	return found
}
