// Package escpos writes a laid-out page as the bytes of an ESC/POS printer, as its
// [Profile] says what it can.
//
// The grid is exact: a run stands in its columns by the spaces before it, letters of font A
// are a column wide, hanzi two. What the printer's own letters cannot say in that grid goes
// as dots: a sign that the code page lacks, one that a Chinese font draws twice as wide, and
// on a printer without Chinese every line that has any. So nothing is ever left out or
// replaced by question marks.
//
// The commands are those of EPSON's ESC/POS reference: ESC @, ESC !, FS !, FS &, ESC $,
// ESC a, ESC d, ESC J, GS v 0, GS ( k, GS V, ESC p, and ESC B of the Chinese makers.
package escpos
