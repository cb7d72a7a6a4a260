package io.calcitewasm.adapter.parser;

/** A statement's text by lines and columns, both from 1; CR, LF and CR LF end a line. */
record SourceText(String text) {
  /** A place in the text. */
  record Place(int line, int column) {}

  /** The offset of a place, or the length of the text for a place behind it. */
  int offset(int line, int column) {
    int start = 0;
    for (int n = 1; n < line; n++) {
      start = nextLine(start);
      if (start < 0) {
        return text.length();
      }
    }
    return Math.clamp(start + column - 1L, 0, text.length());
  }

  /** The place of an offset. */
  Place place(int offset) {
    int line = 1;
    int start = 0;
    for (int next = nextLine(0); next >= 0 && next <= offset; next = nextLine(next)) {
      line++;
      start = next;
    }
    return new Place(line, offset - start + 1);
  }

  /** The place behind the last character that is not blank. */
  Place end() {
    return place(text.stripTrailing().length());
  }

  /** The word or symbol that begins at an offset; empty at the end. */
  String word(int offset) {
    int end = offset;
    while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    if (end == offset && offset < text.length()) {
      end += Character.charCount(text.codePointAt(offset));
    }
    return text.substring(offset, end);
  }

  /** The offset of the first character from an offset on that is not blank. */
  int skipBlanks(int offset) {
    int at = offset;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int nextLine(int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        return i + 1;
      }
      if (c == '\r') {
        return i + 1 < text.length() && text.charAt(i + 1) == '\n' ? i + 2 : i + 1;
      }
    }
    return -1;
  }
}
