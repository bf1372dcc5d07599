package dev.squall.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The operator's rooms, and which way the arrows point. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.squall.operator");

  @Test
  void theRoomsDependOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("accept")
        .definedBy("..operator.accept")
        .layer("desired")
        .definedBy("..operator.desired")
        .layer("observe")
        .definedBy("..operator.observe")
        .layer("lifecycle")
        .definedBy("..operator.lifecycle")
        .layer("apply")
        .definedBy("..operator.apply")
        .layer("status")
        .definedBy("..operator.status")
        .layer("reconcilers")
        .definedBy("dev.squall.operator")
        .whereLayer("reconcilers")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("status")
        .mayOnlyBeAccessedByLayers("reconcilers")
        .whereLayer("apply")
        .mayOnlyBeAccessedByLayers("reconcilers")
        .whereLayer("lifecycle")
        .mayOnlyBeAccessedByLayers("apply", "status", "reconcilers")
        .whereLayer("observe")
        .mayOnlyBeAccessedByLayers("lifecycle", "apply", "status", "reconcilers")
        .whereLayer("desired")
        .mayOnlyBeAccessedByLayers("apply", "reconcilers")
        .check(CLASSES);
  }

  @Test
  void decidingKnowsNoKubernetes() {
    noClasses()
        .that()
        .resideInAnyPackage("..operator.lifecycle", "..operator.accept")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..", "io.quarkus..", "java.net.http")
        .check(CLASSES);
  }

  @Test
  void desiredObjectsAreMadeWithoutAClient() {
    noClasses()
        .that()
        .resideInAPackage("..operator.desired")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.fabric8.kubernetes.client",
            "io.fabric8.kubernetes.client.dsl..",
            "io.javaoperatorsdk..")
        .check(CLASSES);
  }

  @Test
  void onlyObservingApplyingAndReportingTalkToTheCluster() {
    noClasses()
        .that()
        .resideInAnyPackage("..operator.accept", "..operator.desired", "..operator.lifecycle")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.fabric8.kubernetes.client.KubernetesClient")
        .check(CLASSES);
  }

  @Test
  void noRoomIsPartOfACycle() {
    slices().matching("dev.squall.operator.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
