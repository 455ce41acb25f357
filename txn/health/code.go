package health

import "strings"

// Code is what was found: a subject, a dot, and a word. Codes are stable; the
// catalogue has each in both languages.
type Code string

// Subject is the part before the dot.
func (c Code) Subject() Subject {
	s, _, _ := strings.Cut(string(c), ".")
	return Subject(s)
}

// Late is the code of a check of this subject that did not come to an end in time.
func Late(s Subject) Code { return Code(string(s) + ".late") }

// IsLate reports whether a code is one of [Late].
func (c Code) IsLate() bool { return c == Late(c.Subject()) }

// The codes.
const (
	ReaderReady     Code = "reader.ready"
	ReaderDeck      Code = "reader.deck"   // virtual cards stand in
	ReaderUnused    Code = "reader.unused" // the configuration wants none
	ReaderNone      Code = "reader.none"
	ReaderOther     Code = "reader.other" // there are some, but not the one configured
	ReaderNoService Code = "reader.no-service"
	ReaderDisabled  Code = "reader.disabled"

	PrinterReady      Code = "printer.ready"
	PrinterNew        Code = "printer.new"
	PrinterUnwritable Code = "printer.unwritable"
	PrinterFull       Code = "printer.full"
	PrinterFailed     Code = "printer.failed"
	PrinterOnline     Code = "printer.online" // a printer, and it is well; or one that cannot say
	PrinterNearEnd    Code = "printer.near-end"
	PrinterPaperOut   Code = "printer.paper-out"
	PrinterCover      Code = "printer.cover-open"
	PrinterOffline    Code = "printer.offline"
	PrinterSilent     Code = "printer.silent"
	PrinterMissing    Code = "printer.missing"
	PrinterDenied     Code = "printer.denied"
	PrinterBusy       Code = "printer.busy"
	PrinterUnreached  Code = "printer.unreachable"
	PrinterTrouble    Code = "printer.trouble"
	PrinterSettings   Code = "printer.settings" // what the configuration says of it cannot be used

	LinkGood     Code = "link.good"
	LinkEmbedded Code = "link.embedded" // the host is inside the terminal, which is not running
	LinkHeld     Code = "link.held"     // a running terminal has the line
	LinkDown     Code = "link.down"
	LinkTLS      Code = "link.tls"
	LinkEnds     Code = "link.certificate-ends"
	LinkSilent   Code = "link.silent"
	LinkRefused  Code = "link.refused"
	LinkSlow     Code = "link.slow"

	ClockTrue   Code = "clock.true"
	ClockAlone  Code = "clock.alone" // there is nothing to compare it with
	ClockOff    Code = "clock.off"
	ClockWrong  Code = "clock.wrong"
	ClockJumped Code = "clock.jumped"
	ClockBehind Code = "clock.behind" // of the newest row

	DiskGood     Code = "disk.good"
	DiskNew      Code = "disk.new"
	DiskSlow     Code = "disk.slow"
	DiskLow      Code = "disk.low"
	DiskFull     Code = "disk.full"
	DiskReadOnly Code = "disk.read-only"
	DiskFailed   Code = "disk.failed"

	FolderPrivate Code = "folder.private"
	FolderNew     Code = "folder.new"
	FolderNoModes Code = "folder.no-modes"
	FolderOpen    Code = "folder.open"    // others may list it
	FolderExposed Code = "folder.exposed" // others may read files in it
	FolderFailed  Code = "folder.failed"

	KeychainGood        Code = "keychain.good"
	KeychainUnused      Code = "keychain.unused"
	KeychainPassphrase  Code = "keychain.passphrase"
	KeychainNew         Code = "keychain.new"
	KeychainUnreachable Code = "keychain.unreachable"
	KeychainLost        Code = "keychain.lost"
	KeychainDamaged     Code = "keychain.damaged"

	JournalGood      Code = "journal.good"
	JournalNew       Code = "journal.new"
	JournalHeld      Code = "journal.held"   // by a running terminal
	JournalSealed    Code = "journal.sealed" // its key is not at hand
	JournalCorrupt   Code = "journal.corrupt"
	JournalFailed    Code = "journal.failed"
	JournalReversals Code = "journal.reversals"
	JournalSlips     Code = "journal.slips"
	JournalNearFull  Code = "journal.near-full"
	JournalFull      Code = "journal.full"

	ScreenGood       Code = "screen.good"
	ScreenNone       Code = "screen.none"
	ScreenUnmeasured Code = "screen.unmeasured"
	ScreenSmall      Code = "screen.small"
	ScreenWide       Code = "screen.wide-glyphs"

	ProgramSame       Code = "program.same"
	ProgramFirst      Code = "program.first"
	ProgramUnrecorded Code = "program.unrecorded" // there is nothing to compare it with
	ProgramSource     Code = "program.source"
	ProgramChecked    Code = "program.checked" // against the checksum beside it
	ProgramChanged    Code = "program.changed"
	ProgramMismatch   Code = "program.mismatch" // with that checksum
	ProgramUnreadable Code = "program.unreadable"

	DumpsOff     Code = "dumps.off"
	DumpsOn      Code = "dumps.on"
	DumpsUnknown Code = "dumps.unknown"
)

// Codes lists every code but those of [Late], for tables and tests.
func Codes() []Code {
	return []Code{
		ReaderReady, ReaderDeck, ReaderUnused, ReaderNone, ReaderOther, ReaderNoService, ReaderDisabled,
		PrinterReady, PrinterNew, PrinterUnwritable, PrinterFull, PrinterFailed, PrinterOnline, PrinterNearEnd, PrinterPaperOut,
		PrinterCover, PrinterOffline, PrinterSilent, PrinterMissing, PrinterDenied, PrinterBusy, PrinterUnreached, PrinterTrouble, PrinterSettings,
		LinkGood, LinkEmbedded, LinkHeld, LinkDown, LinkTLS, LinkEnds, LinkSilent, LinkRefused, LinkSlow,
		ClockTrue, ClockAlone, ClockOff, ClockWrong, ClockJumped, ClockBehind,
		DiskGood, DiskNew, DiskSlow, DiskLow, DiskFull, DiskReadOnly, DiskFailed,
		FolderPrivate, FolderNew, FolderNoModes, FolderOpen, FolderExposed, FolderFailed,
		KeychainGood, KeychainUnused, KeychainPassphrase, KeychainNew, KeychainUnreachable, KeychainLost, KeychainDamaged,
		JournalGood, JournalNew, JournalHeld, JournalSealed, JournalCorrupt, JournalFailed, JournalReversals, JournalSlips,
		JournalNearFull, JournalFull,
		ScreenGood, ScreenNone, ScreenUnmeasured, ScreenSmall, ScreenWide,
		ProgramSame, ProgramFirst, ProgramUnrecorded, ProgramSource, ProgramChecked, ProgramChanged, ProgramMismatch, ProgramUnreadable,
		DumpsOff, DumpsOn, DumpsUnknown,
	}
}
