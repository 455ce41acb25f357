package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/charmbracelet/x/term"

	"vpos/reader"
	"vpos/tui/words"
)

// askPassphrase reads the passphrase of a data folder without echo, twice where
// it is chosen now.
func askPassphrase(l words.Lang, choose bool) (reader.Secret, error) {
	question := words.PassphraseAsk
	if choose {
		question = words.PassphraseChoose
	}
	first, err := readHidden(question.In(l))
	if err != nil || !choose {
		return reader.NewSecret(first), err
	}
	defer clear(first)
	again, err := readHidden(words.PassphraseAgain.In(l))
	defer clear(again)
	switch {
	case err != nil:
		return reader.Secret{}, err
	case len(first) < shortestPassphrase:
		return reader.Secret{}, advise(words.PassphraseShort, l, nil)
	case !bytes.Equal(first, again):
		return reader.Secret{}, advise(words.PassphraseDiffers, l, nil)
	}
	return reader.NewSecret(first), nil
}

// shortestPassphrase is in bytes. argon2id slows guessing down; it cannot make a
// short passphrase long.
const shortestPassphrase = 12

func readHidden(question string) ([]byte, error) {
	fmt.Fprint(os.Stderr, question+" ")
	line, err := term.ReadPassword(os.Stdin.Fd())
	fmt.Fprintln(os.Stderr)
	if err != nil {
		return nil, fmt.Errorf("passphrase: %w", err)
	}
	return line, nil
}
