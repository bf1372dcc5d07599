package dev.squall.runner.engine;

import dev.squall.runner.engine.http2.Frames;
import dev.squall.runner.recording.FailureKind;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.BindException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What an error of a socket means, as a failure whose reason holds no port, address of the target's
 * or other value that varies.
 */
final class Faults {
  static final Refusal CONNECT_TIMEOUT = new Refusal(FailureKind.CONNECT, "connecting timed out");
  static final Refusal TLS_TIMEOUT = new Refusal(FailureKind.TLS, "handshake timed out");
  static final Refusal NONE_FREE = new Refusal(FailureKind.TIMEOUT, "no free connection in time");
  static final Refusal TIMEOUT = new Refusal(FailureKind.TIMEOUT, "no whole answer in time");
  static final Refusal SILENT =
      new Refusal(FailureKind.TIMEOUT, "the stream fell silent: nothing for its betweenTimeout");
  static final Refusal RESET = new Refusal(FailureKind.RESET, "connection reset");
  static final Refusal CLOSED =
      new Refusal(FailureKind.RESET, "connection closed before an answer");
  static final Refusal CUT = new Refusal(FailureKind.RESET, "connection closed in mid-answer");
  static final Refusal EXCESS =
      new Refusal(FailureKind.DECODE, "bytes after the end of the answer");
  private static final String SPEAK_HTTP1 =
      "; if it speaks none, set spec.target.protocol to HTTP1";
  static final Refusal NOT_HTTP2 =
      new Refusal(FailureKind.CONNECT, "the target does not answer in HTTP/2" + SPEAK_HTTP1);
  static final Refusal CLOSED_GREETING =
      new Refusal(
          FailureKind.CONNECT,
          "connection closed before the target's HTTP/2 settings" + SPEAK_HTTP1);
  static final Refusal NO_SETTINGS =
      new Refusal(FailureKind.CONNECT, "no HTTP/2 settings from the target in time" + SPEAK_HTTP1);
  static final Refusal NOT_AGREED =
      new Refusal(FailureKind.TLS, "the target does not agree to HTTP/2 (ALPN)" + SPEAK_HTTP1);
  static final Refusal NO_STREAM =
      new Refusal(
          FailureKind.TIMEOUT,
          "the target allows no HTTP/2 stream (SETTINGS_MAX_CONCURRENT_STREAMS)");
  static final Refusal UNREAD =
      new Refusal(FailureKind.RESET, "connection given up: the target does not read its answers");
  static final Refusal DEAD =
      new Refusal(FailureKind.TIMEOUT, "connection given up: nothing came since a ping");
  private static final Refusal HEAD_TOO_LARGE =
      new Refusal(FailureKind.DECODE, "head over " + Frames.MAX_HEAD_BYTES + " bytes");
  private static final Refusal REFUSED = new Refusal(FailureKind.CONNECT, "connection refused");
  private static final Refusal NO_PORT = new Refusal(FailureKind.PORTS, "no free local port");
  private static final Refusal NO_FILE = new Refusal(FailureKind.PORTS, "no free file descriptor");

  /** How BoringSSL names the target's alert. */
  private static final Pattern BORING_ALERT = Pattern.compile("(?:sslv3|tlsv1)_alert_([a-z_]+)");

  private static final Refusal TLS_CLOSED =
      new Refusal(FailureKind.TLS, "connection closed during the handshake");

  private Faults() {}

  /** The target's name has no address, as the name servers say. */
  static Refusal unresolved(String host, String why) {
    return new Refusal(FailureKind.RESOLVE, "no address of " + host + ": " + why);
  }

  /** An error before the connection was established. */
  static Refusal connecting(Throwable error) {
    String text = text(error);
    if (error instanceof BindException || text.contains("cannot assign requested address")) {
      return NO_PORT;
    }
    if (text.contains("connection refused")) {
      return REFUSED;
    }
    if (text.contains("too many open files")) {
      return NO_FILE;
    }
    if (text.contains("timed out") || text.contains("timeout")) {
      return CONNECT_TIMEOUT;
    }
    if (text.contains("unreachable") || text.contains("no route to host")) {
      return new Refusal(
          FailureKind.CONNECT,
          text.contains("network is") ? "network unreachable" : "host unreachable");
    }
    if (text.contains("reset")) {
      return new Refusal(FailureKind.CONNECT, "connection reset while connecting");
    }
    return new Refusal(FailureKind.CONNECT, error.getClass().getSimpleName());
  }

  /** An error during the TLS handshake. */
  static Refusal handshake(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String text = text(cause);
      if (cause instanceof NotSslRecordException || text.contains("unrecognized ssl message")) {
        return tls("the target does not speak TLS");
      }
      if (cause instanceof CertificateExpiredException) {
        return tls("certificate expired");
      }
      if (cause instanceof CertificateException && text.contains("no ")) {
        return tls("certificate is for another name");
      }
      if (text.contains("unable to find valid certification path")
          || text.contains("path does not chain")) {
        return tls("certificate not trusted");
      }
      if (text.contains("no_application_protocol")) {
        return NOT_AGREED;
      }
      Matcher boring = BORING_ALERT.matcher(text);
      if (boring.find()) {
        return tls("alert: " + boring.group(1));
      }
      if (text.startsWith("received fatal alert: ") || text.startsWith("(")) {
        int at = text.indexOf("received fatal alert: ");
        if (at >= 0) {
          return tls(text.substring(at).replace("received fatal alert: ", "alert: "));
        }
      }
    }
    return error instanceof SSLException ? tls("handshake failed") : TLS_CLOSED;
  }

  /** An error of an established connection. */
  static Refusal established(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return tls("broken record");
      }
    }
    return error instanceof IOException
        ? RESET
        : new Refusal(FailureKind.DECODE, error.getClass().getSimpleName());
  }

  /** Frames that cannot be understood. */
  static Refusal frames(Http2Exception error) {
    return error instanceof Http2Exception.HeaderListSizeException
            || text(error).contains("header size exceeded")
        ? HEAD_TOO_LARGE
        : frames(error.error());
  }

  /** Frames that break the protocol. */
  static Refusal frames(Http2Error error) {
    return new Refusal(FailureKind.DECODE, "broken HTTP/2 frames: " + error);
  }

  /** The target has given a stream up. */
  static Refusal streamReset(long code) {
    return new Refusal(FailureKind.RESET, "stream reset: " + name(code));
  }

  /** The target gives the connection up. */
  static Refusal goneAway(long code) {
    return new Refusal(FailureKind.RESET, "connection given up by the target: " + name(code));
  }

  private static String name(long code) {
    Http2Error known = Http2Error.valueOf(code);
    return known == null ? "unknown code" : known.name();
  }

  private static Refusal tls(String reason) {
    return new Refusal(FailureKind.TLS, reason);
  }

  private static String text(@Nullable Throwable error) {
    String message = error == null ? null : error.getMessage();
    return message == null ? "" : message.toLowerCase(Locale.ROOT);
  }
}
