package dev.squall.runner.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.squall.api.wire.Plan;
import dev.squall.api.wire.PodContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Reads the plan that the operator left for a run's pods. */
public final class PlanReader {
  /** A newer operator may add fields that this runner does not know. */
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private PlanReader() {}

  /**
   * Reads {@link PodContract#PLAN_KEY} or {@link PodContract#PLAN_GZIP_KEY}.
   *
   * @param folder where the plan ConfigMap is mounted, {@link PodContract#PLAN_DIR} in a pod
   * @throws PlanException if there is neither, or it is no plan
   * @throws UncheckedIOException if it cannot be read
   */
  public static Plan read(Path folder) {
    Path plain = folder.resolve(PodContract.PLAN_KEY);
    Path gzipped = folder.resolve(PodContract.PLAN_GZIP_KEY);
    Path file = Files.exists(plain) ? plain : gzipped;
    if (!Files.exists(file)) {
      throw new PlanException(
          "",
          "no %s and no %s in %s: mount the run's plan ConfigMap there"
              .formatted(PodContract.PLAN_KEY, PodContract.PLAN_GZIP_KEY, folder));
    }
    try (InputStream in = Files.newInputStream(file);
        InputStream json = file.equals(gzipped) ? new GZIPInputStream(in) : in) {
      return JSON.readValue(json, Plan.class);
    } catch (JsonProcessingException e) {
      throw new PlanException(
          "", file + " is not a plan of this version of Squall: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
