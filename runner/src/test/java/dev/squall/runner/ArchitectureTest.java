package dev.squall.runner;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows of the design inside the runner. */
class ArchitectureTest {
  private static final String RUNNER = "dev.squall.runner";
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(RUNNER);

  @Test
  void arrowsPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("arrival")
        .definedBy(RUNNER + ".engine.arrival..")
        .layer("payload")
        .definedBy(RUNNER + ".engine.payload..")
        .layer("json")
        .definedBy(RUNNER + ".engine.json..")
        .layer("tls")
        .definedBy(RUNNER + ".engine.tls..")
        .layer("http2")
        .definedBy(RUNNER + ".engine.http2..")
        .layer("names")
        .definedBy(RUNNER + ".engine.names..")
        .layer("recording")
        .definedBy(RUNNER + ".recording..")
        .layer("engine")
        .definedBy(RUNNER + ".engine")
        .layer("plan")
        .definedBy(RUNNER + ".plan..")
        .layer("results")
        .definedBy(RUNNER + ".results..")
        .layer("coordinator")
        .definedBy(RUNNER + ".coordinator..")
        .layer("control")
        .definedBy(RUNNER + ".control..")
        .layer("vitals")
        .definedBy(RUNNER + ".vitals..")
        .layer("rehearsal")
        .definedBy(RUNNER + ".rehearsal..")
        .layer("cli")
        .definedBy(RUNNER + ".cli..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("plan")
        .mayOnlyBeAccessedByLayers("coordinator", "control", "results", "cli")
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("plan", "control", "coordinator", "results", "rehearsal", "cli")
        .whereLayer("rehearsal")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("vitals")
        .mayOnlyBeAccessedByLayers("control", "coordinator", "cli")
        .whereLayer("payload")
        .mayOnlyBeAccessedByLayers("engine", "http2", "plan")
        .whereLayer("http2")
        .mayOnlyBeAccessedByLayers("engine")
        .whereLayer("json")
        .mayOnlyBeAccessedByLayers("engine", "plan")
        .whereLayer("tls")
        .mayOnlyBeAccessedByLayers("engine", "plan", "rehearsal")
        .whereLayer("names")
        .mayOnlyBeAccessedByLayers("engine")
        .check(MAIN);
  }

  @Test
  void roomsHaveNoCycles() {
    slices().matching(RUNNER + ".(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void theEngineKnowsNoKubernetesNoJsonMapperNoCrd() {
    noClasses()
        .that()
        .resideInAnyPackage(RUNNER + ".engine..", RUNNER + ".recording..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.squall.api..", "com.fasterxml.jackson..", "io.fabric8..")
        .check(MAIN);
  }

  @Test
  void schedulesAndPayloadsAreFunctionsWithoutAClockOrANetwork() {
    noClasses()
        .that()
        .resideInAnyPackage(
            RUNNER + ".engine.arrival..", RUNNER + ".engine.payload..", RUNNER + ".engine.json..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", "java.time..", "java.net..", "java.util.concurrent..")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.util.Random.class)
        .check(MAIN);
  }

  @Test
  void theRunnersImageNeedsNoKubernetesClient() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.fabric8..").or(resideInAPackage("dev.squall.api.resource..")))
        .check(MAIN);
  }

  @Test
  void testsAwaitConditionsInsteadOfSleeping() {
    JavaClasses all = new ClassFileImporter().importPackages(RUNNER);
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Test")
        .or()
        .haveSimpleNameEndingWith("IT")
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .check(all);
  }
}
