package io.calcitewasm.component;

import io.calcitewasm.component.link.VersionTrack;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The interfaces that a host offers. Immutable; one linker serves any number of components. */
public final class Linker {
  private final Map<String, HostInterface> byTrack;

  private Linker(Map<String, HostInterface> byTrack) {
    this.byTrack = Map.copyOf(byTrack);
  }

  /** Starts a linker that offers nothing. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The interface that serves an import.
   *
   * @param importName as it stands in the component, version included
   */
  public Optional<HostInterface> find(String importName) {
    return Optional.ofNullable(byTrack.get(VersionTrack.of(importName)));
  }

  /** Collects interfaces. */
  public static final class Builder {
    private final Map<String, HostInterface> byTrack = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Offers an interface.
     *
     * @throws IllegalArgumentException if one of the same name and version track is offered already
     */
    public Builder define(HostInterface hostInterface) {
      HostInterface other =
          byTrack.putIfAbsent(VersionTrack.of(hostInterface.name()), hostInterface);
      if (other != null) {
        throw new IllegalArgumentException(
            "\"" + hostInterface.name() + "\" is served by \"" + other.name() + "\" already");
      }
      return this;
    }

    /** The linker. */
    public Linker build() {
      return new Linker(byTrack);
    }
  }
}
