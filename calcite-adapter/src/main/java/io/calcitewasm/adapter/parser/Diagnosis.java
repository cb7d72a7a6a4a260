package io.calcitewasm.adapter.parser;

import io.calcitewasm.adapter.parser.SourceText.Place;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Says in one sentence why the parser stopped: what stands there, and what was expected where that
 * is a short list. The generated parser's own messages run over hundreds of lines.
 */
final class Diagnosis {
  private static final int MOST_EXPECTED = 8;
  private static final String NOT_A_QUERY = "Non-query expression encountered in illegal context";

  private final SourceText source;
  private final SqlParseException failure;
  private final String message;
  private int at;

  private Diagnosis(SourceText source, SqlParseException failure) {
    this.source = source;
    this.failure = failure;
    this.message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    SqlParserPos position = failure.getPos();
    this.at = position == null ? 0 : source.offset(position.getLineNum(), position.getColumnNum());
  }

  /** The error that tells a parser's failure. */
  static SyntaxError of(String sql, SqlParseException failure) {
    return new Diagnosis(new SourceText(sql), failure).error();
  }

  private SyntaxError error() {
    if (failure.getCause() instanceof StackOverflowError) {
      return SyntaxError.tooDeep(source.place(at));
    }
    if (failure.getCause() instanceof Error && failure.getPos() != null) {
      return lexical();
    }
    if (message.startsWith("Encountered") || message.startsWith("Incorrect syntax near")) {
      return unexpected();
    }
    if (message.equals(NOT_A_QUERY)) {
      return new SyntaxError("'" + source.word(at) + "' does not begin a query", source.place(at));
    }
    return new SyntaxError(message, source.place(at));
  }

  private SyntaxError lexical() {
    if (message.contains("<EOF>")) {
      return new SyntaxError("a quotation or comment is not closed", source.end());
    }
    return new SyntaxError("unexpected character '" + source.word(at) + "'", source.place(at));
  }

  private SyntaxError unexpected() {
    List<int[]> sequences =
        failure.getExpectedTokenSequences() == null
            ? List.of()
            : Arrays.asList(failure.getExpectedTokenSequences());
    boolean atEnd = message.startsWith("Encountered \"<EOF>\"");
    int depth = 0;
    if (!atEnd) {
      // The parser looked several words ahead: the first ones were right.
      for (List<int[]> longer = agreeing(sequences, depth);
          !longer.isEmpty();
          longer = agreeing(sequences, depth)) {
        at = source.skipBlanks(at + source.word(at).length());
        sequences = longer;
        depth++;
      }
    }
    Place place = atEnd ? source.end() : source.place(at);
    return new SyntaxError("unexpected " + found(atEnd) + expected(sequences, depth), place);
  }

  private List<int[]> agreeing(List<int[]> sequences, int depth) {
    String word = "\"" + source.word(at).toUpperCase(Locale.ROOT) + "\"";
    return sequences.stream()
        .filter(s -> s.length > depth + 1 && failure.getTokenImages()[s[depth]].equals(word))
        .toList();
  }

  private String found(boolean atEnd) {
    String word = atEnd ? "" : source.word(at);
    return switch (word) {
      case "" -> "end of the statement";
      case "'" -> "quote: the string is not closed";
      case "\"" ->
          source.text().startsWith("\"\"", at)
              ? "\"\": a quoted name cannot be empty"
              : "double quote: the quoted name is not closed";
      default -> "'" + word + "'";
    };
  }

  private String expected(List<int[]> sequences, int depth) {
    List<String> names =
        sequences.stream()
            .filter(s -> s.length > depth)
            .map(s -> describe(failure.getTokenImages()[s[depth]]))
            .distinct()
            .sorted()
            .toList();
    if (names.isEmpty() || names.size() > MOST_EXPECTED) {
      return "";
    }
    String list = names.stream().collect(Collectors.joining(", "));
    return names.size() == 1 ? ", expected " + list : ", expected one of " + list;
  }

  private static String describe(String image) {
    if (image.endsWith("IDENTIFIER>")) {
      return "a name";
    }
    if (image.endsWith("STRING>") || image.endsWith("STRING_LITERAL>")) {
      return "a string";
    }
    return switch (image) {
      case "<EOF>" -> "the end";
      case "<UNSIGNED_INTEGER_LITERAL>" -> "a whole number";
      case "<APPROX_NUMERIC_LITERAL>", "<DECIMAL_NUMERIC_LITERAL>" -> "a number";
      default -> {
        String token = image.replace("\"", "");
        yield Character.isLetter(token.charAt(0)) ? token : "'" + token + "'";
      }
    };
  }
}
