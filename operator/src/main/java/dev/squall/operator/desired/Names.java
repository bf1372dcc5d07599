package dev.squall.operator.desired;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Names of a run and of its objects: functions of names and UIDs alone, so that the same decision
 * taken twice meets the same object.
 */
public final class Names {
  /** Longest name of a LoadTestRun. */
  private static final int RUN = 51;

  /** Longest prefix that leaves room for {@code -coordinator} in a DNS label. */
  private static final int PREFIX = 50;

  /** Letters that make no words: those of Kubernetes' own generated names. */
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private Names() {}

  /**
   * Name of the run that a generation of a LoadTest starts: {@code <loadtest>-<generation>-<5
   * characters of a hash of UID and generation>}.
   */
  public static String run(String loadTest, String loadTestUid, long generation) {
    String end = "-%d-%s".formatted(generation, hash(loadTestUid + "/" + generation));
    return cut(loadTest, RUN - end.length()) + end;
  }

  /** Name of the runners' Job; runner i's host is {@code <this>-i}. */
  public static String runnerJob(String run) {
    return prefix(run) + "-runner";
  }

  /** Name of the headless Service that resolves each runner's host. */
  public static String runnerService(String run) {
    return prefix(run) + "-runners";
  }

  /** Name of the coordinator's Job. */
  public static String coordinatorJob(String run) {
    return prefix(run) + "-coordinator";
  }

  /** Name of the coordinator's Service. */
  public static String coordinatorService(String run) {
    return prefix(run) + "-coordinator";
  }

  /** Name of the NetworkPolicy. */
  public static String networkPolicy(String run) {
    return prefix(run);
  }

  /**
   * Name of the plan ConfigMap. The run's UID is in it, since the operator may not read ConfigMaps:
   * a run that was deleted and created again under the same name never meets the old plan.
   */
  public static String plan(String run, String runUid) {
    return "%s-plan-%s".formatted(prefix(run), hash(runUid));
  }

  /** Name of the token Secret; the run's UID is in it for the same reason. */
  public static String token(String run, String runUid) {
    return "%s-token-%s".formatted(prefix(run), hash(runUid));
  }

  /** A Service's name begins with a letter (DNS-1035), a run's may begin with a digit. */
  private static String prefix(String run) {
    String name = Character.isLetter(run.charAt(0)) ? run : "r" + run;
    return name.length() <= PREFIX ? name : cut(name, PREFIX - 6) + "-" + hash(run);
  }

  private static String cut(String name, int length) {
    return name.length() <= length ? name : name.substring(0, length).replaceAll("-+$", "");
  }

  /** Five characters of a SHA-256. */
  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      StringBuilder letters = new StringBuilder(5);
      for (int i = 0; i < 5; i++) {
        letters.append(LETTERS.charAt((digest[i] & 0xff) % LETTERS.length()));
      }
      return letters.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
