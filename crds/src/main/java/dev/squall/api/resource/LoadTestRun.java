package dev.squall.api.resource;

import dev.squall.api.v1alpha1.LoadTestRunSpec;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** The resource {@code LoadTestRun.squall.dev/v1alpha1}. */
@Group("squall.dev")
@Version("v1alpha1")
@Kind("LoadTestRun")
@Plural("loadtestruns")
@Singular("loadtestrun")
@ValidationRule(
    value =
        "size(self.metadata.name) <= 51 && self.metadata.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
    message =
        "a LoadTestRun's name must be a DNS label of at most 51 characters (a-z, 0-9 and -): its pods and Services are named after it",
    fieldPath = ".metadata.name")
@AdditionalPrinterColumn(
    name = "LoadTest",
    jsonPath = ".spec.loadTest",
    getDescription = "The LoadTest that is run")
@AdditionalPrinterColumn(
    name = "Phase",
    jsonPath = ".status.phase",
    getDescription = "Where the run stands")
@AdditionalPrinterColumn(
    name = "Verdict",
    jsonPath = ".status.verdict",
    getDescription = "What the run says about the target")
@AdditionalPrinterColumn(
    name = "Users",
    jsonPath = ".status.display.users",
    getDescription = "Users now, or at the peak once completed")
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
    name = "Reason",
    jsonPath = ".status.reason",
    getDescription = "One word for the verdict")
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.message",
    getDescription = "The verdict in a sentence",
    priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.loadTest")
@ShortNames("ldtr")
public final class LoadTestRun extends CustomResource<LoadTestRunSpec, LoadTestRunStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
