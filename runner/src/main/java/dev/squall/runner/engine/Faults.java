package dev.squall.runner.engine;

import dev.squall.runner.recording.FailureKind;
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
      if (cause instanceof NotSslRecordException) {
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

  private static Refusal tls(String reason) {
    return new Refusal(FailureKind.TLS, reason);
  }

  private static String text(@Nullable Throwable error) {
    String message = error == null ? null : error.getMessage();
    return message == null ? "" : message.toLowerCase(Locale.ROOT);
  }
}
