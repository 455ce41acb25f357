package txn

import "slices"

// Why a slip is not on paper, or may not be.
const (
	PrinterFault     Code = "printer.failed" // nobody can say more
	PrinterOffline   Code = "printer.offline"
	PrinterCover     Code = "printer.cover-open"
	PrinterPaperOut  Code = "printer.paper-out"
	PrinterCutter    Code = "printer.cutter"
	PrinterHardware  Code = "printer.error"         // a fault of its own that it reports
	PrinterSilent    Code = "printer.silent"        // it takes bytes and answers nothing
	PrinterNoStatus  Code = "printer.no-status"     // it answers nothing before the slip is sent
	PrinterWrongID   Code = "printer.wrong-id"      // it confirms a slip that is not ours
	PrinterGarbled   Code = "printer.garbled"       // its answers are none
	PrinterMissing   Code = "printer.missing"       // no such device or queue
	PrinterDenied    Code = "printer.denied"        // it is there, and we may not use it
	PrinterBusy      Code = "printer.busy"          // somebody else has it
	PrinterUnreached Code = "printer.unreachable"   // no connection
	PrinterBroken    Code = "printer.broken"        // the connection broke while the slip was sent
	PrinterSlow      Code = "printer.slow"          // it did not take the slip in time
	PrinterDisk      Code = "printer.disk"          // the list of what was printed cannot be written
	PrinterUnfit     Code = "printer.cannot-render" // the slip does not fit this paper
)

// PrinterCodes lists them.
func PrinterCodes() []Code {
	return []Code{
		PrinterFault, PrinterOffline, PrinterCover, PrinterPaperOut, PrinterCutter, PrinterHardware, PrinterSilent, PrinterNoStatus,
		PrinterWrongID, PrinterGarbled, PrinterMissing, PrinterDenied, PrinterBusy, PrinterUnreached, PrinterBroken, PrinterSlow,
		PrinterDisk, PrinterUnfit,
	}
}

// PaperError is an error of a printer that says why, and what may be on paper.
type PaperError interface {
	error
	Code() Code     // of [PrinterCodes]
	MayBeOut() bool // nobody knows whether the paper came out
}

// OfPrinter reports whether a code says why there is no paper.
func (c Code) OfPrinter() bool { return slices.Contains(PrinterCodes(), c) }
