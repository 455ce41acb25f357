package deck

import "vpos/reader/tlv"

// The data elements a card works with (EMV Book 3, Annex A).
const (
	tagAID          tlv.Tag = 0x4F
	tagLabel        tlv.Tag = 0x50
	tagTrack2       tlv.Tag = 0x57
	tagPAN          tlv.Tag = 0x5A
	tagEntry        tlv.Tag = 0x61
	tagFCI          tlv.Tag = 0x6F
	tagRecord       tlv.Tag = 0x70
	tagFormat2      tlv.Tag = 0x77
	tagFormat1      tlv.Tag = 0x80
	tagAIP          tlv.Tag = 0x82
	tagCommandData  tlv.Tag = 0x83
	tagDFName       tlv.Tag = 0x84
	tagPriority     tlv.Tag = 0x87
	tagSFI          tlv.Tag = 0x88
	tagARC          tlv.Tag = 0x8A
	tagCDOL1        tlv.Tag = 0x8C
	tagCDOL2        tlv.Tag = 0x8D
	tagCAIndex      tlv.Tag = 0x8F
	tagIssuerCert   tlv.Tag = 0x90
	tagIssuerAuth   tlv.Tag = 0x91
	tagIssuerRem    tlv.Tag = 0x92
	tagSignedStatic tlv.Tag = 0x93
	tagAFL          tlv.Tag = 0x94
	tagProprietary  tlv.Tag = 0xA5
	tagExpiry       tlv.Tag = 0x5F24
	tagEffective    tlv.Tag = 0x5F25
	tagLanguage     tlv.Tag = 0x5F2D
	tagPSN          tlv.Tag = 0x5F34
	tagAmount       tlv.Tag = 0x9F02
	tagIAD          tlv.Tag = 0x9F10
	tagCodeTable    tlv.Tag = 0x9F11
	tagPreferred    tlv.Tag = 0x9F12
	tagLastOnline   tlv.Tag = 0x9F13
	tagPINTries     tlv.Tag = 0x9F17
	tagCryptogram   tlv.Tag = 0x9F26
	tagCID          tlv.Tag = 0x9F27
	tagPINCert      tlv.Tag = 0x9F2D
	tagPINExp       tlv.Tag = 0x9F2E
	tagPINRem       tlv.Tag = 0x9F2F
	tagIssuerExp    tlv.Tag = 0x9F32
	tagATC          tlv.Tag = 0x9F36
	tagUN           tlv.Tag = 0x9F37
	tagPDOL         tlv.Tag = 0x9F38
	tagCardCert     tlv.Tag = 0x9F46
	tagCardExp      tlv.Tag = 0x9F47
	tagCardRem      tlv.Tag = 0x9F48
	tagDDOL         tlv.Tag = 0x9F49
	tagTagList      tlv.Tag = 0x9F4A
	tagSigned       tlv.Tag = 0x9F4B
	tagLogEntry     tlv.Tag = 0x9F4D
	tagLogFormat    tlv.Tag = 0x9F4F
	tagDiscretion   tlv.Tag = 0xBF0C
)

// The bits of the application interchange profile, byte 1 (Book 3, table 37).
const (
	aipSDA    = 0x40
	aipDDA    = 0x20
	aipIssuer = 0x04
	aipCDA    = 0x01
)
