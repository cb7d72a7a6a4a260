package io.calcitewasm.jdbc.shell;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * Tells the line editor when Enter ends the input and when it only begins a new line, and which
 * word is to be completed: a path of names such as {@code text."to URL"}, or an argument of a
 * dot-command.
 */
final class StatementParser implements Parser {
  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context != ParseContext.COMPLETE && !Shell.isComplete(line)) {
      throw new EOFError(-1, -1, "a semicolon is missing", ";");
    }
    return Typed.at(line, cursor);
  }

  @Override
  public boolean isEscapeChar(char ch) {
    return false;
  }

  /**
   * The word around the cursor.
   *
   * @param word the whole of it
   * @param wordCursor the cursor in it
   * @param words the words of the line up to and with this one
   */
  record Typed(String line, int cursor, String word, int wordCursor, List<String> words)
      implements CompletingParsedLine {
    static Typed at(String line, int cursor) {
      boolean command = line.stripLeading().startsWith(".");
      int start = start(line, cursor, command);
      int end = cursor;
      while (end < line.length() && isPart(line.charAt(end), command)) {
        end++;
      }
      List<String> words =
          command
              ? new java.util.ArrayList<>(Words.of(line.substring(0, start)))
              : new java.util.ArrayList<>();
      words.add(line.substring(start, end));
      return new Typed(
          line, cursor, line.substring(start, end), cursor - start, List.copyOf(words));
    }

    /** Goes back over name characters, and over anything within an open double quote. */
    private static int start(String line, int cursor, boolean command) {
      int start = cursor;
      boolean quoted = false;
      for (int i = 0; i < cursor; i++) {
        quoted ^= line.charAt(i) == '"';
      }
      while (start > 0) {
        char c = line.charAt(start - 1);
        if (!quoted && !isPart(c, command)) {
          break;
        }
        quoted ^= c == '"';
        start--;
      }
      return start;
    }

    private static boolean isPart(char c, boolean command) {
      return command
          ? !Character.isWhitespace(c)
          : Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '"' || c == '$';
    }

    @Override
    public int wordIndex() {
      return words.size() - 1;
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return wordCursor;
    }

    @Override
    public int rawWordLength() {
      return word.length();
    }
  }
}
