package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"vpos/txn"
	"vpos/txn/journal"
)

// A text from outside that would be a formula, a quote, a line end: the record keeps its
// shape, and nothing begins as a formula; this program's own numbers stay numbers.
func TestExportIsHarmless(t *testing.T) {
	var out bytes.Buffer
	records, err := newCSV(&out)
	if err != nil {
		t.Fatal(err)
	}
	cny, _ := txn.CurrencyByCode("CNY")
	hostile := journal.Summary{Row: journal.Row{
		Kind: txn.Refund, Status: txn.Approved, Amount: txn.Money{Minor: 500, Currency: cny}, Approver: "+1",
		Result: txn.Result{AuthCode: `=cmd|' /C calc'!A0`, RRN: "@SUM(1)\r\n\"x\",y", Code: "-1"}, Terminal: "\t=1",
	}}
	values := make([]string, len(exported))
	for i, c := range exported {
		values[i] = c.value(&hostile)
	}
	object := values
	if err := records.record(append([]string(nil), values...)); err != nil {
		t.Fatal(err)
	}
	if err := records.end(); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "\r\n"); n < 3 || strings.Count(out.String(), "\n") != n {
		t.Errorf("line ends: %q", out.String())
	}
	lines, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(lines) != 2 || len(lines[1]) != len(exported) {
		t.Fatalf("%d records, %v", len(lines), err)
	}
	for i, cell := range lines[1] {
		if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) && exported[i].name != "net" {
			t.Errorf("%s begins as a formula: %q", exported[i].name, cell)
		}
		if exported[i].name == "net" && cell != "-5.00" {
			t.Errorf("net is %q", cell)
		}
	}
	out.Reset()
	plain := &jsonRecords{w: &out}
	for range 2 {
		if err := plain.record(object); err != nil {
			t.Fatal(err)
		}
	}
	if err := plain.end(); err != nil {
		t.Fatal(err)
	}
	var back []map[string]string
	if err := json.Unmarshal(out.Bytes(), &back); err != nil || len(back) != 2 || back[1]["auth_code"] != hostile.Result.AuthCode || back[0]["amount"] != "5.00" {
		t.Errorf("%v: %v", err, back)
	}
}

// The names of the columns are a promise to whoever reads the file by machine.
func TestExportNamesAreStable(t *testing.T) {
	const want = "batch trace begun changed kind status amount tip currency net brand card entry wallet response auth_code reference " +
		"cause operator approver of_trace slip_missing terminal merchant passed"
	var names []string
	for _, c := range exported {
		names = append(names, c.name)
	}
	if got := strings.Join(names, " "); got != want {
		t.Errorf("%s", got)
	}
}
