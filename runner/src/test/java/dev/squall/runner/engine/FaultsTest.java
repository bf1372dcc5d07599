package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.recording.FailureKind;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FaultsTest {
  static Stream<Arguments> connecting() {
    return Stream.of(
        // As epoll and as NIO tell it; addresses and ports must not show.
        Arguments.of(
            new ConnectException("finishConnect(..) failed: Connection refused: /127.0.0.1:80"),
            FailureKind.CONNECT,
            "connection refused"),
        Arguments.of(
            new NoRouteToHostException("No route to host: /10.0.0.1:80"),
            FailureKind.CONNECT,
            "host unreachable"),
        Arguments.of(
            new IOException("connect(..) failed: Network is unreachable"),
            FailureKind.CONNECT,
            "network unreachable"),
        Arguments.of(
            new BindException("connect(..) failed: Cannot assign requested address: /10.0.0.1:80"),
            FailureKind.PORTS,
            "no free local port"),
        Arguments.of(
            new IOException("connect(..) failed with error(-99): Cannot assign requested address"),
            FailureKind.PORTS,
            "no free local port"),
        Arguments.of(
            new IOException("socket() failed: Too many open files"),
            FailureKind.PORTS,
            "no free file descriptor"),
        Arguments.of(
            new ConnectException("finishConnect(..) failed: Connection timed out"),
            FailureKind.CONNECT,
            "connecting timed out"),
        Arguments.of(
            new IOException("finishConnect(..) failed: Connection reset by peer"),
            FailureKind.CONNECT,
            "connection reset while connecting"));
  }

  @ParameterizedTest
  @MethodSource("connecting")
  void errorsWhileConnectingGroupWell(Throwable error, FailureKind kind, String reason) {
    assertThat(Faults.connecting(error)).isEqualTo(new Refusal(kind, reason));
  }

  static Stream<Arguments> handshakes() {
    return Stream.of(
        Arguments.of(new NotSslRecordException("484…"), "the target does not speak TLS"),
        Arguments.of(
            new DecoderException(
                new SSLHandshakeException(
                    "PKIX path building failed: unable to find valid certification path to requested target")),
            "certificate not trusted"),
        Arguments.of(
            caused(
                new SSLHandshakeException("(certificate_unknown) No name matching b found"),
                new CertificateException("No name matching b found")),
            "certificate is for another name"),
        Arguments.of(
            new SSLHandshakeException("Received fatal alert: protocol_version"),
            "alert: protocol_version"),
        Arguments.of(
            new SSLHandshakeException(
                "(handshake_failure) Received fatal alert: handshake_failure"),
            "alert: handshake_failure"),
        Arguments.of(
            new SSLHandshakeException(
                "error:1000042e:SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION"),
            "alert: protocol_version"),
        Arguments.of(new SSLException("anything else"), "handshake failed"),
        Arguments.of(new ClosedChannelException(), "connection closed during the handshake"));
  }

  private static Throwable caused(Throwable error, Throwable cause) {
    return error.initCause(cause);
  }

  @ParameterizedTest
  @MethodSource("handshakes")
  void errorsOfTheHandshakeAreTlsFailures(Throwable error, String reason) {
    assertThat(Faults.handshake(error)).isEqualTo(new Refusal(FailureKind.TLS, reason));
  }

  @ParameterizedTest
  @MethodSource("connecting")
  void anErrorOfAnEstablishedConnectionIsAReset(Throwable error) {
    assertThat(Faults.established(error)).isEqualTo(Faults.RESET);
  }
}
