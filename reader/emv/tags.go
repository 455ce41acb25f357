package emv

import "vpos/reader/tlv"

// The data elements the kernel works with (Book 3, Annex A).
const (
	tagDFName       tlv.Tag = 0x84
	tagAID          tlv.Tag = 0x4F
	tagLabel        tlv.Tag = 0x50
	tagTrack2       tlv.Tag = 0x57
	tagPAN          tlv.Tag = 0x5A
	tagFCI          tlv.Tag = 0x6F
	tagEntry        tlv.Tag = 0x61
	tagRecord       tlv.Tag = 0x70
	tagScript1      tlv.Tag = 0x71
	tagScript2      tlv.Tag = 0x72
	tagFormat2      tlv.Tag = 0x77
	tagFormat1      tlv.Tag = 0x80
	tagAmountBinary tlv.Tag = 0x81
	tagAIP          tlv.Tag = 0x82
	tagCommand      tlv.Tag = 0x86
	tagPriority     tlv.Tag = 0x87
	tagSFI          tlv.Tag = 0x88
	tagAuthCode     tlv.Tag = 0x89
	tagARC          tlv.Tag = 0x8A
	tagCDOL1        tlv.Tag = 0x8C
	tagCDOL2        tlv.Tag = 0x8D
	tagCVMList      tlv.Tag = 0x8E
	tagCAIndex      tlv.Tag = 0x8F
	tagIssuerCert   tlv.Tag = 0x90
	tagIssuerAuth   tlv.Tag = 0x91
	tagIssuerRem    tlv.Tag = 0x92
	tagSignedStatic tlv.Tag = 0x93
	tagAFL          tlv.Tag = 0x94
	tagTVR          tlv.Tag = 0x95
	tagTDOL         tlv.Tag = 0x97
	tagTCHash       tlv.Tag = 0x98
	tagDate         tlv.Tag = 0x9A
	tagTSI          tlv.Tag = 0x9B
	tagType         tlv.Tag = 0x9C
	tagProprietary  tlv.Tag = 0xA5
	tagExpiry       tlv.Tag = 0x5F24
	tagEffective    tlv.Tag = 0x5F25
	tagIssuerNation tlv.Tag = 0x5F28
	tagCurrency     tlv.Tag = 0x5F2A
	tagLanguage     tlv.Tag = 0x5F2D
	tagPSN          tlv.Tag = 0x5F34
	tagExponent     tlv.Tag = 0x5F36
	tagAcquirer     tlv.Tag = 0x9F01
	tagAmount       tlv.Tag = 0x9F02
	tagOther        tlv.Tag = 0x9F03
	tagOtherBinary  tlv.Tag = 0x9F04
	tagTerminalAID  tlv.Tag = 0x9F06
	tagUsage        tlv.Tag = 0x9F07
	tagCardVersion  tlv.Tag = 0x9F08
	tagVersion      tlv.Tag = 0x9F09
	tagIACDefault   tlv.Tag = 0x9F0D
	tagIACDenial    tlv.Tag = 0x9F0E
	tagIACOnline    tlv.Tag = 0x9F0F
	tagIAD          tlv.Tag = 0x9F10
	tagCodeTable    tlv.Tag = 0x9F11
	tagPreferred    tlv.Tag = 0x9F12
	tagLastOnline   tlv.Tag = 0x9F13
	tagLCOL         tlv.Tag = 0x9F14
	tagMCC          tlv.Tag = 0x9F15
	tagMerchant     tlv.Tag = 0x9F16
	tagPINTries     tlv.Tag = 0x9F17
	tagScriptID     tlv.Tag = 0x9F18
	tagNation       tlv.Tag = 0x9F1A
	tagFloor        tlv.Tag = 0x9F1B
	tagTerminalID   tlv.Tag = 0x9F1C
	tagRiskData     tlv.Tag = 0x9F1D
	tagSerial       tlv.Tag = 0x9F1E
	tagTime         tlv.Tag = 0x9F21
	tagCAIndexUsed  tlv.Tag = 0x9F22
	tagUCOL         tlv.Tag = 0x9F23
	tagCryptogram   tlv.Tag = 0x9F26
	tagCID          tlv.Tag = 0x9F27
	tagPINCert      tlv.Tag = 0x9F2D
	tagPINExp       tlv.Tag = 0x9F2E
	tagPINRem       tlv.Tag = 0x9F2F
	tagIssuerExp    tlv.Tag = 0x9F32
	tagCapabilities tlv.Tag = 0x9F33
	tagCVMResults   tlv.Tag = 0x9F34
	tagTerminalType tlv.Tag = 0x9F35
	tagATC          tlv.Tag = 0x9F36
	tagUN           tlv.Tag = 0x9F37
	tagPDOL         tlv.Tag = 0x9F38
	tagEntryMode    tlv.Tag = 0x9F39
	tagAdditional   tlv.Tag = 0x9F40
	tagCounter      tlv.Tag = 0x9F41
	tagAppCurrency  tlv.Tag = 0x9F42
	tagDAC          tlv.Tag = 0x9F45
	tagCardCert     tlv.Tag = 0x9F46
	tagCardExp      tlv.Tag = 0x9F47
	tagCardRem      tlv.Tag = 0x9F48
	tagDDOL         tlv.Tag = 0x9F49
	tagTagList      tlv.Tag = 0x9F4A
	tagSigned       tlv.Tag = 0x9F4B
	tagDynamic      tlv.Tag = 0x9F4C
	tagMerchantName tlv.Tag = 0x9F4E
	tagScriptResult tlv.Tag = 0x9F5B
	tagProduct      tlv.Tag = 0x9F63
	tagScriptField  tlv.Tag = 0xDF31
	tagDiscretion   tlv.Tag = 0xBF0C
)

// notInRecords are card data that come by a command of their own; a record that
// carries them anyway does not replace them.
var notInRecords = map[tlv.Tag]bool{
	tagDFName: true, tagAIP: true, tagAFL: true, tagATC: true, tagLastOnline: true, tagPINTries: true,
	tagCryptogram: true, tagCID: true, tagIAD: true, tagSigned: true, tagDynamic: true, tagDAC: true,
}

// fromCard reports whether a record may supply the tag: card data the
// dictionary knows. Anything else is passed over (Book 3, 7.1), so no record can
// speak for the terminal or the issuer.
func fromCard(t tlv.Tag) bool {
	info, known := tlv.Lookup(t)
	return known && info.Source == tlv.Card && !notInRecords[t]
}

// store is the data of one application in one transaction.
type store map[tlv.Tag][]byte

func (s store) has(tags ...tlv.Tag) bool {
	for _, t := range tags {
		if _, ok := s[t]; !ok {
			return false
		}
	}
	return true
}

// value is the form in which a DOL asks.
func (s store) value(t tlv.Tag) ([]byte, bool) {
	v, ok := s[t]
	return v, ok
}

// wipe overwrites every value.
func (s store) wipe() {
	for _, v := range s {
		clear(v)
	}
}
