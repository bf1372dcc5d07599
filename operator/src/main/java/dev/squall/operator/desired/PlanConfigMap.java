package dev.squall.operator.desired;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.ServiceTarget;
import dev.squall.api.v1alpha1.Target;
import dev.squall.api.wire.Plan;
import dev.squall.api.wire.PodContract;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/** The plan of a run, what its pods are told, as an immutable ConfigMap. */
final class PlanConfigMap {
  /** A plan of more bytes than this is gzipped, so that a large test does not weigh on etcd. */
  static final int GZIP_ABOVE_BYTES = 32 * 1024;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build();

  private PlanConfigMap() {}

  static ConfigMap of(RunIdentity run, LoadTestSpec test, ClusterSettings settings) {
    byte[] json = json(plan(run, test, settings));
    ConfigMapBuilder map =
        new ConfigMapBuilder()
            .withMetadata(run.metadata(Names.plan(run.run(), run.uid()), Labels.of(run)))
            .withImmutable(true);
    return json.length <= GZIP_ABOVE_BYTES
        ? map.addToData(PodContract.PLAN_KEY, new String(json, StandardCharsets.UTF_8)).build()
        : map.addToBinaryData(
                PodContract.PLAN_GZIP_KEY, Base64.getEncoder().encodeToString(gzip(json)))
            .build();
  }

  private static Plan plan(RunIdentity run, LoadTestSpec test, ClusterSettings settings) {
    return new Plan(
        run.namespace(),
        run.loadTest(),
        run.run(),
        run.uid(),
        test.runners().count(),
        targetUrl(run.namespace(), test.target(), settings),
        test);
  }

  private static String targetUrl(String namespace, Target target, ClusterSettings settings) {
    ServiceTarget service = target.service();
    if (service == null) {
      return Objects.requireNonNull(target.url(), "spec.target has a service or a url");
    }
    String other = service.namespace() == null ? namespace : service.namespace();
    return "%s://%s:%d"
        .formatted(service.scheme(), settings.serviceHost(service.name(), other), service.port());
  }

  private static byte[] json(Plan plan) {
    try {
      return JSON.writeValueAsBytes(plan);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("the plan of run %s as JSON".formatted(plan.run()), e);
    }
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("gzip in memory", e);
    }
    return zipped.toByteArray();
  }
}
