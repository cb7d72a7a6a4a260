package io.calcitewasm.component.check;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.UnsupportedFeature;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of an import or export, taken apart (Explainer.md, {@code externname}).
 *
 * @param form what kind of name it is
 * @param resource the resource of a constructor, method or static function, else empty
 * @param label the last label of a plain name; the whole text of an interface name
 */
record ParsedName(Form form, String resource, String label) {

  /** Kinds of names. */
  enum Form {
    LABEL,
    CONSTRUCTOR,
    METHOD,
    STATIC,
    INTERFACE
  }

  private static final Pattern DEPENDENCY =
      Pattern.compile("(?:url|relative-url|integrity|locked-dep|unlocked-dep)=");

  /** Takes a name apart. */
  static ParsedName parse(String text, Progress progress) throws InvalidComponentException {
    progress.spend(1 + text.length() / 64);
    if (text.startsWith("[constructor]")) {
      String resource = text.substring("[constructor]".length());
      if (Labels.isLabel(resource)) {
        return new ParsedName(Form.CONSTRUCTOR, resource, resource);
      }
    } else if (text.startsWith("[method]")) {
      return member(Form.METHOD, text, progress);
    } else if (text.startsWith("[static]")) {
      return member(Form.STATIC, text, progress);
    } else if (text.startsWith("[async")) {
      throw progress.unsupported(UnsupportedFeature.ASYNC, "the name \"" + text + "\"");
    } else if (DEPENDENCY.matcher(text).lookingAt()) {
      throw progress.unsupported(UnsupportedFeature.DEPENDENCY_NAMES, "the name \"" + text + "\"");
    } else if (text.indexOf(':') >= 0) {
      checkInterface(text, progress);
      return new ParsedName(Form.INTERFACE, "", text);
    } else if (Labels.isLabel(text)) {
      return new ParsedName(Form.LABEL, "", text);
    }
    throw notName(text, progress);
  }

  private static ParsedName member(Form form, String text, Progress progress)
      throws InvalidComponentException {
    String rest = text.substring(text.indexOf(']') + 1);
    int dot = rest.indexOf('.');
    if (dot >= 0) {
      String resource = rest.substring(0, dot);
      String label = rest.substring(dot + 1);
      if (Labels.isLabel(resource) && Labels.isLabel(label)) {
        return new ParsedName(form, resource, label);
      }
    }
    throw notName(text, progress);
  }

  /** {@code namespace:package/interface@version}. */
  static void checkInterface(String text, Progress progress) throws InvalidComponentException {
    String name = text;
    int at = text.indexOf('@');
    if (at >= 0) {
      String version = text.substring(at + 1);
      name = text.substring(0, at);
      if (!Versions.isSemantic(version) && !Versions.isCanonical(version)) {
        throw progress.invalid(
            "the name \"" + text + "\" has \"" + version + "\" where a semantic version should be");
      }
    }
    int colon = name.indexOf(':');
    int slash = name.indexOf('/');
    if (colon < 0 || slash < colon) {
      throw notName(text, progress);
    }
    if (name.indexOf(':', colon + 1) >= 0 || name.indexOf('/', slash + 1) >= 0) {
      throw progress.unsupported(UnsupportedFeature.NESTED_NAMES, "the name \"" + text + "\"");
    }
    if (!Labels.isWords(name.substring(0, colon))
        || !Labels.isWords(name.substring(colon + 1, slash))
        || !Labels.isLabel(name.substring(slash + 1))) {
      throw notName(text, progress);
    }
  }

  /** Whether a canonical version and its suffix make a semantic version. */
  static boolean isVersion(String interfaceName, String suffix) {
    String version = interfaceName.substring(interfaceName.indexOf('@') + 1);
    return interfaceName.indexOf('@') >= 0
        && Versions.isCanonical(version)
        && Versions.isSemantic(version + suffix);
  }

  /** Two names clash when this is the same (Explainer.md, "Name Uniqueness"). */
  String uniqueForm() {
    String form =
        switch (form()) {
          case LABEL, INTERFACE -> label;
          case CONSTRUCTOR -> "[constructor]" + label;
          case METHOD, STATIC -> resource.equals(label) ? label : resource + "." + label;
        };
    return form.toLowerCase(Locale.ROOT);
  }

  private static InvalidComponentException notName(String text, Progress progress) {
    return progress.invalid(
        "\""
            + text
            + "\" is not a name for an import or export: it should be a kebab-case label"
            + " or namespace:package/interface@version");
  }
}
