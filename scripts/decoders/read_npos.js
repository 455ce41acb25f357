// Says what npos, a parser of ESC/POS with GB18030, makes of our bytes: node read_npos.js DIR
//
// npos takes apart the commands and reads the letters; where a command moves to, or a QR code
// is stored, is told from the node it gives. GS ( k is added to its rules as it wants it done.
'use strict';

const fs = require('fs');
const path = require('path');
const npos = require('npos');

const rules = Object.assign({}, npos.rules);
rules[0x1d] = Object.assign({ '(k': [0, 'd16'] }, npos.rules[0x1d]);
console.log = () => {}; // npos reports every text

// columns of letters, were all of normal size.
const columns = (text) => [...text].reduce((n, c) => n + (c > '~' ? 2 : 1), 0);

async function lines(job) {
  const ast = await npos.parser(rules).parse(job);
  let out = '';
  let code = '';
  for (const node of ast.tree) {
    const bytes = job.slice(node.offset, node.offset + node.length);
    switch (node.ascii + node.fn) {
      case 'STX':
        out += (await npos.textualize([{ type: 'text', data: bytes }]))[0];
        break;
      case 'ESC$':
        out += ' '.repeat(Math.max(1, bytes.readUInt16LE(2) / 12 - columns(out.slice(out.lastIndexOf('\n') + 1))));
        break;
      case 'GSv0':
        out += '[image]\n';
        break;
      case 'GS(k':
        if (bytes[6] === 80) code = bytes.slice(8, 5 + bytes.readUInt16LE(3)).toString();
        if (bytes[6] === 81) out += `[qr ${code}]\n`;
    }
  }
  return out.replace(/\n$/, '');
}

(async () => {
  const dir = process.argv[2];
  for (const file of fs.readdirSync(dir).filter((f) => f.endsWith('.bin')).sort()) {
    const job = fs.readFileSync(path.join(dir, file));
    process.stdout.write(`## ${file.slice(0, -4)}\n${await lines(job)}\n`);
  }
})();
