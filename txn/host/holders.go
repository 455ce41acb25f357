package host

// Holder is what a field or a part of one holds, so that a profile may put it
// anywhere.
type Holder string

// The holders, with the fields they live in by ISO 8583:1987 or as UnionPay has
// them.
const (
	HoldsPAN        Holder = "pan"           // 2
	HoldsProcessing Holder = "processing"    // 3
	HoldsAmount     Holder = "amount"        // 4, minor units
	HoldsSentUTC    Holder = "sent-utc"      // 7, MMDDhhmmss in UTC
	HoldsSTAN       Holder = "stan"          // 11
	HoldsTime       Holder = "local-time"    // 12, hhmmss
	HoldsMoment     Holder = "local-moment"  // 12 of 1993, YYMMDDhhmmss
	HoldsDate       Holder = "local-date"    // 13, MMDD
	HoldsExpiry     Holder = "expiry"        // 14, YYMM
	HoldsEntryMode  Holder = "entry-mode"    // 22
	HoldsSequence   Holder = "card-sequence" // 23
	HoldsNII        Holder = "nii"           // 24
	HoldsFunction   Holder = "function"      // 24 of 1993
	HoldsCondition  Holder = "condition"     // 25
	HoldsReason     Holder = "reason"        // 25 of 1993: of a reversal
	HoldsPINLength  Holder = "pin-length"    // 26, only with a PIN
	HoldsTrack2     Holder = "track-2"       // 35
	HoldsRRN        Holder = "rrn"           // 37
	HoldsAuthCode   Holder = "auth-code"     // 38
	HoldsResponse   Holder = "response"      // 39; in a reversal its reason
	HoldsTerminal   Holder = "terminal"      // 41
	HoldsMerchant   Holder = "merchant"      // 42
	HoldsCurrency   Holder = "currency"      // 49, three digits
	HoldsPINBlock   Holder = "pin-block"     // 52
	HoldsPINFormat  Holder = "pin-format"    // 53.1
	HoldsKeyLength  Holder = "key-length"    // 53.2
	HoldsTrackKey   Holder = "track-key"     // 53.3
	HoldsKSN        Holder = "ksn"           // of the key of 52
	HoldsChip       Holder = "chip"          // 55, BER-TLV
	HoldsType       Holder = "type"          // 60.1
	HoldsBatch      Holder = "batch"         // 60.2
	HoldsNetwork    Holder = "network-code"  // 70, or 60.3
	HoldsReader     Holder = "reader"        // 60.4
	HoldsFallback   Holder = "fallback"      // 60.5
	HoldsInvoice    Holder = "invoice"       // 62
	HoldsOperator   Holder = "operator"      // 63 of a sign-on
	HoldsBrand      Holder = "brand"         // 63 of a refund: the card organisation
	HoldsTip        Holder = "tip"           // 48, minor units
	HoldsCVVStatus  Holder = "cvv-status"    // whether there is a security code
	HoldsCVV        Holder = "cvv"           // and which
	HoldsOTP        Holder = "otp"           // the one-time code
	HoldsPayCode    Holder = "pay-code"      // 48: a wallet's payment code
	HoldsOrder      Holder = "order"         // 48: what a wallet is to pay
	HoldsWallet     Holder = "wallet"        // 48 of a reply: who has paid
	HoldsMAC        Holder = "mac"           // 64 and 128

	HoldsOriginalMTI      Holder = "original-mti"      // 90, 56
	HoldsOriginalSTAN     Holder = "original-stan"     // 90, 56, 61
	HoldsOriginalBatch    Holder = "original-batch"    // 61
	HoldsOriginalUTC      Holder = "original-utc"      // 90
	HoldsOriginalLocal    Holder = "original-local"    // 56, YYMMDDhhmmss
	HoldsOriginalDate     Holder = "original-date"     // 61, MMDD
	HoldsOriginalFunction Holder = "original-function" // 24 of 1993 of it
	HoldsAcquirer         Holder = "acquirer"          // 90, 56
	HoldsForward          Holder = "forwarder"         // 90

	HoldsBalanceSign     Holder = "balance-sign" // 54, C or D
	HoldsBalanceAmount   Holder = "balance-amount"
	HoldsBalanceCurrency Holder = "balance-currency"

	// The totals of a settlement: of domestic and of foreign cards, or of both.
	HoldsDebitCount           Holder = "debit-count"
	HoldsDebitAmount          Holder = "debit-amount"
	HoldsCreditCount          Holder = "credit-count"
	HoldsCreditAmount         Holder = "credit-amount"
	HoldsDomesticDebitCount   Holder = "domestic-debit-count"
	HoldsDomesticDebitAmount  Holder = "domestic-debit-amount"
	HoldsDomesticCreditCount  Holder = "domestic-credit-count"
	HoldsDomesticCreditAmount Holder = "domestic-credit-amount"
	HoldsForeignDebitCount    Holder = "foreign-debit-count"
	HoldsForeignDebitAmount   Holder = "foreign-debit-amount"
	HoldsForeignCreditCount   Holder = "foreign-credit-count"
	HoldsForeignCreditAmount  Holder = "foreign-credit-amount"

	HoldsDomestic     Holder = "domestic-result" // 48 of a settlement
	HoldsForeign      Holder = "foreign-result"
	HoldsDetailCount  Holder = "detail-count"  // 48 of an upload
	HoldsBatchCount   Holder = "batch-count"   // 48 of its end: the transactions of the batch
	HoldsDetailSTAN   Holder = "detail-stan"   // one transaction of an upload
	HoldsDetailPAN    Holder = "detail-pan"    // zeros in front
	HoldsDetailAmount Holder = "detail-amount" // minor units

	HoldsKeys         Holder = "keys"   // 62 of a sign-on's reply
	HoldsAsk          Holder = "ask"    // 62 of a download
	HoldsData         Holder = "data"   // 62 of its reply
	HoldsIssuer       Holder = "issuer" // 44
	HoldsAcquirerCode Holder = "acquirer-code"
	HoldsOrg          Holder = "organisation" // 63 of a reply
	HoldsText         Holder = "text"         // 63 of a reply; the lines of a text in turn
)

// holder moves one kind of value between a message and its content.
type holder struct {
	// put appends the value going out, nothing where there is none.
	put func(m *content, p *part, dst []byte) ([]byte, error)
	// take reads the value coming in; its characters and length are checked.
	// It copies what it keeps.
	take func(m *content, p *part, value []byte) error

	most  int    // it is at most so many digits; 0 for no such rule
	size  int    // it is exactly so many digits; 0 for no such rule
	kinds []Kind // it must be one of these; none for any
	mask  mask   // how a description shows it
	codes bool   // it helps to say which operation the message is, and of whom
}

// holders is every holder a profile may name.
var holders = map[Holder]holder{
	"":              {put: putNothing, take: takeNothing},
	HoldsPAN:        {put: putPAN, take: takePAN, kinds: []Kind{Numeric}, mask: maskNumber},
	HoldsProcessing: {put: putProcessing, take: takeProcessing, size: 6, codes: true},
	HoldsAmount:     {put: putAmount, take: takeAmount, size: 12},
	HoldsSentUTC:    {put: putSentUTC, take: takeSentUTC, size: 10},
	HoldsSTAN:       {put: putSTAN, take: takeSTAN, size: 6},
	HoldsTime:       {put: putTime, take: takeTime, size: 6},
	HoldsMoment:     {put: putMoment, take: takeMoment, size: 12},
	HoldsDate:       {put: putDate, take: takeDate, size: 4},
	HoldsExpiry:     {put: putExpiry, take: takeExpiry, size: 4, mask: maskAll},
	HoldsEntryMode:  {put: putEntryMode, take: takeEntryMode},
	HoldsSequence:   {put: putSequence, take: takeSequence, size: 3},
	HoldsNII:        {put: putNII, take: takeNothing, size: 3},
	HoldsFunction:   {put: putFunction, take: takeFunction, size: 3, codes: true},
	HoldsCondition:  {put: putCondition, take: takeCondition, size: 2, codes: true},
	HoldsReason:     {put: putReason, take: takeReason},
	HoldsPINLength:  {put: putPINLength, take: takeNothing, size: 2},
	HoldsTrack2:     {put: putTrack2, take: takeTrack2, kinds: []Kind{TrackSet}, mask: maskTrack},
	HoldsRRN:        {put: putRRN, take: takeRRN},
	HoldsAuthCode:   {put: putAuthCode, take: takeAuthCode},
	HoldsResponse:   {put: putResponse, take: takeResponse},
	HoldsTerminal:   {put: putTerminal, take: takeTerminal, mask: maskText, codes: true},
	HoldsMerchant:   {put: putMerchant, take: takeMerchant, mask: maskText},
	HoldsCurrency:   {put: putCurrency, take: takeCurrency},
	HoldsPINBlock:   {put: putPINBlock, take: takePINBlock, kinds: []Kind{Binary}, mask: maskAll},
	HoldsPINFormat:  {put: putPINFormat, take: takeNothing, size: 1},
	HoldsKeyLength:  {put: putKeyLength, take: takeNothing, size: 1},
	HoldsTrackKey:   {put: putTrackKey, take: takeNothing, size: 1},
	HoldsKSN:        {put: putKSN, take: takeKSN},
	HoldsChip:       {put: putChip, take: takeChip, kinds: []Kind{Binary}, mask: maskTLV},
	HoldsType:       {put: putType, take: takeType, codes: true},
	HoldsBatch:      {put: putBatch, take: takeBatch},
	HoldsNetwork:    {put: putNetwork, take: takeNetwork, size: 3, codes: true},
	HoldsReader:     {put: putReader, take: takeNothing, size: 1},
	HoldsFallback:   {put: putFallback, take: takeFallback, size: 1},
	HoldsInvoice:    {put: putInvoice, take: takeNothing, mask: maskText},
	HoldsOperator:   {put: putOperator, take: takeOperator, mask: maskText},
	HoldsBrand:      {put: putBrand, take: takeNothing, mask: maskText},
	HoldsTip:        {put: putTip, take: takeTip, size: 12},
	HoldsCVVStatus:  {put: putCVVStatus, take: takeCVVStatus},
	HoldsCVV:        {put: putCVV, take: takeCVV, mask: maskAll},
	HoldsOTP:        {put: putOTP, take: takeOTP, mask: maskAll},
	HoldsPayCode:    {put: putPayCode, take: takePayCode, mask: maskAll},
	HoldsOrder:      {put: putOrder, take: takeOrder},
	HoldsWallet:     {put: putWallet, take: takeWallet},
	HoldsMAC:        {put: putMAC, take: takeMAC, kinds: []Kind{Binary}},

	HoldsOriginalMTI:      {put: putOriginalMTI, take: takeOriginalMTI, size: 4},
	HoldsOriginalSTAN:     {put: putOriginalSTAN, take: takeOriginalSTAN, size: 6},
	HoldsOriginalBatch:    {put: putOriginalBatch, take: takeOriginalBatch, size: 6},
	HoldsOriginalUTC:      {put: putOriginalUTC, take: takeOriginalUTC, size: 10},
	HoldsOriginalLocal:    {put: putOriginalLocal, take: takeOriginalLocal, size: 12},
	HoldsOriginalDate:     {put: putOriginalDate, take: takeOriginalDate, size: 4},
	HoldsOriginalFunction: {put: putOriginalFunction, take: takeOriginalFunction},
	HoldsAcquirer:         {put: putAcquirer, take: takeNothing},
	HoldsForward:          {put: putForward, take: takeNothing},

	HoldsBalanceSign:     {put: putBalanceSign, take: takeBalanceSign},
	HoldsBalanceAmount:   {put: putBalanceAmount, take: takeBalanceAmount, size: 12},
	HoldsBalanceCurrency: {put: putBalanceCurrency, take: takeBalanceCurrency},

	HoldsDebitCount:           countOf(debits(both)),
	HoldsDebitAmount:          amountOf(debits(both)),
	HoldsCreditCount:          countOf(credits(both)),
	HoldsCreditAmount:         amountOf(credits(both)),
	HoldsDomesticDebitCount:   countOf(debits(domestic)),
	HoldsDomesticDebitAmount:  amountOf(debits(domestic)),
	HoldsDomesticCreditCount:  countOf(credits(domestic)),
	HoldsDomesticCreditAmount: amountOf(credits(domestic)),
	HoldsForeignDebitCount:    countOf(debits(foreign)),
	HoldsForeignDebitAmount:   amountOf(debits(foreign)),
	HoldsForeignCreditCount:   countOf(credits(foreign)),
	HoldsForeignCreditAmount:  amountOf(credits(foreign)),

	HoldsDomestic:     {put: putDomestic, take: takeDomestic, size: 1},
	HoldsForeign:      {put: putForeign, take: takeForeign, size: 1},
	HoldsDetailCount:  {put: putDetailCount, take: takeDetailCount, size: 2},
	HoldsBatchCount:   {put: putBatchCount, take: takeNothing, size: 4},
	HoldsDetailSTAN:   {put: putDetailSTAN, take: takeDetailSTAN, size: 6},
	HoldsDetailPAN:    {put: putDetailPAN, take: takeDetailPAN, size: 20, mask: maskNumber},
	HoldsDetailAmount: {put: putDetailAmount, take: takeDetailAmount, size: 12},

	HoldsKeys:         {put: putKeys, take: takeKeys, mask: maskAll},
	HoldsAsk:          {put: putAsk, take: takeAsk, mask: maskText},
	HoldsData:         {put: putData, take: takeData, mask: maskText},
	HoldsIssuer:       {put: putIssuer, take: takeIssuer, mask: maskText},
	HoldsAcquirerCode: {put: putAcquirerCode, take: takeAcquirerCode, mask: maskText},
	HoldsOrg:          {put: putOrg, take: takeOrg, mask: maskText},
	HoldsText:         {put: putText, take: takeText, mask: maskText},
}

func putNothing(_ *content, _ *part, dst []byte) ([]byte, error) { return dst, nil }
func takeNothing(*content, *part, []byte) error                  { return nil }
