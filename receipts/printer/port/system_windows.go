package port

import (
	"errors"
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"
)

const nonblock = 0

// The spooler's calls (winspool.drv): a RAW job goes to the printer as it is.
var (
	spooler         = windows.NewLazySystemDLL("winspool.drv")
	openPrinter     = spooler.NewProc("OpenPrinterW")
	closePrinter    = spooler.NewProc("ClosePrinter")
	startDocPrinter = spooler.NewProc("StartDocPrinterW")
	endDocPrinter   = spooler.NewProc("EndDocPrinter")
	writePrinter    = spooler.NewProc("WritePrinter")
	enumPrinters    = spooler.NewProc("EnumPrintersW")
)

// docInfo is DOC_INFO_1.
type docInfo struct{ name, output, datatype *uint16 }

func openWindows(name string) (Port, error) {
	h, err := openQueue(name)
	if err != nil {
		return nil, err
	}
	_, _, _ = closePrinter.Call(h)
	return &queue{hand: func(data []byte) error { return spool(name, data) }}, nil
}

func openQueue(name string) (uintptr, error) {
	wide, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	var h uintptr
	if ok, _, err := openPrinter.Call(uintptr(unsafe.Pointer(wide)), uintptr(unsafe.Pointer(&h)), 0); ok == 0 {
		if errors.Is(err, windows.ERROR_ACCESS_DENIED) {
			return 0, fmt.Errorf("%w: %w", ErrDenied, err)
		}
		return 0, fmt.Errorf("%w: %w", ErrMissing, err)
	}
	return h, nil
}

func spool(name string, data []byte) error {
	h, err := openQueue(name)
	if err != nil {
		return err
	}
	defer func() { _, _, _ = closePrinter.Call(h) }()
	title, _ := windows.UTF16PtrFromString("vpos")
	raw, _ := windows.UTF16PtrFromString("RAW")
	doc := docInfo{name: title, datatype: raw}
	if n, _, err := startDocPrinter.Call(h, 1, uintptr(unsafe.Pointer(&doc))); n == 0 {
		return fmt.Errorf("%w: %w", ErrUnreached, err)
	}
	defer func() { _, _, _ = endDocPrinter.Call(h) }()
	for len(data) > 0 {
		var n uint32
		ok, _, err := writePrinter.Call(h, uintptr(unsafe.Pointer(&data[0])), uintptr(len(data)), uintptr(unsafe.Pointer(&n)))
		if ok == 0 || n == 0 {
			return fmt.Errorf("%w: %w", ErrUnreached, err)
		}
		data = data[n:]
	}
	return nil
}

// printerInfo is PRINTER_INFO_4.
type printerInfo struct {
	name, server *uint16
	attributes   uint32
}

func detectWindows() []Found {
	const local, connections, level = 2, 4, 4
	var need, n uint32
	_, _, _ = enumPrinters.Call(local|connections, 0, level, 0, 0, uintptr(unsafe.Pointer(&need)), uintptr(unsafe.Pointer(&n)))
	if need == 0 || need > 1<<20 {
		return nil
	}
	buffer := make([]uint64, need/8+1) // aligned for the pointers in it
	if ok, _, _ := enumPrinters.Call(local|connections, 0, level, uintptr(unsafe.Pointer(&buffer[0])), uintptr(need),
		uintptr(unsafe.Pointer(&need)), uintptr(unsafe.Pointer(&n))); ok == 0 {
		return nil
	}
	var found []Found
	for _, p := range unsafe.Slice((*printerInfo)(unsafe.Pointer(&buffer[0])), n) {
		found = append(found, Found{Setting: Address{Way: Windows, Name: windows.UTF16PtrToString(p.name)}.String()})
	}
	return found
}
