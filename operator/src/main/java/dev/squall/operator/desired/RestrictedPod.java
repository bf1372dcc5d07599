package dev.squall.operator.desired;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.squall.api.v1alpha1.Resources;
import dev.squall.api.wire.PodContract;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What runner and coordinator pods share: they pass Pod Security {@code restricted} as they are,
 * have no API token, write only to empty directories, and get 30 s to end.
 */
final class RestrictedPod {
  private static final long USER = 65532;
  private static final ObjectMapper JSON = new ObjectMapper();

  private RestrictedPod() {}

  static PodSpecBuilder spec(
      RunIdentity run, String role, Resources resources, ClusterSettings settings) {
    return new PodSpecBuilder()
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(30L)
        .withImagePullSecrets(
            settings.imagePullSecrets().stream().map(LocalObjectReference::new).toList())
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withFsGroup(USER)
        .withFsGroupChangePolicy("OnRootMismatch")
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withContainers(container(role, resources, settings).build())
        .addToVolumes(
            new VolumeBuilder()
                .withName("plan")
                .withNewConfigMap()
                .withName(Names.plan(run.run(), run.uid()))
                .endConfigMap()
                .build(),
            new VolumeBuilder()
                .withName("token")
                .withNewSecret()
                .withSecretName(Names.token(run.run(), run.uid()))
                .endSecret()
                .build(),
            new VolumeBuilder().withName("work").withNewEmptyDir().endEmptyDir().build(),
            new VolumeBuilder().withName("tmp").withNewEmptyDir().endEmptyDir().build());
  }

  private static ContainerBuilder container(
      String role, Resources resources, ClusterSettings settings) {
    return new ContainerBuilder()
        .withName(PodContract.CONTAINER)
        .withImage(settings.image())
        .withImagePullPolicy(settings.imagePullPolicy())
        .withArgs(role)
        .addNewPort()
        .withName(PodContract.PORT_NAME)
        .withContainerPort(PodContract.PORT)
        .endPort()
        .withResources(requirements(resources))
        .withNewReadinessProbe()
        .withNewHttpGet()
        .withPath(PodContract.HEALTH_PATH)
        .withPort(new IntOrString(PodContract.PORT_NAME))
        .endHttpGet()
        .withPeriodSeconds(1)
        .withTimeoutSeconds(2)
        .withFailureThreshold(5)
        .endReadinessProbe()
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .withTerminationMessagePolicy("File")
        .addToVolumeMounts(
            mount("plan", PodContract.PLAN_DIR).withReadOnly(true).build(),
            mount("token", parent(PodContract.TOKEN_FILE)).withReadOnly(true).build(),
            mount("work", PodContract.WORK_DIR).build(),
            mount("tmp", "/tmp").build());
  }

  /** A mount of a volume. */
  static VolumeMountBuilder mount(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path);
  }

  /**
   * The pod template: labels, then the test's partial template merged in. What the operator finds
   * its pods by, their labels and the token's absence, stays ours.
   */
  static PodTemplateSpec template(
      RunIdentity run, String role, PodSpec spec, @Nullable JsonNode partial) {
    Map<String, String> labels = Labels.of(run, role);
    PodTemplateSpec ours =
        new PodTemplateSpecBuilder()
            .withNewMetadata()
            .withLabels(labels)
            .endMetadata()
            .withSpec(spec)
            .build();
    if (partial == null || !partial.isObject()) {
      return ours;
    }
    ObjectNode merged = TemplateMerge.merge(JSON.valueToTree(ours), partial);
    PodTemplateSpec template = parse(merged, role);
    return template
        .edit()
        .editOrNewMetadata()
        .addToLabels(labels)
        .endMetadata()
        .editOrNewSpec()
        .withRestartPolicy(spec.getRestartPolicy())
        .withSubdomain(spec.getSubdomain())
        .withHostname(null)
        .endSpec()
        .build();
  }

  private static PodTemplateSpec parse(ObjectNode merged, String role) {
    try {
      return JSON.treeToValue(merged, PodTemplateSpec.class);
    } catch (JsonMappingException e) {
      String path =
          e.getPath().stream()
              .map(
                  r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
              .collect(Collectors.joining());
      throw new IllegalArgumentException(
          "spec.%s.template%s does not have the type that a pod template has there"
              .formatted(role.equals(PodContract.RUNNER) ? "runners" : "coordinator", path),
          e);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a pod template in memory as JSON", e);
    }
  }

  private static ResourceRequirements requirements(Resources resources) {
    return new ResourceRequirementsBuilder()
        .withRequests(quantities(resources.requests()))
        .withLimits(quantities(resources.limits()))
        .build();
  }

  private static Map<String, Quantity> quantities(Map<String, String> texts) {
    Map<String, Quantity> quantities = new LinkedHashMap<>();
    texts.keySet().stream().sorted().forEach(k -> quantities.put(k, new Quantity(texts.get(k))));
    return quantities;
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }
}
