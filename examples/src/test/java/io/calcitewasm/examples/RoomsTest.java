package io.calcitewasm.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** Who may use whom: docs/architecture.md, "Rooms". */
class RoomsTest {
  private static final String ROOT = "io.calcitewasm.";

  private final JavaClasses everything =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.calcitewasm");

  private static String room(String name) {
    return ROOT + name + "..";
  }

  @Test
  void a_room_uses_only_the_rooms_below_it() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("io.calcitewasm..")
        .layer("examples")
        .definedBy(room("examples"))
        .layer("jdbc")
        .definedBy(room("jdbc"))
        .layer("adapter")
        .definedBy(room("adapter"))
        .optionalLayer("vtab")
        .definedBy(room("vtab"))
        .layer("udf")
        .definedBy(room("udf"))
        .layer("host")
        .definedBy(room("host"))
        .layer("component")
        .definedBy(room("component"))
        .layer("policy")
        .definedBy(room("policy"))
        .layer("guest")
        .definedBy(room("guest"))
        .whereLayer("examples")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("jdbc")
        .mayOnlyBeAccessedByLayers("examples")
        .whereLayer("adapter")
        .mayOnlyBeAccessedByLayers("jdbc", "examples")
        .whereLayer("vtab")
        .mayOnlyBeAccessedByLayers("adapter", "jdbc", "examples")
        .whereLayer("udf")
        .mayOnlyBeAccessedByLayers("vtab", "adapter", "jdbc", "examples")
        .whereLayer("host")
        .mayOnlyBeAccessedByLayers("udf", "vtab", "adapter", "jdbc", "examples")
        .whereLayer("component")
        .mayOnlyBeAccessedByLayers("host", "udf", "vtab", "adapter", "jdbc", "examples")
        .whereLayer("policy")
        .mayOnlyBeAccessedByLayers("host", "udf", "vtab", "adapter", "jdbc", "examples")
        .whereLayer("guest")
        .mayOnlyBeAccessedByLayers("examples")
        .check(everything);
  }

  @Test
  void component_model_and_policy_know_no_other_room() {
    noClasses()
        .that()
        .resideInAPackage(room("policy"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(room("component"), "org.graalvm..", "org.apache.calcite..")
        .check(everything);
    noClasses()
        .that()
        .resideInAPackage(room("component"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(room("policy"), "java.sql..", "org.apache.calcite..")
        .check(everything);
  }

  @Test
  void only_component_core_knows_graalwasm() {
    noClasses()
        .that()
        .resideOutsideOfPackage(room("component.core"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.graalvm..", "com.oracle.truffle..")
        .check(everything);
  }

  @Test
  void udf_and_below_know_no_calcite() {
    noClasses()
        .that()
        .resideInAnyPackage(room("udf"), room("host"), room("component"), room("policy"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.calcite..", "java.sql..")
        .check(everything);
  }

  @Test
  void command_line_and_shell_see_the_engine_through_jdbc() {
    noClasses()
        .that()
        .resideInAnyPackage(room("jdbc.cli"), room("jdbc.shell"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            room("adapter.plan"), room("adapter.exec"), room("adapter.sql"), "org.apache.calcite..")
        .check(everything);
  }

  @Test
  void packages_of_a_room_form_no_cycle() {
    for (String room : new String[] {"component", "host", "udf", "adapter"}) {
      SlicesRuleDefinition.slices()
          .matching(ROOT + room + ".(*)..")
          .should()
          .beFreeOfCycles()
          .check(everything);
    }
  }

  @Test
  void there_is_no_public_static_mutable_state() {
    fields()
        .that()
        .arePublic()
        .and()
        .areStatic()
        .and()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackage(ROOT + "adapter.parser.javacc..")
        .should()
        .beFinal()
        .check(everything);
  }

  @Test
  void names_tell_a_duty() {
    classes()
        .that()
        .resideOutsideOfPackage(ROOT + "adapter.parser.javacc..")
        .should()
        .haveNameNotMatching(".*(Utils?|Helper|Manager|Impl)$")
        .check(everything);
  }
}
