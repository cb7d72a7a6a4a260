package io.calcitewasm.udf.trait;

import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.FileMount;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.InterfaceName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a component's functions depend on and can change besides their arguments, read from its
 * imports and grants alone.
 *
 * @param isNothing whether it imports nothing but types and the files that are packed with it,
 *     which are as much a part of it as its code: its functions are deterministic by construction,
 *     as long as every call has an instance of its own
 * @param changing imports that may answer alike calls differently
 * @param lasting imports through which a call leaves something behind that others see
 */
public record ImportEffects(boolean isNothing, List<String> changing, List<String> lasting) {
  public ImportEffects {
    changing = List.copyOf(changing);
    lasting = List.copyOf(lasting);
  }

  /**
   * The effects of a component.
   *
   * @param imports its imports by extern name
   * @param grants what it was granted
   */
  public static ImportEffects of(Map<String, ExternType> imports, List<Grant> grants) {
    Set<Capability> granted = EnumSet.noneOf(Capability.class);
    grants.forEach(grant -> granted.add(grant.capability()));
    boolean packed =
        FileMount.of(grants).stream().allMatch(mount -> mount.packed() && !mount.writable());
    boolean nothing = true;
    List<String> changing = new ArrayList<>();
    List<String> lasting = new ArrayList<>();
    for (Map.Entry<String, ExternType> imported : imports.entrySet()) {
      if (isTypesOnly(imported.getValue())) {
        continue;
      }
      Optional<InterfaceName> name = InterfaceName.parse(imported.getKey());
      Effect effect = name.map(known -> of(known, granted, packed)).orElse(Effect.LAST);
      nothing &= effect == Effect.NONE && name.filter(ImportEffects::isOfFiles).isPresent();
      if (effect != Effect.NONE) {
        changing.add(imported.getKey());
      }
      if (effect == Effect.LAST) {
        lasting.add(imported.getKey());
      }
    }
    return new ImportEffects(nothing, changing, lasting);
  }

  /** Whether something that is imported holds nothing but types, so that nobody has to serve it. */
  public static boolean isTypesOnly(ExternType type) {
    return switch (type) {
      case ExternType.Type typeOnly -> true;
      case ExternType.Instance instance ->
          instance.exports().values().stream().allMatch(ImportEffects::isTypesOnly);
      case ExternType.Func func -> false;
      case ExternType.Resource resource -> false;
      case ExternType.Component component -> false;
      case ExternType.CoreModule module -> false;
    };
  }

  private enum Effect {
    NONE,
    CHANGE,
    LAST
  }

  /** Files are streams too; where nothing else is imported, there are no other streams. */
  private static boolean isOfFiles(InterfaceName name) {
    return name.packageName().equals("wasi:filesystem") || name.packageName().equals("wasi:io");
  }

  /**
   * Without a grant, files, variables and networks are always the same: none.
   *
   * @param packed whether all files that a grant shows are packed with the component
   */
  private static Effect of(InterfaceName name, Set<Capability> granted, boolean packed) {
    if (name.isContract()) {
      return name.name().equals("logging") ? Effect.NONE : Effect.LAST;
    }
    return switch (name.packageName()) {
      case "wasi:io" -> Effect.NONE;
      case "wasi:cli" ->
          name.name().equals("environment") && granted.contains(Capability.ENVIRONMENT)
              ? Effect.CHANGE
              : Effect.NONE;
      case "wasi:filesystem" -> packed ? Effect.NONE : Effect.LAST;
      case "wasi:sockets", "wasi:http" ->
          granted.contains(Capability.NETWORK) ? Effect.LAST : Effect.NONE;
      case "wasi:clocks", "wasi:random" -> Effect.CHANGE;
      default -> Effect.LAST;
    };
  }

  /** The first import that may answer alike calls differently. */
  public Optional<String> firstChanging() {
    return changing.stream().findFirst();
  }
}
