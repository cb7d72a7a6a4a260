package io.calcitewasm.adapter.parser;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a script into statements at the semicolons outside strings, quoted names and comments. It
 * knows nothing else of SQL, so that a statement with an error does not move its neighbours'
 * borders.
 */
public final class ScriptSplitter {
  private final String script;
  private final List<ScriptStatement> statements = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;
  private int commentStart = -1;
  private int commentEnd;
  private int start = -1;
  private int startLine;
  private int startColumn;
  private int end;
  private int firstEnd;
  private boolean open;

  private ScriptSplitter(String script) {
    this.script = script;
  }

  /**
   * The statements of a script in their order. Empty statements and comments behind the last
   * statement are left out; a statement whose string or comment never ends reaches to the end.
   */
  public static List<ScriptStatement> split(String script) {
    ScriptSplitter splitter = new ScriptSplitter(script);
    splitter.run();
    return List.copyOf(splitter.statements);
  }

  /**
   * Whether a shell can run what was typed: everything but blanks and comments is closed by a
   * semicolon, and no string, quoted name or comment is open. True for blank text.
   */
  public static boolean isComplete(String text) {
    ScriptSplitter splitter = new ScriptSplitter(text);
    splitter.run();
    return !splitter.open
        && (splitter.statements.isEmpty() || splitter.statements.getLast().terminated());
  }

  /**
   * A text of one statement without what stands behind it: its semicolon, blanks and comments. What
   * stands before it stays, so that places in it stay what they are.
   */
  static String withoutEnd(String text) {
    ScriptSplitter splitter = new ScriptSplitter(text);
    splitter.run();
    return text.substring(0, splitter.firstEnd);
  }

  private void run() {
    while (at < script.length()) {
      char c = script.charAt(at);
      if (startsWith("--") || startsWith("//")) {
        comment(lineEnd());
      } else if (startsWith("/*") && !startsWith("/*+")) {
        int end = blockEnd();
        if (end < 0) {
          open = true;
          token(script.length()); // for the parser to say that it is not closed
        } else {
          comment(end);
        }
      } else if (c == ';') {
        finish(true);
        advance(at + 1);
      } else if (Character.isWhitespace(c)) {
        advance(at + 1);
      } else if (c == '\'') {
        token(quoteEnd('\'', isEscapeString()));
      } else if (c == '"') {
        token(quoteEnd('"', false));
      } else {
        token(at + 1);
      }
    }
    finish(false);
  }

  private void token(int to) {
    if (start < 0) {
      start = at;
      startLine = line;
      startColumn = at - lineStart + 1;
    }
    advance(to);
    end = to;
  }

  private void comment(int to) {
    if (start < 0) {
      commentStart = commentStart < 0 ? at : commentStart;
      commentEnd = to;
    }
    advance(to);
  }

  private void finish(boolean terminated) {
    if (start >= 0) {
      firstEnd = statements.isEmpty() ? end : firstEnd;
      String comment = commentStart < 0 ? "" : script.substring(commentStart, commentEnd).strip();
      statements.add(
          new ScriptStatement(
              script.substring(start, end), comment, startLine, startColumn, terminated));
    }
    start = -1;
    commentStart = -1;
  }

  /** Moves on and counts lines as the parser does: CR, LF and CR LF end one. */
  private void advance(int to) {
    for (; at < to; at++) {
      char c = script.charAt(at);
      boolean crlf = c == '\r' && at + 1 < script.length() && script.charAt(at + 1) == '\n';
      if (c == '\n' || c == '\r' && !crlf) {
        line++;
        lineStart = at + 1;
      }
    }
  }

  private boolean startsWith(String text) {
    return script.startsWith(text, at);
  }

  private int lineEnd() {
    int i = at;
    while (i < script.length() && script.charAt(i) != '\n' && script.charAt(i) != '\r') {
      i++;
    }
    return i;
  }

  /** Behind the comment at the cursor; −1 if nothing closes it. */
  private int blockEnd() {
    int close = script.indexOf("*/", at + 2);
    return close < 0 ? -1 : close + 2;
  }

  /** Whether the quote at the cursor opens {@code E'…'}, where a backslash escapes. */
  private boolean isEscapeString() {
    return at > 0
        && Character.toUpperCase(script.charAt(at - 1)) == 'E'
        && (at < 2 || !Character.isJavaIdentifierPart(script.charAt(at - 2)));
  }

  /** Behind the closing quote; a doubled quote stands for itself. */
  private int quoteEnd(char quote, boolean backslash) {
    for (int i = at + 1; i < script.length(); i++) {
      char c = script.charAt(i);
      boolean doubled = c == quote && i + 1 < script.length() && script.charAt(i + 1) == quote;
      if (doubled || backslash && c == '\\') {
        i++;
      } else if (c == quote) {
        return i + 1;
      }
    }
    open = true;
    return script.length();
  }
}
