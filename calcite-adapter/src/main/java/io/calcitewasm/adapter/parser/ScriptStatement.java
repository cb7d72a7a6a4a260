package io.calcitewasm.adapter.parser;

/**
 * One statement of a script.
 *
 * @param text the statement from its first word on, without the semicolon and blanks at its end
 * @param comment the comments before it as written, without blanks around them; may be empty
 * @param line the line of its first character, from 1
 * @param column the column of its first character, from 1, in UTF-16 units
 * @param terminated whether a semicolon ends it; only the last statement may have none
 */
public record ScriptStatement(
    String text, String comment, int line, int column, boolean terminated) {

  /** The script's line of a line within the statement, both from 1. */
  public int scriptLine(int statementLine) {
    return line + statementLine - 1;
  }

  /** The script's column of a place within the statement, all from 1. */
  public int scriptColumn(int statementLine, int statementColumn) {
    return statementLine == 1 ? column + statementColumn - 1 : statementColumn;
  }
}
