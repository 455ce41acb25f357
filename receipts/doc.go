// Package receipts is what the terminal says on paper: the facts of a slip, the
// neutral [Document] they are written into, the [Page] it is laid out on, and
// the rules the page must keep.
//
// The way is always the same and [Render] goes it in one call:
//
//	NewFacts   slip and options → Facts: every value as it will be printed
//	CardSlip   Facts → Document: lines of cells, no columns yet
//	Layout     Document, columns → Page: every character has its place
//	Check      Page, Facts → nil, or the field that is missing
//
// Every output — screen, text, ESC/POS, PDF, raster — draws the same Page and
// decides nothing about places again.
//
// The package is pure: no I/O, no clock, no randomness. Secrets never enter
// it: Facts hold the masked card number and have no place for an expiry.
package receipts
