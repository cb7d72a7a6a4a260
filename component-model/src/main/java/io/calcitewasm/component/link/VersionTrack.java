package io.calcitewasm.component.link;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which versions of an interface can stand for each other (Explainer.md, "Import and Export Names",
 * {@code canonversion}): the same major version, before 1.0 the same minor version, before 0.1 the
 * same patch; pre-releases only themselves.
 */
public final class VersionTrack {
  private static final Pattern VERSION =
      Pattern.compile("(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?(-[^+]*)?(\\+.*)?");

  private VersionTrack() {}

  /** An import or export name with its version shortened to its track. */
  public static String of(String externName) {
    int at = externName.lastIndexOf('@');
    if (at < 0) {
      return externName;
    }
    Matcher version = VERSION.matcher(externName.substring(at + 1));
    if (!version.matches() || version.group(4) != null) {
      return externName;
    }
    String major = version.group(1);
    String minor = version.group(2) == null ? "0" : version.group(2);
    String patch = version.group(3) == null ? "0" : version.group(3);
    String track =
        !major.equals("0")
            ? major
            : !minor.equals("0") ? major + "." + minor : major + "." + minor + "." + patch;
    return externName.substring(0, at + 1) + track;
  }
}
