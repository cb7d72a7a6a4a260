package io.calcitewasm.host.wasi.filesystem;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.host.Guest;
import io.calcitewasm.host.service.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Descriptors as guests call them. */
final class Descriptors {
  private static final Service TYPES = FilesystemTypes.types();

  private Descriptors() {}

  /** The one directory that a guest begins with. */
  static Object root(Guest guest) {
    List<?> directories = (List<?>) guest.call(FilesystemTypes.preopens(), "get-directories");
    return ((Object[]) directories.getFirst())[0];
  }

  /** Calls a method of a descriptor. */
  static Object call(Guest guest, Object descriptor, String method, Object... args) {
    Object[] all = new Object[args.length + 1];
    all[0] = descriptor;
    System.arraycopy(args, 0, all, 1, args.length);
    return guest.call(TYPES, "[method]descriptor." + method, all);
  }

  /** What a method answers with an error code of that label. */
  static ResultValue error(String label) {
    return Arrays.stream(ErrorCode.values())
        .filter(code -> label(code).equals(label))
        .findFirst()
        .orElseThrow()
        .err();
  }

  /** An error code's label in WIT. */
  static String label(ErrorCode code) {
    return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
