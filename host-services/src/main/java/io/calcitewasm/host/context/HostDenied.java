package io.calcitewasm.host.context;

/**
 * A guest called what its module was not granted: SQLSTATE 42501. It leaves the guest as a trap
 * would, so the instance is not to be used again.
 */
public final class HostDenied extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String capability;

  /**
   * Describes one refusal.
   *
   * @param capability the missing capability by its SQL name, e.g. {@code spi}
   * @param sentence one sentence for the user that names the module and the function
   */
  public HostDenied(String capability, String sentence) {
    super(sentence);
    this.capability = capability;
  }

  /**
   * The refusal that a call without its grant meets.
   *
   * @param host the instance that called
   * @param capability the missing capability by its SQL name
   * @param what the interface or function that was called
   */
  public static HostDenied ungranted(HostContext host, String capability, String what) {
    return new HostDenied(
        capability,
        "module "
            + host.module()
            + " called "
            + what
            + ", which needs the capability "
            + capability
            + "; it was not granted");
  }

  /**
   * The refusal that a call meets which its grants do not reach.
   *
   * @param host the instance that called
   * @param capability the capability by its SQL name
   * @param what what was asked of it
   */
  public static HostDenied beyond(HostContext host, String capability, String what) {
    return new HostDenied(
        capability,
        "module "
            + host.module()
            + " asked for "
            + what
            + ", which its grants of the capability "
            + capability
            + " do not let through");
  }

  /**
   * The refusal that a call meets whose grant was taken back while its statement ran.
   *
   * @param host the instance that called
   * @param capability the capability by its SQL name
   */
  public static HostDenied revoked(HostContext host, String capability) {
    return new HostDenied(
        capability,
        "module "
            + host.module()
            + " uses the capability "
            + capability
            + ", which was revoked while the statement ran");
  }

  /** The missing capability by its SQL name, e.g. {@code spi}. */
  public String capability() {
    return capability;
  }
}
