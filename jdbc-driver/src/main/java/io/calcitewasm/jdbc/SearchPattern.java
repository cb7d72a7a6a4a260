package io.calcitewasm.jdbc;

import java.sql.DatabaseMetaData;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The search patterns of {@link DatabaseMetaData}: {@code %} stands for any characters, {@code _}
 * for one; a backslash before either, or before another, lets it stand for itself. Letter case does
 * not count, as in SQL.
 */
final class SearchPattern {
  private SearchPattern() {}

  /** What a pattern matches; null matches everything. */
  static Predicate<String> like(@Nullable String pattern) {
    if (pattern == null) {
      return name -> true;
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        i++;
        regex.append(Pattern.quote(pattern.substring(i, i + 1)));
      } else {
        regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
        .asMatchPredicate();
  }

  /** Whether a catalog argument asks for what has no catalog, as everything here. */
  static boolean isNoCatalog(@Nullable String catalog) {
    return catalog == null || catalog.isEmpty();
  }
}
