package io.calcitewasm.udf.module;

import io.calcitewasm.component.Caps;
import io.calcitewasm.component.Component;
import io.calcitewasm.component.ComponentEngine;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.LinkException;
import io.calcitewasm.component.LinkedComponent;
import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.TypeName;
import io.calcitewasm.component.model.ValType.NamedType;
import io.calcitewasm.host.HostServices;
import io.calcitewasm.host.provision.PackedFiles;
import io.calcitewasm.host.provision.Provision;
import io.calcitewasm.policy.Admission;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.Limits;
import io.calcitewasm.policy.Manifest;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.policy.rules.ModuleWish;
import io.calcitewasm.policy.rules.Policy;
import io.calcitewasm.policy.rules.Verdict;
import io.calcitewasm.udf.GuestText;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.Isolation;
import io.calcitewasm.udf.instance.ModuleRuntime;
import io.calcitewasm.udf.instance.WarmUp;
import io.calcitewasm.udf.instance.Watchdog;
import io.calcitewasm.udf.signature.ContractType;
import io.calcitewasm.udf.signature.SignatureMapper;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.trait.FunctionTraits;
import io.calcitewasm.udf.trait.ImportEffects;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way of a module from bytes to a version that can be called: digest, reader, manifest, policy,
 * signatures, linker. No guest instruction runs on it.
 */
final class Preparation {
  private final ComponentEngine engine;
  private final HostServices services;
  private final Watchdog watchdog;
  private final WarmUp warmUp;
  private final Policy policy;
  private final ModuleRequest request;

  Preparation(
      ComponentEngine engine,
      HostServices services,
      Watchdog watchdog,
      WarmUp warmUp,
      Policy policy,
      ModuleRequest request) {
    this.policy = policy;
    this.engine = engine;
    this.services = services;
    this.watchdog = watchdog;
    this.warmUp = warmUp;
    this.request = request;
  }

  /**
   * Goes the whole way.
   *
   * @throws SqlError WM001, WM002, WM003, 42501 or what the request itself makes wrong
   */
  ModuleVersion run() {
    ModuleNames.check(request.name());
    try {
      return judged();
    } catch (PolicyException e) {
      throw refuse(e.sqlState(), String.valueOf(e.getMessage()), e);
    } catch (InvalidComponentException e) {
      throw refuse("WM001", GuestText.of(String.valueOf(e.getMessage())), e);
    } catch (LinkException e) {
      throw refuse(
          "WM002",
          "the component cannot be linked: " + GuestText.of(String.valueOf(e.getMessage())),
          e);
    }
  }

  private ModuleVersion judged() throws InvalidComponentException, LinkException {
    request.digest().ifPresent(digest -> digest(digest));
    Limits operator = with(policy.defaults());
    Component component = Component.read(request.bytes(), caps(operator));
    Manifest manifest = ComponentManifest.of(component);
    ModuleWish wish =
        new ModuleWish(
            request.signature(),
            request.grants(),
            request.limits(),
            request.isolations().all().stream().map(Isolation::name).toList());
    Verdict verdict = wish.judge(policy, manifest, component.sha256());
    if (verdict.limits().memoryBytes() < operator.memoryBytes()) {
      component = Component.read(request.bytes(), caps(verdict.limits()));
    }
    admit(component, manifest, verdict.grants());
    PackedFiles files = PackedFiles.of(component.customSections());
    List<SqlFunction> functions = SignatureMapper.functions(request.name(), component, manifest);
    request
        .isolations()
        .misfit(functions)
        .ifPresent(
            problem -> {
              throw refuse("42883", problem, null);
            });
    Map<SqlFunction, FunctionTraits> traits =
        FunctionTraits.of(
            functions,
            manifest,
            ImportEffects.of(component.imports(), verdict.grants()),
            request.isolations());
    LinkedComponent linked = engine.link(component, services.linker(component, verdict.grants()));
    return version(component, manifest, files, wish, verdict, traits, linked);
  }

  private ModuleVersion version(
      Component component,
      Manifest manifest,
      PackedFiles files,
      ModuleWish wish,
      Verdict verdict,
      Map<SqlFunction, FunctionTraits> traits,
      LinkedComponent linked) {
    List<SqlFunction> functions = List.copyOf(traits.keySet());
    ModuleRuntime runtime;
    try {
      runtime =
          new ModuleRuntime(
              request.name(),
              ModuleVersion.label(manifest, component),
              linked,
              functions,
              services,
              new ModuleRuntime.Terms(
                  provision(verdict, files),
                  verdict.limits(),
                  request.isolations(),
                  request.config()),
              watchdog,
              warmUp);
    } catch (IllegalArgumentException e) {
      throw refuse("WM002", "the component " + e.getMessage(), e);
    }
    if (!request.config().isEmpty() && !runtime.hasOnLoad()) {
      throw refuse(
          "22023",
          "it exports no calcite:extension/lifecycle that would be told the configuration "
              + String.join(", ", request.config().keySet()),
          null);
    }
    return new ModuleVersion(
        request.name(),
        request.source(),
        component,
        manifest,
        files,
        wish,
        verdict,
        request.isolations(),
        functions,
        traits,
        runtime,
        0);
  }

  /** What the policy sets wins over what the statement sets. */
  private Provision provision(Verdict verdict, PackedFiles files) {
    Map<String, String> settings = new HashMap<>(request.environment());
    settings.putAll(verdict.rule().environment());
    return Provision.of(verdict.grants(), settings, files);
  }

  private void digest(String demanded) {
    try {
      Digest.check(demanded, request.bytes());
    } catch (SqlError e) {
      throw refuse(e.sqlState(), e.getMessage(), null);
    }
  }

  private Limits with(Limits base) {
    Limits limits = base;
    for (Map.Entry<String, Object> limit : request.limits().entrySet()) {
      limits = limits.with(limit.getKey(), limit.getValue());
    }
    return limits;
  }

  private static Caps caps(Limits limits) {
    return Caps.DEFAULT.withMemoryBytes(limits.memoryBytes());
  }

  private void admit(Component component, Manifest manifest, List<Grant> grants) {
    new Admission(services.capabilities())
        .check(
            manifest,
            component.imports().entrySet().stream()
                .map(i -> new Admission.Import(i.getKey(), ImportEffects.isTypesOnly(i.getValue())))
                .toList(),
            grants);
    component.imports().forEach(this::checkContractTypes);
  }

  /** Types that bear the contract's names have the contract's form, or the contract is another. */
  private void checkContractTypes(String externName, ExternType type) {
    if (type instanceof ExternType.Instance instance) {
      instance
          .exports()
          .forEach(
              (name, export) -> {
                if (export instanceof ExternType.Type named
                    && ContractType.isStale(
                        new NamedType(new TypeName(externName, name), named.type().structure()))) {
                  throw refuse(
                      "WM002",
                      "type " + name + " of " + externName + " has another form than here",
                      null);
                }
              });
    }
  }

  private SqlError refuse(String sqlState, String problem, @Nullable Throwable cause) {
    return new SqlError(
        sqlState, "module " + request.name() + ": " + problem, cause, request.name());
  }
}
