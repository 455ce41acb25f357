package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/goods"
)

// goodsCommand is the list of what the shop sells. It holds no secret, and no command
// needs the journal: a terminal may be open meanwhile.
func goodsCommand(s *settings) *cobra.Command {
	group := &cobra.Command{Use: "goods", Short: "The goods: codes, names and prices"}
	group.AddCommand(&cobra.Command{
		Use: "import FILE", Short: "Takes the list from a CSV file, in place of the one before", Args: cobra.ExactArgs(1),
		Long: "The first line names the columns, in any order: code,zh,en,price. A code is 1 to 13\n" +
			"digits, a price is as 12.50; one name is enough. UTF-8 and GB18030 are read. A list\n" +
			"with a mistake is not taken; every mistake is told with its line and column.",
		RunE: onGoods(s, importGoods),
	}, &cobra.Command{
		Use: "export", Short: "Writes the list to standard output as CSV, for a spreadsheet", Args: cobra.NoArgs,
		RunE: onGoods(s, exportGoods),
	}, &cobra.Command{
		Use: "list", Short: "The goods, a line each", Args: cobra.NoArgs,
		RunE: onGoods(s, listGoods),
	})
	return group
}

// onGoods finds the data folder for a command.
func onGoods(s *settings, do func(context.Context, *shop, io.Writer, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		p, err := readShop(*s)
		if err != nil {
			return err
		}
		defer p.close()
		return do(cmd.Context(), p, cmd.OutOrStdout(), args)
	}
}

func importGoods(_ context.Context, p *shop, w io.Writer, args []string) error {
	list, err := goods.Read(args[0], p.config.Terminal.Currency)
	if err != nil {
		return goodsError(err, p.lang)
	}
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		return advise(words.FolderFailed, p.lang, err)
	}
	if err := goods.Store(p.dir, list, p.config.Terminal.Currency); err != nil {
		return advise(words.GoodsUnwritable, p.lang, err)
	}
	fmt.Fprintln(w, words.GoodsImported.Fill(p.lang, len(list)))
	return nil
}

// stocked is the list of the folder, which must have one.
func (p *shop) stocked() (txn.Goods, error) {
	list, err := goods.Load(p.dir, p.config.Terminal.Currency)
	switch {
	case err != nil:
		return nil, goodsError(err, p.lang)
	case len(list) == 0:
		return nil, advise(words.GoodsNone, p.lang, nil)
	}
	return list, nil
}

func exportGoods(_ context.Context, p *shop, w io.Writer, _ []string) error {
	list, err := p.stocked()
	if err != nil {
		return err
	}
	if _, err := w.Write(goods.Bytes(list, p.config.Terminal.Currency)); err != nil {
		return advise(words.GoodsUnwritable, p.lang, err)
	}
	return nil
}

func listGoods(_ context.Context, p *shop, w io.Writer, _ []string) error {
	list, err := p.stocked()
	if err != nil {
		return err
	}
	for _, g := range list {
		price := txn.Money{Minor: g.Price, Currency: p.config.Terminal.Currency}
		fmt.Fprintln(w, pad(g.Code, goods.MaxCode)+"  "+padLeft(price.Grouped(), 14)+"  "+words.GoodName(g, p.lang))
	}
	fmt.Fprintln(w, words.GoodsCount.Fill(p.lang, len(list)))
	return nil
}

// shelf keeps the list of goods for the screens.
type shelf struct{ shop *shop }

// Load reads the list of the data folder.
func (s shelf) Load() (txn.Goods, error) {
	return goods.Load(s.shop.dir, s.shop.config.Terminal.Currency)
}

// Key takes a good keyed as a line into it.
func (s shelf) Key(l words.Lang, line string) (goods.Change, string) {
	done, err := goods.Key(s.shop.dir, line, s.shop.config.Terminal.Currency)
	var found goods.Problems
	switch {
	case err == nil:
		s.shop.log.Info("goods", "code", done.Good.Code, "gone", done.Gone)
		return done, ""
	case errors.As(err, &found):
		return goods.Change{}, words.GoodsProblem(l, found[0].Line, "", found[0].Code, found[0].Got, found[0].Want)
	}
	s.shop.log.Error("goods", "err", err)
	return goods.Change{}, words.GoodsUnwritable.Headline.In(l) + words.Text{EN: ". ", ZH: "。"}.In(l) + words.GoodsUnwritable.Next.In(l)
}

// goodsError is every problem of a list, a line each, in the catalogue's words.
func goodsError(err error, l words.Lang) error {
	var found goods.Problems
	if !errors.As(err, &found) {
		return advise(words.GoodsUnreadable, l, err)
	}
	lines := []string{words.GoodsUnreadable.Headline.In(l)}
	for _, one := range found {
		lines = append(lines, words.GoodsProblem(l, one.Line, string(one.Column), one.Code, one.Got, one.Want))
	}
	return advised{headline: strings.Join(lines, "\n      "), next: words.GoodsMend.In(l), code: words.GoodsUnreadable.Code, lang: l}
}
