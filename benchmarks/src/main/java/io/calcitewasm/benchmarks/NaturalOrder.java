package io.calcitewasm.benchmarks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The peer of {@code COLLATE natural}: numbers in ASCII texts by their values, letters by none. */
final class NaturalOrder implements Comparator<String> {
  /** Places of the check sum count up to here, so that it is exact. */
  private static final long PLACES = 1_000;

  private static final int BYTE = 0xFF;

  @Override
  public int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      if (isDigit(a, i) && isDigit(b, j)) {
        int first = start(a, i);
        int second = start(b, j);
        i = end(a, first);
        j = end(b, second);
        int order = i - first - (j - second);
        for (int k = 0; order == 0 && first + k < i; k++) {
          order = a.charAt(first + k) - b.charAt(second + k);
        }
        if (order != 0) {
          return order;
        }
      } else {
        int order = Character.toLowerCase(a.charAt(i++)) - Character.toLowerCase(b.charAt(j++));
        if (order != 0) {
          return order;
        }
      }
    }
    return a.length() - i - (b.length() - j);
  }

  private static boolean isDigit(String text, int at) {
    return text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  /** Behind the zeros that a number begins with. */
  private static int start(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == '0') {
      at++;
    }
    return at;
  }

  private static int end(String text, int from) {
    int at = from;
    while (at < text.length() && isDigit(text, at)) {
      at++;
    }
    return at;
  }

  /** Reads texts, sorts them, and tells which came where. */
  static double sorted(ResultSet texts) throws SQLException {
    List<String> all = new ArrayList<>();
    while (texts.next()) {
      all.add(texts.getString(1));
    }
    all.sort(new NaturalOrder());
    long sum = 0;
    long place = 0;
    for (String text : all) {
      sum += (++place % PLACES) * (text.hashCode() & BYTE);
    }
    return sum;
  }

  /** Reads texts that are sorted, and tells which came where. */
  static double read(ResultSet texts) throws SQLException {
    long sum = 0;
    long place = 0;
    while (texts.next()) {
      sum += (++place % PLACES) * (texts.getString(1).hashCode() & BYTE);
    }
    return sum;
  }
}
