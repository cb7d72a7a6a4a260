package io.calcitewasm.host.wit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tokens of a WIT text (WIT.md, "Lexical structure"), without comments and white space. */
final class WitTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<skip>\\s+|//[^\\n]*|/\\*(?s:.*?)\\*/)"
              + "|(?<token>@\\d+\\.\\d+\\.\\d+(?:[-+][0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?"
              + "|->|%?[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*|\\d+(?:\\.\\d+)*|[{}()<>,;:=./_*@])");

  private record Token(String text, int line) {}

  private final List<Token> tokens = new ArrayList<>();
  private int next;

  WitTokens(String text) {
    Matcher matcher = TOKEN.matcher(text);
    int line = 1;
    int at = 0;
    while (at < text.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new IllegalArgumentException(
            "WIT text, line " + line + ": unexpected character '" + text.charAt(at) + "'");
      }
      if (matcher.group("token") != null) {
        tokens.add(new Token(matcher.group("token"), line));
      }
      line += (int) matcher.group().chars().filter(c -> c == '\n').count();
      at = matcher.end();
    }
  }

  boolean atEnd() {
    return next == tokens.size();
  }

  String peek() {
    return atEnd() ? "" : tokens.get(next).text();
  }

  String take() {
    if (atEnd()) {
      throw new IllegalArgumentException("WIT text ends too early");
    }
    return tokens.get(next++).text();
  }

  boolean takeIf(String text) {
    if (!peek().equals(text)) {
      return false;
    }
    next++;
    return true;
  }

  void expect(String text) {
    String found = peek();
    if (!takeIf(text)) {
      throw error("expected '" + text + "' but found '" + found + "'");
    }
  }

  /** An identifier, without the {@code %} that keeps it from being a keyword. */
  String name() {
    String token = take();
    String name = token.startsWith("%") ? token.substring(1) : token;
    if (name.isEmpty() || !Character.isLetter(name.charAt(0))) {
      next--;
      throw error("expected a name but found '" + token + "'");
    }
    return name;
  }

  /** Skips a bracketed stretch whose opening bracket comes next. */
  void skipGroup(String open, String close) {
    expect(open);
    for (int depth = 1; depth > 0; ) {
      String token = take();
      if (token.equals(open)) {
        depth++;
      } else if (token.equals(close)) {
        depth--;
      }
    }
  }

  IllegalArgumentException error(String problem) {
    int line = tokens.isEmpty() ? 1 : tokens.get(Math.min(next, tokens.size() - 1)).line();
    return new IllegalArgumentException("WIT text, line " + line + ": " + problem);
  }
}
