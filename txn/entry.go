package txn

import (
	"errors"

	"vpos/reader"
)

// The states in which a sale is put together: nothing here is on disk or on the
// link, and Esc drops it all.

// entered takes the entry of the current state.
func (m *machine) entered(text reader.Secret) {
	m.Problem = NoProblem
	switch m.Name {
	case Idle:
		if !text.Empty() {
			m.Draft.Kind, m.Name = Sale, AmountEntry
			m.amountEntered(text)
		}
	case AmountEntry:
		m.amountEntered(text)
	case GoodsEntry:
		m.goodsEntered(text)
	case Present, PANEntry:
		m.panEntered(text)
	case ExpiryEntry:
		m.expiryEntered(text)
	case CVVEntry:
		m.cvvEntered(text)
	case Choose:
		m.chosen(text)
	case PINEntry:
		m.pinEntered(text)
	case OTPEntry:
		m.otpEntered(text)
	case Confirm:
		m.confirmed(text)
	case ApprovedShown, Printing:
		m.tearOff()
	case PaperEntry:
		m.paperEntered(text)
	case DeclinedShown:
		m.retry()
	case UnknownShown:
		m.idle()
	case TraceEntry:
		m.traceEntered(text)
	case TipEntry:
		m.tipEntered(text)
	case AuthEntry:
		m.authEntered(text)
	case ReferenceEntry:
		m.referenceEntered(text)
	case DateEntry:
		m.dateEntered(text)
	case PayCodeEntry:
		m.payCodeEntered(text)
	case ReasonEntry:
		m.reasonEntered(text)
	case WarningShown:
		m.warningEntered(text)
	case Settle:
		m.settleConfirmed(text)
	case Lock, SupervisorEntry:
		m.whoEntered(text)
	case Passcode:
		m.passcodeEntered(text)
	case NewPasscode:
		m.newEntered(text)
	case CashEntry:
		m.cashEntered(text)
	case ShiftShown:
		m.handedOver()
	case Menu, Journal, ReportShown, DoctorShown, Settings, Stock:
		m.Problem = NotHere
	case Processing: // an Enter too many: what happens next is not the key's to say
	}
}

func (m *machine) amountEntered(text reader.Secret) {
	amount, code := ParseAmount(string(text.Reveal()), m.Setup.Currency, m.Setup.MaxAmount)
	if code == NoProblem {
		code = m.overLimit(amount)
	}
	if code != NoProblem {
		m.Problem = code
		return
	}
	m.Draft.Amount = amount
	m.next()
}

// overLimit is why the kind of the draft does not bear an amount, or nothing.
func (m *machine) overLimit(amount Money) Code {
	switch m.Draft.Kind {
	case Refund:
		if m.Setup.MaxRefund > 0 && amount.Minor > m.Setup.MaxRefund {
			return RefundLimit
		}
	case Completion:
		if !m.covers(amount) {
			return HoldOverrun
		}
	default:
	}
	return NoProblem
}

// panEntered takes a hand-keyed number. A UnionPay number whose check digit is
// wrong may be real: it is taken when keyed twice alike.
func (m *machine) panEntered(text reader.Secret) {
	if m.Setup.NoKeying && m.Draft.Kind != Phone {
		m.Problem = KeyedOff
		return
	}
	m.Name = PANEntry
	pan, err := reader.ParsePAN(text.Reveal())
	switch {
	case errors.Is(err, reader.FaultPANCheckUnionPay) && m.first.Empty():
		m.first, m.Problem = pan, PANKeyTwice
		return
	case errors.Is(err, reader.FaultPANCheckUnionPay) && !m.first.Equal(pan):
		m.forget(reader.Card{PAN: m.first})
		m.forget(reader.Card{PAN: pan})
		m.first, m.Problem = reader.PAN{}, PANDiffers
		return
	case err != nil && !errors.Is(err, reader.FaultPANCheckUnionPay):
		m.Problem = faultCode(err)
		return
	}
	if !m.first.Empty() {
		m.forget(reader.Card{PAN: m.first})
		m.first = reader.PAN{}
	}
	m.Draft.Card = reader.Card{Entry: reader.Manual, PAN: pan}
	m.Name = ExpiryEntry
}

// expiryEntered takes MMYY. Digits that only make sense as YYMM are refused and
// offered the right way round: an empty entry then accepts the offer.
func (m *machine) expiryEntered(text reader.Secret) {
	clear := text.Reveal()
	if len(clear) == 0 && m.Offer != "" {
		clear = []byte(m.Offer)
	}
	m.Offer = ""
	expiry, err := reader.ParseExpiry(clear, m.Now)
	if err != nil {
		if errors.Is(err, reader.FaultExpirySwapped) {
			m.Offer = expiry.MMYY()
		}
		m.Problem = faultCode(err)
		return
	}
	m.Draft.Card.Expiry = expiry
	if !m.Draft.Kind.flow().coded {
		m.cardKnown()
		return
	}
	m.Name = CVVEntry
}

// cvvEntered takes the security code, or the presence indicator that says why
// there is none.
func (m *machine) cvvEntered(text reader.Secret) {
	card := &m.Draft.Card
	switch string(text.Reveal()) {
	case "":
		m.Problem = CVVExpected
		return
	case string(rune(reader.CVVUnreadable)):
		card.CVVStatus = reader.CVVUnreadable
	case string(rune(reader.CVVAbsent)):
		card.CVVStatus = reader.CVVAbsent
	default:
		cvv, err := reader.ParseCVV(text.Reveal(), card.PAN.Brand())
		if err != nil {
			m.Problem = faultCode(err)
			return
		}
		card.CVV, card.CVVStatus = cvv, reader.CVVEntered
	}
	m.cardKnown()
}

// cardKnown goes on with a card that was swiped, keyed or named by its chip.
func (m *machine) cardKnown() {
	if m.Draft.Kind == "" {
		m.Draft.Kind = Sale
	}
	m.next()
}

// process puts the draft in line for the host.
func (m *machine) process() {
	m.Draft.At, m.Since = m.Now, m.Now
	m.Name, m.stage = Processing, stageWaiting
	m.pump()
}

// swiped takes a card at any state that could want one. Elsewhere it is wiped.
func (m *machine) swiped(card reader.Card) {
	switch m.Name {
	case Idle, AmountEntry, Present, PANEntry, ExpiryEntry, CVVEntry, Confirm, DeclinedShown:
	default:
		m.ignored(card)
		return
	}
	switch {
	case m.Draft.Kind.Voids() && m.Name == Confirm:
		m.sameCard(card)
		return
	case m.Hold.Minor > 0 && !card.PAN.Equal(m.Draft.Card.PAN): // that was held against the hold's
		m.Problem = HoldOtherCard
		m.forget(card)
		return
	case m.Draft.Kind.Voids(), m.Draft.Kind == Tip, m.Draft.Kind == Phone, m.Draft.Kind.QR(), m.Draft.Kind.Managing(),
		m.Draft.Kind == Settlement:
		m.ignored(card)
		return
	}
	if card.Service.RequiresChip() && m.fallback() {
		card.Entry = reader.Fallback
	} else if card.Service.RequiresChip() {
		m.Problem = Code(reader.FaultSwipeChipRequired)
		m.forget(card)
		return
	}
	if card.Expiry.Expired(m.Now) {
		m.Problem = Code(reader.FaultExpiryPast)
		m.forget(card)
		return
	}
	if m.Name == DeclinedShown {
		m.retry()
	}
	m.dropCard()
	m.Draft.Card = card
	m.cardKnown()
}

// ignored wipes a card that came where none is wanted.
func (m *machine) ignored(card reader.Card) {
	m.Problem = SwipeIgnored
	m.forget(card)
}

// opened follows a key or a menu item.
func (m *machine) opened(name Name, kind Kind) {
	m.Problem = NoProblem
	fromMenu := m.Name == Idle || m.Name == Menu
	switch {
	case kind.QR() && !m.Setup.QR:
		m.Problem = QRSimulated
	case kind == Settlement && fromMenu:
		m.Name = Settle
		m.reckon()
	case kind == Offline && m.Referred():
		m.byVoice()
	case kind != "" && fromMenu:
		m.undertake(kind)
	case kind != "":
		m.Problem = NotHere
	case (name == Lock || name == CashEntry) && fromMenu && m.Operator == "":
		m.Problem = StaffNone
	case name == Lock && fromMenu:
		m.lock(false)
	case name == CashEntry && fromMenu:
		m.Leaving, m.Name = true, CashEntry
	case (name == Settings || name == Stock) && fromMenu:
		m.openSettings(name)
	case name == GoodsEntry && fromMenu:
		m.sellGoods()
	case name == Menu && m.Name == Idle, (name == Journal || name == TraceEntry || name == ReportShown) && fromMenu:
		m.Name = name
	case name == PANEntry && m.Name == Present && m.Setup.NoKeying:
		m.Problem = KeyedOff
	case name == DoctorShown && (fromMenu || m.Name == DoctorShown):
		m.Name = name
		m.probe()
	case name == PANEntry && m.Name == Present:
		m.Name = name
	default:
		m.Problem = NotHere
	}
}

// cancelled is Esc. Before the INTENT it drops the draft; after it the money
// decides, not the key.
func (m *machine) cancelled() {
	jammed, asked := m.Problem.OfPrinter() || m.Name == PaperEntry, m.Problem == BasketDiscard
	m.Problem = NoProblem
	if m.Name == GoodsEntry || m.Basketed() {
		m.cancelGoods(asked)
		return
	}
	switch m.Name {
	case Processing:
		if m.stage > stageWaiting && m.chip != chipReading {
			m.Problem = TooLate
			return
		}
		m.idle()
	case ApprovedShown, Printing, PaperEntry:
		m.noPaper(jammed)
	case Lock, Passcode, NewPasscode, SupervisorEntry:
		m.cancelSigning()
	case CashEntry:
		m.cancelCash()
	case ShiftShown:
		m.handedOver()
	default:
		m.idle()
	}
}

// idle ends whatever was on screen. A card whose reversal is pending is kept:
// the reversal needs its number, as does an advice.
func (m *machine) idle() {
	if m.Draft.Status == ReversalPending || m.Draft.Status == Asking || m.Draft.Untold {
		m.do(ForgetSensitive{Card: m.Draft.Card})
		m.Draft.Card = reader.Card{}
	}
	m.dropCard()
	m.dropTyped()
	settled := m.Draft.Kind == Settlement && m.Draft.Status == Approved && !m.Slip.Duplicate
	m.Draft, m.Sold, m.Slip, m.papers, m.Seen = Transaction{}, nil, Slip{}, 0, reader.Card{}
	m.again, m.doubted, m.looking = false, 0, ""
	m.Hold, m.Left, m.tipped, m.shown = Money{}, nil, false, false
	m.stopCard()
	m.Name, m.stage, m.sought, m.misreads = Idle, stageNone, false, 0
	m.Leaving, m.Repeat, m.Shift = false, false, nil
	m.Warnings, m.weighing, m.weighed = nil, false, false
	m.Toward, m.grantor = "", ""
	if m.locked() {
		m.Name = Lock
	}
	if settled && m.Setup.SignOffAfter && !m.locked() {
		m.undertake(SignOff)
		return
	}
	m.pump()
}

// dropCard wipes the draft's card and a number keyed once.
func (m *machine) dropCard() {
	if !m.Draft.Card.PAN.Empty() {
		m.forget(m.Draft.Card)
	}
	if !m.first.Empty() {
		m.forget(reader.Card{PAN: m.first})
	}
	m.Draft.Card, m.first, m.Offer = reader.Card{}, reader.PAN{}, ""
}

// faultCode is the stable word of a card entry fault.
func faultCode(err error) Code {
	var fault reader.Fault
	if errors.As(err, &fault) {
		return Code(fault)
	}
	return NotHere
}
