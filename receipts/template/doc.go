// Package template lays card slips out as a merchant wants them: a text file with a line a
// line, in the manner of receipt markdown, and Go's text/template for facts and conditions.
//
//	a line              in the middle
//	|a line             at the left
//	a line|             at the right
//	|label | value      side by side where both fit, else under one another
//	^large              twice as high; ^^ twice as wide too
//	"bold"              a cell in quotes
//	--- and ===         a rule, thin or double
//	{code:TEXT}         a QR code
//	{width:*,5,14}      columns of a table from here on; {width:} ends it
//	\                   the next character is nothing but itself
//
// Facts come by their names, which are those that errors name:
//
//	{{value "amount"}}            the fact; it stands in a cell of its own, is never markup, and
//	                              is not broken where a slip may not break it
//	{{label "amount"}}            what the slip calls it, in the slip's language
//	{{part "chip"}}               a block as the house writes it, on a line of its own
//	{{if value "tip"}} … {{end}}  only where there is one
//
// Whatever a template does, [receipts.Check] holds the slip to the rules afterwards, and
// [Template.Verify] does so with every sample before the first customer comes.
package template
