"""Says what emupos, a simulated printer, makes of our bytes: read_emupos.py DIR

emupos takes apart the commands, places every byte on the paper and draws it. It has code pages of
one byte only; each byte of a hanzi is a sign of PC437 to it, which is turned back into the byte.
"""

import io
import sys
from pathlib import Path

import zxingcpp
from emupos.config import FontCell, PrinterProfile
from emupos.printer.printer import Printer
from PIL import Image


def profile(columns):
    return PrinterProfile(
        type="printer", name="any", dpi=203, width_dots=columns * 12,
        font_a=FontCell(width=12, height=24), font_b=FontCell(width=9, height=17),
        code_pages={0: "PC437"}, default_code_page=0, drawer_sensor_open_level="high",
    )


def line(text):
    if text.startswith("[image "):
        return "[image]"
    if text.startswith("[qr "):
        return text
    return text.encode("cp437").decode("gb18030", "replace")


def receipt(name, job):
    """What is on the paper of a job: its lines, its picture, and what it did besides."""
    printer = Printer(name, profile(int(name.split("-")[1])), sensor_open_level="high", job_idle_timeout_ms=1000)
    printer.open_connection(1, 0.0)
    out = printer.receive(1, job, 0.0) + printer.close_connection(1, 0.0)
    if len(out.receipts) != 1:
        sys.exit(f"{name}: {len(out.receipts)} receipts")
    if printer.state().drawer != "open":
        sys.exit(f"{name}: the drawer is closed")
    return out.receipts[0]


codes = 0
for path in sorted(Path(sys.argv[1]).glob("*.bin")):
    paper = receipt(path.stem, path.read_bytes())
    print("##", path.stem)
    for text in paper.text.splitlines():
        print(line(text))
    if path.stem.endswith("-test"):  # the test page has a QR code: native, or dots
        seen = [c.text for c in zxingcpp.read_barcodes(Image.open(io.BytesIO(paper.png)).convert("L"))]
        if seen != ["vpos"]:
            sys.exit(f"{path.stem}: the QR code on paper says {seen}")
        codes += 1
print(codes, "QR codes on paper read by zxing-cpp", file=sys.stderr)
