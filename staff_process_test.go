package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A day with two operators at the built terminal: signed in with a first PIN, a sale, a
// void that a supervisor lets pass, the hand-over, the next operator; who did it is in
// the journal, in the audit and on paper.
func TestStaffedDay(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "shop")
	o := office{t, data}
	o.does("Added: operator 01", []string{firstOfWang, firstOfWang}, "operator", "add", "01", "--name", "Wang", "--role", "supervisor")
	o.does("Added: operator 02", []string{"01", firstOfWang, ownOfWang, ownOfWang, firstOfLi, firstOfLi},
		"operator", "add", "02", "--name", "Li", "--role", "cashier")

	d := talk(t, "--data", data, "--reader", "none")
	d.hears("lock")
	for _, step := range []struct{ line, state, says string }{
		{"1234", "lock", "Not an operator number"},
		{"02", "passcode", "Operator 02"},
		{badPIN, "passcode", "Tries left: 4"},
		{firstOfLi, "newcode", "Choose a PIN"},
		{secondOfLi, "newcode", "once more"},
		{badPIN, "newcode", "differ"},
		{secondOfLi, "newcode", "once more"},
		{secondOfLi, "cash", "Shift begins"},
		{"200.00", "idle", "Ready"},
		{"12.34", "present", "12.34"},
		{"4111111111111111", "expiry", ""},
		{"1230", "cvv", ""},
		{"123", "confirm", "12.34"},
		{"", "approved", "Approved"},
		{"", "idle", "Ready"},
		{"50", "present", "0.50"},
		{"4111111111111111", "expiry", ""},
		{"1230", "cvv", ""},
		{"123", "confirm", "0.50"},
		{"", "approved", "Approved"},
		{"", "idle", "Ready"},
		{"void", "supervisor", "Operator 02"},
		{"02", "passcode", "Supervisor 02"},
		{secondOfLi, "supervisor", "no supervisor"},
		{"01", "passcode", "Supervisor 01"},
		{ownOfWang, "trace", "Void a sale"},
		{"1", "confirm", "12.34"},
		{"", "confirm", "Enter alone"},
		{"1234", "approved", "Voided"},
		{"", "idle", "Ready"},
		{"lock", "lock", "operator 02 goes on"},
		{"", "passcode", "Operator 02"},
		{secondOfLi, "idle", "Ready"},
		{"settings", "supervisor", "Settings"},
		{"01", "passcode", "Supervisor 01"},
		{ownOfWang, "settings", "7 Fixed"},
		{"rules.void_card true", "settings", "Saved"},
		{"host.address 10.0.0.1:5", "settings", "nothing here"},
		{"", "idle", "Ready"},
		{"handover", "cash", "Count the drawer"},
		{"cancel", "idle", "Ready"},
		{"handover", "cash", "Count the drawer"},
		{"150.00", "cash", "once more"},
		{"150.00", "shift", "Difference -50.00"},
		{"", "lock", "Operator number"},
		{"01", "passcode", "Operator 01"},
		{ownOfWang, "cash", "Shift begins"},
		{"", "idle", "Ready"},
	} {
		d.say(step.line)
		for got := ""; !strings.Contains(got, step.says) || got == ""; {
			got = d.hears(step.state) // a PIN takes a moment, and says so
		}
	}
	d.say("quit")
	d.ends()

	o.does("Li", nil, "operator", "list")
	audit, ok := dictated(t, data, "en", nil, "audit", "list", "--all")
	if !ok {
		t.Fatal(audit)
	}
	for _, want := range []string{"let pass          01  asked by 02: Void", "setting           02  rules.void_card = true  by 01", "let pass          01  asked by 02: Settings", "wrong PIN         02", "cash count        02  CNY 150.00", "signed out        01"} {
		if !strings.Contains(audit, want) {
			t.Errorf("the audit says nothing of %q:\n%s", want, audit)
		}
	}
	paper, err := filepath.Glob(filepath.Join(data, "reports", "*-shift-02.txt"))
	if err != nil || len(paper) != 1 {
		t.Fatalf("reports of the shift: %q, %v", paper, err)
	}
	b, err := os.ReadFile(paper[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"200.00", "150.00", "-50.00", "0.50", "02"} {
		if !strings.Contains(string(b), want) {
			t.Errorf("no %s in\n%s", want, b)
		}
	}
	slips, err := filepath.Glob(filepath.Join(data, "receipts", "*"))
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, name := range slips {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all += string(b)
	}
	if !strings.Contains(all, "SUPERVISOR") || !strings.Contains(all, "OPERATOR") {
		t.Errorf("the slips do not say who:\n%s", all)
	}
}
