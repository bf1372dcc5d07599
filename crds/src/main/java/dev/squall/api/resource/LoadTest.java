package dev.squall.api.resource;

import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.LoadTestStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** The resource {@code LoadTest.squall.dev/v1alpha1}. */
@Group("squall.dev")
@Version("v1alpha1")
@Kind("LoadTest")
@Plural("loadtests")
@Singular("loadtest")
@ValidationRule(
    value =
        "size(self.metadata.name) <= 40 && self.metadata.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
    message =
        "a LoadTest's name must be a DNS label of at most 40 characters (a-z, 0-9 and -): its runs and their pods are named after it",
    fieldPath = ".metadata.name")
@AdditionalPrinterColumn(
    name = "Phase",
    jsonPath = ".status.phase",
    getDescription = "Phase of the newest run")
@AdditionalPrinterColumn(
    name = "Verdict",
    jsonPath = ".status.verdict",
    getDescription = "What the newest run says about the target")
@AdditionalPrinterColumn(
    name = "Users",
    jsonPath = ".status.display.users",
    getDescription = "Users of the newest run")
@AdditionalPrinterColumn(
    name = "Req/s",
    jsonPath = ".status.display.requestsPerSecond",
    getDescription = "Completed requests per second")
@AdditionalPrinterColumn(
    name = "p95",
    jsonPath = ".status.display.p95",
    getDescription = "95th percentile of the response time")
@AdditionalPrinterColumn(
    name = "Model",
    jsonPath = ".status.display.model",
    getDescription = "Model of the response times; closed ones hide a stall in part")
@AdditionalPrinterColumn(
    name = "Failures",
    jsonPath = ".status.display.failures",
    getDescription = "Failures and their share of the requests")
@AdditionalPrinterColumn(
    name = "Run",
    jsonPath = ".status.currentRun",
    getDescription = "Name of the newest run",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    getDescription = "Why the LoadTest is ready or not",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    getDescription = "The same in a sentence",
    priority = 1)
@ShortNames("ldt")
public final class LoadTest extends CustomResource<LoadTestSpec, LoadTestStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
