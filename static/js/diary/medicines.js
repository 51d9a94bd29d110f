// Reads the medicines of a day for the running count. The server reads them again when the month is saved.

const NOTHING = /^(0|-|–|none|nothing)$/i;
const PIECE = /^([a-z][a-z-]*?)(?:[x×*]?(\d{1,6}))?!?$/i;

export class Medicines {
  constructor(text) {
    const { letters, classes } = JSON.parse(text);
    this.letters = letters;
    this.classes = classes;
    this.own = Object.values(letters);
  }

  // {codes, known, unclear}: codes of what was taken (null: not known what), whether that is all, what can't be read.
  read(text) {
    const pieces = text
      .replace(/\s+!/g, "!")
      .split(/[\s,;+]+/)
      .filter(Boolean);
    if (pieces.length === 1 && NOTHING.test(pieces[0])) return { codes: [], known: true, unclear: "" };
    const codes = [];
    let unclear = "";
    for (const piece of pieces) {
      if (piece === "?" || (codes.length && /^\d{1,6}!?$/.test(piece))) continue;
      const code = this.#code(piece.match(PIECE)?.[1]);
      if (code === undefined) unclear ||= piece;
      else codes.push(code);
    }
    return { codes, known: codes.length > 0 && !pieces.includes("?") && !unclear, unclear };
  }

  #code(name) {
    if (!name) return undefined;
    const letter = name.toUpperCase();
    if (letter === "X") return null;
    if (Object.hasOwn(this.letters, letter)) return this.letters[letter];
    const own = beginningWith(name, this.own);
    const fitting = own.length === 1 ? own : beginningWith(name, Object.keys(this.classes));
    return fitting.length === 1 ? fitting[0] : undefined;
  }
}

function beginningWith(name, codes) {
  const begin = name.toLowerCase();
  if (codes.includes(begin)) return [begin];
  return [...new Set(codes.filter((code) => code.startsWith(begin)))];
}
