package main

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"vpos/reader/explain"
	"vpos/reader/tlv"
	"vpos/tui/words"
)

// maxDecode bounds what decode looks at, in bytes of input.
const maxDecode = 64 << 10

// decodeCommand explains messages and card data in words, masked: one sub-command
// a kind.
func decodeCommand(s *settings) *cobra.Command {
	group := &cobra.Command{
		Use:   "decode",
		Short: "Explains messages and card data in words, masked",
		Long: "Explains hex from a line, a card or a log. Card numbers, names and tracks inside are masked.\n" +
			"Without HEX, or with -, it is read from standard input and so kept out of the shell's history.",
	}
	group.AddCommand(decodeISOCommand(s))
	for _, kind := range explain.Kinds() {
		group.AddCommand(&cobra.Command{
			Use: kind.Name + " [HEX]", Short: kind.Title.EN + " " + kind.Title.ZH, Args: cobra.ArbitraryArgs,
			RunE: func(cmd *cobra.Command, args []string) error { return decode(cmd, *s, kind, args) },
		})
	}
	return group
}

func decode(cmd *cobra.Command, s settings, kind explain.Kind, args []string) error {
	lang, err := s.language("")
	if err != nil {
		return err
	}
	data, err := decodeInput(args)
	if err != nil {
		return advise(words.NotHex, lang, err)
	}
	items, err := kind.Explain(data)
	clear(data)
	printItems(cmd.OutOrStdout(), items, lang, 0)
	if err != nil {
		return advise(words.DecodeBroken, lang, located(err))
	}
	return nil
}

// decodeInput reads the hex, with or without spaces. Its errors do not repeat it:
// it may be card data.
func decodeInput(args []string) ([]byte, error) {
	text := []byte(strings.Join(args, ""))
	if len(args) == 0 || args[0] == "-" {
		var err error
		if text, err = io.ReadAll(io.LimitReader(os.Stdin, 3*maxDecode)); err != nil {
			return nil, fmt.Errorf("standard input: %w", err)
		}
	}
	text = bytes.Join(bytes.Fields(text), nil)
	defer clear(text)
	data := make([]byte, hex.DecodedLen(len(text)))
	n, err := hex.Decode(data, text)
	switch {
	case err != nil:
		return nil, fmt.Errorf("character %d of %d is no hex", 2*n+1, len(text)) // hex.Decode would quote it
	case n == 0:
		return nil, errors.New("there is nothing to explain")
	case n > maxDecode:
		return nil, fmt.Errorf("%d bytes; at most %d are looked at", n, maxDecode)
	}
	return data[:n], nil
}

// located names the place of damage: its offset in bytes and its path of tags.
func located(err error) error {
	var at *tlv.Error
	if errors.As(err, &at) {
		return fmt.Errorf("byte %d, %s: %w", at.Offset, at.Path, at.Err)
	}
	return err
}

func printItems(w io.Writer, items []explain.Item, l words.Lang, depth int) {
	for _, item := range items {
		line := strings.Repeat("  ", depth) + pad(item.Code, 6)
		for _, part := range []string{inLang(item.Title, l), item.Value} {
			if part != "" {
				line += "  " + part
			}
		}
		fmt.Fprintln(w, strings.TrimRight(line, " "))
		if text := inLang(item.Text, l); text != "" {
			fmt.Fprintln(w, strings.Repeat("  ", depth)+"        "+text)
		}
		printItems(w, item.Children, l, depth+1)
	}
}

func inLang(t explain.Words, l words.Lang) string {
	if l == words.ZH {
		return t.ZH
	}
	return t.EN
}
