// What one key or word means. The tables come from the server, so that page, script and import can't disagree.

export class Answers {
  constructor(text) {
    this.columns = JSON.parse(text);
  }

  isKeyed(column) {
    return column in this.columns;
  }

  // The key that is meant by a key, a word or a spreadsheet's number; "" for nothing, null when it can't be read.
  read(column, text) {
    const { keys, words } = this.columns[column];
    const plain = text.trim().replace(/\s+/g, " ").toLowerCase();
    if (plain === "" || Object.hasOwn(keys, plain)) return plain;
    const number = plain.match(/^([0-3])(?:[.,]0+)?$/);
    if (number && Object.hasOwn(keys, number[1])) return number[1];
    return Object.hasOwn(words, plain) ? words[plain] : null;
  }

  word(column, key) {
    return this.columns[column].keys[key] ?? "";
  }

  instruction(column) {
    const keys = Object.keys(this.columns[column].keys);
    return `Write ${keys.slice(0, -1).join(", ")} or ${keys.at(-1)}.`;
  }
}
