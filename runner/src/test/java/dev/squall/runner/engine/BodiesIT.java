package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.recording.Merged;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that are compressed, and targets on IPv6. */
@Timeout(180)
class BodiesIT {
  @Test
  void aCompressedBodyIsReadWhereACheckNeedsItAndCountedAsItCame() throws Exception {
    byte[] body = gzip("{\"diagnosis\":\"clear\"}".repeat(500));
    ScriptedServer.Script script =
        (request, c) -> {
          String coding = request.target().equals("/br") ? "br" : "gzip";
          c.write(
              "HTTP/1.1 200 OK\r\nContent-Encoding: "
                  + coding
                  + "\r\nTransfer-Encoding: chunked\r\n\r\n");
          c.write(Integer.toHexString(body.length) + "\r\n");
          c.out.write(body);
          c.write("\r\n0\r\n\r\n");
        };
    Check clear = Workloads.body(text -> text.endsWith("clear\"}"), "not clear");
    try (ScriptedServer server = new ScriptedServer(script)) {
      Workloads workload = Workloads.to(server.port()).requests(20);
      Merged merged =
          EngineIT.run(workload.task(1, workload.get("t", "/", List.of(clear), List.of())).build());
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.total("").contentBytes()).isEqualTo(20L * body.length);

      Workloads other = Workloads.to(server.port()).requests(20);
      merged =
          EngineIT.run(other.task(1, other.get("t", "/br", List.of(clear), List.of())).build());
      assertThat(merged.failures()).hasSize(1);
      assertThat(merged.failures().getFirst().kind()).isEqualTo(FailureKind.DECODE);
      assertThat(merged.failures().getFirst().reason()).isEqualTo(Inflation.NOT_UNDERSTOOD);

      merged = EngineIT.run(Workloads.to(server.port()).requests(20).get("/br").build());
      assertThat(merged.failures()).isEmpty();
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  @Test
  void anIpv6TargetIsReachedByItsAddress() throws Exception {
    ServerSocketFactory sockets =
        new ServerSocketFactory() {
          @Override
          public ServerSocket createServerSocket(int port) throws IOException {
            return createServerSocket(port, 50);
          }

          @Override
          public ServerSocket createServerSocket(int port, int backlog) throws IOException {
            return new ServerSocket(port, backlog, InetAddress.ofLiteral("::1"));
          }

          @Override
          public ServerSocket createServerSocket(int port, int backlog, InetAddress ignored)
              throws IOException {
            return createServerSocket(port, backlog);
          }
        };
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok("x"), sockets, true)) {
      Merged merged =
          EngineIT.run(
              Workloads.to(new Endpoint(false, "::1", server.port(), ""))
                  .requests(20)
                  .get("/")
                  .build());
      assertThat(merged.failures()).isEmpty();
      assertThat(server.received().getFirst().headers())
          .containsEntry("host", "[::1]:" + server.port());
    }
  }
}
