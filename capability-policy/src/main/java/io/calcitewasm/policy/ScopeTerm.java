package io.calcitewasm.policy;

import io.calcitewasm.policy.document.Words;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The meaning of one value of a scope. A term covers another when whatever the other lets through,
 * it lets through too.
 */
sealed interface ScopeTerm
    permits QualifiedPattern,
        ScopeTerm.All,
        ScopeTerm.AtMost,
        ScopeTerm.Glob,
        ScopeTerm.Host,
        ScopeTerm.Mount,
        ScopeTerm.Prefix,
        ScopeTerm.Range,
        ScopeTerm.Word {
  /** Whether this lets through all that the other does. */
  boolean covers(ScopeTerm other);

  /** The form in which it is kept and shown. */
  String text();

  /** What {@code *} means. */
  ScopeTerm EVERYTHING = new All();

  /** All values of a key. */
  record All() implements ScopeTerm {
    @Override
    public boolean covers(ScopeTerm other) {
      return true;
    }

    @Override
    public String text() {
      return "*";
    }
  }

  /** One of a set of words. */
  record Word(String text) implements ScopeTerm {
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final Pattern VERB = Pattern.compile("[a-z]{1,20}");

    static Word ofMethod(String text) {
      return of(text.toUpperCase(Locale.ROOT), METHOD, "an HTTP method, as in 'GET'");
    }

    static Word ofVerb(String text) {
      return of(text.toLowerCase(Locale.ROOT), VERB, "a verb, as in 'select'");
    }

    private static Word of(String text, Pattern shape, String form) {
      require(shape.matcher(text).matches(), form);
      return new Word(text);
    }

    @Override
    public boolean covers(ScopeTerm other) {
      return equals(other);
    }
  }

  /** A name with {@code *} for any characters; letter case counts. */
  record Glob(String text) implements ScopeTerm {
    static Glob of(String text) {
      require(
          !text.isBlank() && text.length() <= 256 && isPlain(text), "a name, '*' in it allowed");
      return new Glob(text);
    }

    @Override
    public boolean covers(ScopeTerm other) {
      return other instanceof Glob(String name) && Globs.covers(text, name);
    }
  }

  /** The beginning of a text. */
  record Prefix(String text) implements ScopeTerm {
    public Prefix {
      require(text.length() <= 1024 && isPlain(text), "the beginning of a key");
    }

    @Override
    public boolean covers(ScopeTerm other) {
      return other instanceof Prefix(String longer) && longer.startsWith(text);
    }
  }

  /** At most so many. */
  record AtMost(long most) implements ScopeTerm {
    static AtMost ofBytes(String text) {
      try {
        return new AtMost(Quantity.bytes("size", text));
      } catch (PolicyException e) {
        throw new IllegalArgumentException("a size, as in '64MB'", e);
      }
    }

    static AtMost ofCount(String text) {
      require(text.matches("[0-9]{1,15}"), "a count, as in '1000'");
      return new AtMost(Long.parseLong(text));
    }

    @Override
    public boolean covers(ScopeTerm other) {
      return other instanceof AtMost(long less) && less <= most;
    }

    @Override
    public String text() {
      return Long.toString(most);
    }
  }

  /** Numbers from one to another. */
  record Range(int low, int high) implements ScopeTerm {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

    static Range ofPorts(String text) {
      String form = "a port or a range from 1 to 65535, as in '443' or '8000-8099'";
      Matcher m = SHAPE.matcher(text);
      require(m.matches(), form);
      int low = Integer.parseInt(m.group(1));
      int high = m.group(2) == null ? low : Integer.parseInt(m.group(2));
      require(low >= 1 && low <= high && high <= 65_535, form);
      return new Range(low, high);
    }

    @Override
    public boolean covers(ScopeTerm other) {
      return other instanceof Range range && low <= range.low && range.high <= high;
    }

    @Override
    public String text() {
      return low == high ? Integer.toString(low) : low + "-" + high;
    }
  }

  /** A host by name, all below a domain, or an address. */
  record Host(String text) implements ScopeTerm {
    private static final String FORM =
        "a host as in 'api.example.org', '*.example.org' for all below, '192.0.2.1' or"
            + " '[2001:db8::1]', without scheme and port";
    private static final Pattern NAME =
        Pattern.compile("(?:\\*\\.)?[a-z0-9_](?:[a-z0-9_-]*)(?:\\.[a-z0-9_][a-z0-9_-]*)*");
    private static final Pattern V6 = Pattern.compile("\\[[0-9a-f:.]{2,45}]");

    static Host of(String text) {
      require(text.length() <= 253, FORM);
      String host = text.toLowerCase(Locale.ROOT);
      boolean below = host.startsWith("*.");
      String name = below ? host.substring(2) : host;
      if (!V6.matcher(name).matches()) {
        // What looks like another letter is another letter once it is written as DNS has it.
        name = IDN.toASCII(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
        require(NAME.matcher(name).matches() && !name.startsWith("*"), FORM);
      } else {
        require(!below, FORM);
      }
      return new Host(below ? "*." + name : name);
    }

    @Override
    public boolean covers(ScopeTerm other) {
      if (!(other instanceof Host(String host))) {
        return false;
      }
      return text.equals(host) || (text.startsWith("*.") && host.endsWith(text.substring(1)));
    }
  }

  /**
   * A folder or file that a guest sees, and below it.
   *
   * @param source absolute in the host, or below {@code module:} for what is packed with the module
   * @param target absolute in the guest
   */
  record Mount(String source, String target) implements ScopeTerm {
    private static final String FORM =
        "an absolute path without '.' and '..', as in '/srv/data', '/srv/data as /data' or"
            + " 'module:/data'";
    static final String PACKED = "module:";
    private static final Pattern SHAPE = Pattern.compile("(?:/[^/\\x00-\\x1f\\\\]+)+|/");

    static Mount of(String text) {
      int as = text.indexOf(" as ");
      String source = as < 0 ? text : text.substring(0, as);
      String own = path(source.startsWith(PACKED) ? source.substring(PACKED.length()) : source);
      String target = as < 0 ? own : path(text.substring(as + 4));
      return new Mount(source.startsWith(PACKED) ? PACKED + own : own, target);
    }

    private static String path(String text) {
      String path =
          text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
      require(path.length() <= 4096 && SHAPE.matcher(path).matches(), FORM);
      for (String name : path.split("/", -1)) {
        require(!name.equals(".") && !name.equals(".."), FORM);
      }
      return path;
    }

    /** What counts is what of the host is reached; what the guest calls it does not. */
    @Override
    public boolean covers(ScopeTerm other) {
      return other instanceof Mount mount
          && (mount.source.equals(source)
              || mount.source.startsWith(source.endsWith("/") ? source : source + "/"));
    }

    @Override
    public String text() {
      String own = source.startsWith(PACKED) ? source.substring(PACKED.length()) : source;
      return own.equals(target) ? source : source + " as " + target;
    }
  }

  private static boolean isPlain(String text) {
    return text.codePoints().noneMatch(Words::isControl);
  }

  private static void require(boolean holds, String form) {
    if (!holds) {
      throw new IllegalArgumentException(form);
    }
  }
}
