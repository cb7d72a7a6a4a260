package io.calcitewasm.policy.rules;

import java.util.Locale;

/** What a role may do to modules. */
public enum Action {
  /** Install one under a name that is free. */
  CREATE,
  /** Put another content in the place of one, and go back. */
  REPLACE,
  /** Take one out. */
  DROP,
  /** Change its settings and what is granted to it. */
  ALTER;

  /** The field of a role in a policy file. */
  public String field() {
    return name().toLowerCase(Locale.ROOT);
  }
}
