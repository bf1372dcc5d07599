package dev.squall.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.squall.api.wire.Plan;
import dev.squall.api.wire.Summary.DatasetDigest;
import dev.squall.runner.engine.RequestTemplate;
import dev.squall.runner.engine.payload.Draw;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans, datasets and credentials read from files. */
class PlanFilesIT {
  private static final String TEST =
      """
      apiVersion: squall.dev/v1alpha1
      kind: LoadTest
      metadata: {name: files}
      spec:
        target: {url: "http://target:8080"}
        loads: [{name: all, users: {count: 2}, requests: 10}]
        scenarios:
          - name: one
            tasks:
              - name: only
                request:
                  method: POST
                  path: "/${who}"
                  json: {payload: row}
                  credentials: {%s}
        payloads:
          - {name: row, row: {dataset: patients}}
          - {name: who, value: {column: {dataset: patients, name: name}}}
        datasets: [{name: patients, configMap: {name: patients, key: p.csv}}]
      """;

  private static final String BEARER = "bearer: {secretName: api}";
  private static final String CSV = "name,age,note\r\nAnn,41,\"a \"\"b\"\",\nc\"\r\nBo,7.5,\r\n";

  @TempDir Path folder;

  @Test
  void rowsGoIntoBodiesAndTheirFileIsHashed() throws IOException {
    mount("datasets/patients/data.csv", CSV);
    mount("secrets/api/token", "s3cret\n");

    CompiledPlan compiled = compile(BEARER);

    RequestTemplate request = Written.only(compiled.workload()).request();
    assertThat(Written.lines(request, new Draw(1, 2).at(0, 0, 0)))
        .containsExactly(
            "POST /Ann",
            "Authorization: Bearer s3cret",
            "{\"name\":\"Ann\",\"age\":41,\"note\":\"a \\\"b\\\",\\nc\"}");
    assertThat(Written.body(request, new Draw(1, 2).at(1, 0, 0)))
        .isEqualTo("{\"name\":\"Bo\",\"age\":7.5,\"note\":\"\"}");
    assertThat(compiled.datasets())
        .containsExactly(
            new DatasetDigest(
                "patients", "e429bbe999a69a381cadd0ef89a309479944dd9bfa19a067b477aea8838c9c44"));
  }

  @Test
  void basicAndHeaderCredentialsAreRead() throws IOException {
    mount("datasets/patients/data.csv", CSV);
    mount("secrets/api/username", "ann");
    mount("secrets/api/password", "pä");
    mount("secrets/api/key", "k");

    assertThat(header("basic: {secretName: api}")).isEqualTo("Authorization: Basic YW5uOnDDpA==");
    assertThat(header("header: {name: X-Key, secretName: api, key: key}")).isEqualTo("X-Key: k");
  }

  @Test
  void whatIsMissingIsNamedWithTheFix() throws IOException {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> compile(BEARER))
        .withMessageStartingWith("spec.datasets[0]: ")
        .withMessageContaining("data.csv");
    mount("datasets/patients/data.csv", CSV);
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> compile(BEARER))
        .withMessageStartingWith(
            "spec.scenarios[0].tasks[0].request.credentials.bearer: Secret 'api' has no readable"
                + " key 'token'");
    Plan plan = Written.plan(TEST.formatted(BEARER));
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> PlanCompiler.compile(plan, new Sources.Named(Map.of(), Map.of())))
        .withMessage("spec.datasets[0]: no file for it: give it with --dataset patients=FILE");
  }

  @Test
  void aFileThatIsNoCsvIsRefusedWithItsRow() throws IOException {
    mount("datasets/patients/data.csv", "name,age\nAnn,1,2\n");
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> compile(BEARER))
        .withMessageContaining("row 1: 3 cells under 2 columns");
    mount("datasets/patients/data.csv", "");
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> compile(BEARER))
        .withMessageContaining("its first line must name the columns");
    mount("datasets/patients/data.csv", "name,age\n\"Ann\"e,1\n");
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> compile(BEARER))
        .withMessageContaining("data.csv cannot be used: ");
    mount("datasets/patients/data.csv", "age\n1\n");
    mount("secrets/api/token", "t");
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> compile(BEARER))
        .withMessageStartingWith("spec.payloads[1].value: ")
        .withMessageContaining("no column 'name'");
    Files.write(folder.resolve("datasets/patients/data.csv"), new byte[] {'a', '\n', (byte) 0xE9});
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> compile(BEARER))
        .withMessageContaining("is not UTF-8");
  }

  @Test
  void aPlanIsReadPlainOrGzipped() throws IOException {
    Plan plan = Written.plan(TEST.formatted(BEARER));
    byte[] json = new JsonMapper().writeValueAsBytes(plan);
    Path plain = Files.createDirectories(folder.resolve("plain"));
    Files.write(plain.resolve("plan.json"), json);
    Path gzipped = Files.createDirectories(folder.resolve("gzipped"));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(gzipped.resolve("plan.json.gz")))) {
      out.write(json);
    }

    assertThat(PlanReader.read(plain)).isEqualTo(plan);
    assertThat(PlanReader.read(gzipped)).isEqualTo(plan);
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> PlanReader.read(folder))
        .withMessageContaining("mount the run's plan ConfigMap there");
  }

  private String header(String credentials) {
    List<String> lines =
        Written.lines(Written.only(compile(credentials).workload()).request(), new Draw(1, 1));
    return lines.get(1);
  }

  private CompiledPlan compile(String credentials) {
    return PlanCompiler.compile(
        Written.plan(TEST.formatted(credentials)),
        new Sources.Mounted(folder.resolve("secrets"), folder.resolve("datasets")));
  }

  private void mount(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
