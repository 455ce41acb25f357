package decktest

import (
	"slices"

	"vpos/reader/deck/issuer"
)

// Cases is the whole table.
func Cases() []Case {
	return slices.Concat(plain(), authenticated(), verified(), chosen(), online(), scripted(), faulty())
}

// Scripts of the table.
func newPIN(s issuer.Session) []issuer.Command {
	c, _ := s.ChangePIN([]byte("8642"))
	return []issuer.Command{c}
}

func unblockPIN(issuer.Session) []issuer.Command { return []issuer.Command{issuer.UnblockPIN()} }

func blockApplication(issuer.Session) []issuer.Command {
	return []issuer.Command{issuer.BlockApplication()}
}

func blockCard(issuer.Session) []issuer.Command { return []issuer.Command{issuer.BlockCard()} }

func putData(issuer.Session) []issuer.Command {
	return []issuer.Command{issuer.PutData(0x9F58, []byte{3}), issuer.PutData(0x9F59, []byte{5})}
}
